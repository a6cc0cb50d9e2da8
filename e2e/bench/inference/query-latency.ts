import { setTimeout as sleep } from 'node:timers/promises'
import type { Embedder } from '../../../electron/core/ports.ts'
import { quantile } from '../../eval/quantile.ts'
import type { Subject } from './subject.ts'
import { inBatches } from './subject.ts'

const COLD_ROUNDS = 5
const QUERIES = ['a dog on a beach', 'two people on bicycles', 'children who play football', 'a man with a red hat', 'snow on a mountain']
const ASKED = 50
const PAUSE_MS = 50
const never = new AbortController().signal

async function latency(embedder: Embedder, at: number): Promise<number> {
  const start = performance.now()
  await embedder.embed({ of: 'queries', texts: [QUERIES[at % QUERIES.length]!] }, never)
  return performance.now() - start
}

async function latencies(embedder: Embedder): Promise<number[]> {
  const took: number[] = []
  for (let at = 0; at < ASKED; at++) {
    took.push(await latency(embedder, at))
    await sleep(PAUSE_MS)
  }
  return took
}

/** How long the vector of a query takes: from nothing, when all is open, and while pictures of an import are looked at. */
export async function measureQueries({ model, embedder, files, fresh, print }: Subject): Promise<void> {
  const row = (name: string, values: readonly number[]): void => {
    print(`  ${name.padEnd(34)}${[0.5, 0.95, 1].map((share) => `${quantile(values, share).toFixed(1)} ms`.padStart(11)).join('')}`)
  }
  const cold: number[] = []
  for (let round = 0; round < COLD_ROUNDS; round++) {
    const inference = fresh()
    cold.push(await latency(inference.embedder(model), round))
    await inference.close()
  }
  await latency(embedder, 0)
  const warm = await latencies(embedder)
  const asked = new AbortController()
  const importing = (async () => {
    while (!asked.signal.aborted) await inBatches(embedder, files.slice(0, 64))
  })()
  const busy = await latencies(embedder)
  asked.abort()
  await importing
  print(`\nvector of a query${''.padEnd(19)}${['median', '95 %', 'slowest'].map((name) => name.padStart(11)).join('')}`)
  row('nothing open yet', cold)
  row('all open', warm)
  row('while pictures become vectors', busy)
}

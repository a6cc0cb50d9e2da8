// npm run bench -- search [--scenes 10000,100000,500000,1000000] [--questions 60] [--folder DIR]
// How quick searches are in libraries of synthetic scenes with real words, beside sqlite-vec and beside reading the same bytes once, with nothing and with an
// import going on. The libraries are made in a folder for temporary files (or in DIR) and deleted. What is measured is the product's own search in a process of its own;
// only the model that makes vectors of questions is replaced: its time is apart (npm run bench -- inference).
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, statfsSync, statSync } from 'node:fs'
import { availableParallelism, cpus, tmpdir, totalmem } from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { Asked, Measured } from './search/asked.ts'
import { importForever } from './search/import-writer.ts'
import { makeLibrary } from './search/library-maker.ts'
import { measureLibrary } from './search/measure.ts'
import { realSentences } from './search/real-sentences.ts'
import { barLines, barsOf, linesOf } from './search/report.ts'
import { syntheticVectors } from './search/synthetic-vectors.ts'

const SEED = 20_261_121
// Measured here, 2026-11-21: 8.2 GB for a library of a million scenes with the index of its vectors, 4.3 GB for the tables of sqlite-vec beside it.
const BYTES_A_SCENE = 13_500

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}

async function measuredApart(asked: Asked): Promise<Measured> {
  const child = spawn(process.execPath, ['--expose-gc', path.join(import.meta.dirname, 'run.ts'), 'bench', 'search', '--measure', JSON.stringify(asked)], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [answer] = await Promise.all([text(child.stdout), once(child, 'exit')])
  if (child.exitCode !== 0) throw new Error(`the process that measures ended with ${child.exitCode ?? child.signalCode}`)
  return Measured.parse(JSON.parse(answer))
}

/** Makes a library, measures it, and deletes it. Gives whether all bars are met. */
async function ofSize(scenes: number, { parent, questions }: { parent: string, questions: number }): Promise<boolean> {
  const free = freeBytes(parent)
  if (free < scenes * BYTES_A_SCENE) {
    print(`\n${scenes.toLocaleString('en')} scenes: skipped: that needs ${(scenes * BYTES_A_SCENE / 1e9).toFixed(1)} GB, and ${(free / 1e9).toFixed(1)} GB are free in ${parent}`)
    return true
  }
  const folder = mkdtempSync(path.join(parent, 'scenedex-bench-'))
  try {
    const buildSeconds = await makeLibrary(folder, scenes, { sentences: realSentences(), vectors: syntheticVectors(SEED) })
    const diskBytes = statSync(path.join(folder, 'library.sqlite')).size
    const result = { scenes, buildSeconds, diskBytes, measured: await measuredApart({ folder, seed: SEED, questions, scenes }) }
    const bars = barsOf(result)
    for (const line of [...linesOf(result), ...barLines(bars)]) print(line)
    return bars.every(({ isMet }) => isMet)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function measureAll({ sizes, questions, parent }: { sizes: number[], questions: number, parent: string }): Promise<void> {
  if (realSentences().length === 0) {
    print('skipped: the words come from the transcripts and captions of the shared media, which are not here')
    return
  }
  mkdirSync(parent, { recursive: true })
  const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(0)} GB`
  print(`${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores, ${gigabytes(totalmem())} of memory, Node ${process.versions.node}; ${gigabytes(freeBytes(parent))} free in ${parent}`)
  print(`${questions} questions of each kind; one vector of 768 numbers a scene; the time of a model to encode a question is not in it`)
  let isAllMet = true
  for (const scenes of sizes) isAllMet = await ofSize(scenes, { parent, questions }) && isAllMet
  if (!isAllMet) process.exitCode = 1
}

/** Prints what it measures; ends with 1 where a bar is not met. */
export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: {
    scenes: { type: 'string', default: '10000,100000,500000,1000000' }, questions: { type: 'string', default: '60' }, folder: { type: 'string', default: tmpdir() },
    // For the processes that this one starts.
    measure: { type: 'string' }, import: { type: 'string' },
  } })
  if (values.import !== undefined) {
    const { folder, seed } = Asked.pick({ folder: true, seed: true }).parse(JSON.parse(values.import))
    await importForever(folder, seed)
  } else if (values.measure !== undefined) {
    process.stdout.write(JSON.stringify(await measureLibrary(Asked.parse(JSON.parse(values.measure)))))
  } else {
    const sizes = z.array(z.coerce.number().int().min(1000)).parse(values.scenes.split(','))
    await measureAll({ sizes, questions: z.coerce.number().int().min(5).parse(values.questions), parent: path.resolve(values.folder) })
  }
}

import { quantile } from '../../eval/quantile.ts'
import { bareLoop } from './bare-loop.ts'
import type { Cost } from './costs.ts'
import { costOf } from './costs.ts'
import type { Subject } from './subject.ts'

const ROUNDS = 5
const never = new AbortController().signal

/** What the first picture costs where no worker runs yet, beside a session that is opened on this thread for the same picture. */
export async function measureStart({ model, files, fresh, print }: Subject): Promise<void> {
  const worker: Cost[] = []
  const bare: Cost[] = []
  const first = files.slice(0, 1)
  for (let round = 0; round < ROUNDS; round++) {
    const inference = fresh()
    worker.push(await costOf(() => inference.embedder(model).embed({ of: 'pictures', files: [...first] }, never)))
    await inference.close()
    bare.push(await costOf(async () => {
      const loop = await bareLoop(model)
      await loop.run(first)
      await loop.close()
    }))
  }
  const line = (name: string, costs: readonly Cost[]): void => {
    print(`  ${name.padEnd(34)} ${(1000 * quantile(costs.map(({ wall }) => wall), 0.5)).toFixed(0).padStart(5)} ms, ${(1000 * quantile(costs.map(({ cpu }) => cpu), 0.5)).toFixed(0).padStart(5)} ms of processor`)
  }
  print(`\nstart of a worker, median of ${ROUNDS}: from nothing to the vector of one picture`)
  line('worker, session, one picture', worker)
  line('session and one picture, no worker', bare)
}

import { quantile } from '../../eval/quantile.ts'

/** Milliseconds that half, nineteen in twenty, and ninety-nine in a hundred stay under. */
export interface Times { p50: number, p95: number, p99: number }

export function timesOf(milliseconds: readonly number[]): Times {
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => quantile(milliseconds, share))
  return { p50: p50!, p95: p95!, p99: p99! }
}

/** Milliseconds of one after the other: by the clock, and of a processor, by this thread alone. */
export interface Took { clock: number[], processor: number[] }

function processorMilliseconds(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

/** How long each takes, one after the other; the first few once before, unmeasured: they fill caches. */
export async function measured<Item>(items: readonly Item[], work: (item: Item) => unknown): Promise<Took> {
  for (const item of items.slice(0, 3)) await work(item)
  const took: Took = { clock: [], processor: [] }
  for (const item of items) {
    const [begun, busy] = [performance.now(), processorMilliseconds()]
    await work(item)
    took.clock.push(performance.now() - begun)
    took.processor.push(processorMilliseconds() - busy)
  }
  return took
}

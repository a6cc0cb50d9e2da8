import { quantile } from '../../eval/quantile.ts'

/** Milliseconds that half, nineteen in twenty, and ninety-nine in a hundred stay under. */
export interface Times { p50: number, p95: number, p99: number }

export function timesOf(milliseconds: readonly number[]): Times {
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => quantile(milliseconds, share))
  return { p50: p50!, p95: p95!, p99: p99! }
}

/** How long each takes, one after the other; the first few once before, unmeasured: they fill caches. */
export async function measured<Item>(items: readonly Item[], work: (item: Item) => unknown): Promise<number[]> {
  for (const item of items.slice(0, 3)) await work(item)
  const took: number[] = []
  for (const item of items) {
    const begun = performance.now()
    await work(item)
    took.push(performance.now() - begun)
  }
  return took
}

import { verdict } from './costs.ts'
import type { Subject } from './subject.ts'
import { inBatches } from './subject.ts'

/** After so many, everything is loaded and the garbage collector has found its size. */
const SETTLED_AFTER = 500
const BAR = 1.1

/** Resident memory while many pictures become vectors. Gives whether it is flat. */
export async function measureMemory({ embedder, files, print }: Subject, count: number): Promise<boolean> {
  const many = Array.from({ length: count }, (_, at) => files[at % files.length]!)
  const samples: number[] = []
  let done = 0
  await inBatches(embedder, many, () => {
    done += 16
    if (done > SETTLED_AFTER) samples.push(process.memoryUsage.rss() / 1e6)
  })
  const [least, most] = [Math.min(...samples), Math.max(...samples)]
  const isFlat = most / least <= BAR
  const tenths = Array.from({ length: 10 }, (_, tenth) => samples[Math.floor(tenth * (samples.length - 1) / 9)]!.toFixed(0))
  print(`\nmemory: ${count} pictures (the ${files.length} again and again), resident after the first ${SETTLED_AFTER}: ${least.toFixed(0)} to ${most.toFixed(0)} MB (${tenths.join(', ')})`)
  print(`  bar: flat within ${((BAR - 1) * 100).toFixed(0)} %: ${(100 * (most / least - 1)).toFixed(1)} %: ${verdict(isFlat)}`)
  return isFlat
}

/** Bytes of this process that are in memory, after what nobody needs any more was let go. */
export function residentBytes(): number {
  // Node has it with --expose-gc only.
  for (let round = 0; round < 3; round++) globalThis.gc?.()
  return process.memoryUsage.rss()
}

const ROUNDS = 9

/** Milliseconds that it takes to read so many bytes of memory once, the best of a few times: no search that looks at all of them is quicker. */
export function readingOnce(bytes: number): number {
  const words = new Float64Array(Math.ceil(bytes / Float64Array.BYTES_PER_ELEMENT)).fill(1)
  let best = Infinity
  let sum = 0
  for (let round = 0; round < ROUNDS; round++) {
    const begun = performance.now()
    let [a, b, c, d] = [0, 0, 0, 0]
    for (let at = 0; at + 3 < words.length; at += 4) {
      a += words[at]!
      b += words[at + 1]!
      c += words[at + 2]!
      d += words[at + 3]!
    }
    sum += a + b + c + d
    best = Math.min(best, performance.now() - begun)
  }
  return sum > 0 ? best : 0
}

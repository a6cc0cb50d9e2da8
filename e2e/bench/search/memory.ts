import { existsSync, readFileSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'

const STATUS = '/proc/self/status'

// The pages of files that are mapped are the system's, which takes them back when it needs them.
function ownPages(): number {
  const kilobytes = existsSync(STATUS) ? /RssAnon:\s+(\d+)/.exec(readFileSync(STATUS, 'utf8'))?.[1] : undefined
  return kilobytes === undefined ? process.memoryUsage.rss() : Number(kilobytes) * 1024
}

/**
 * Bytes of this process that are in memory, after what nobody needs any more was let go, without what V8 keeps free for later: it keeps as much
 * as it once needed for what came and went, however large the library is.
 */
export async function heldBytes(): Promise<number> {
  for (let round = 0; round < 3; round++) {
    // Node has it with --expose-gc only.
    globalThis.gc?.()
    await setImmediate() // what lay outside of V8 goes a little later
  }
  const { heapTotal, heapUsed } = process.memoryUsage()
  return ownPages() - (heapTotal - heapUsed)
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

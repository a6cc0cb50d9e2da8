import type { Readable } from 'node:stream'

/** Listens to a stream of signed 16-bit samples; `loudest` is 0 (silence) to 1 (as loud as can be). */
export function listenForPeak(stream: Readable): { loudest: () => number } {
  let loudest = 0
  let rest: Buffer = Buffer.alloc(0)
  stream.on('data', (part: Buffer) => {
    const bytes = rest.length === 0 ? part : Buffer.concat([rest, part])
    const whole = bytes.length - bytes.length % 2
    for (let at = 0; at < whole; at += 2) loudest = Math.max(loudest, Math.abs(bytes.readInt16LE(at)))
    rest = bytes.subarray(whole)
  })
  stream.resume()
  return { loudest: () => loudest / 32_768 }
}

import type { Readable } from 'node:stream'

/** Cuts a stream of bytes into pieces of `size`; starts its flow. */
export function eachPiece(stream: Readable, size: number, onPiece: (piece: Uint8Array) => void): void {
  let piece = new Uint8Array(size)
  let filled = 0
  stream.on('data', (bytes: Buffer) => {
    for (let at = 0; at < bytes.length;) {
      const taken = Math.min(size - filled, bytes.length - at)
      piece.set(bytes.subarray(at, at + taken), filled)
      filled += taken
      at += taken
      if (filled < size) continue
      onPiece(piece)
      piece = new Uint8Array(size)
      filled = 0
    }
  })
  stream.resume()
}

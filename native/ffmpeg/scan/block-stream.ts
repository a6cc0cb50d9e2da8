/** Cuts a stream into blocks of one size, mostly without copying. */
export interface BlockStream {
  push(part: Buffer): Buffer[]
  /** What is left when the stream ends: less than a block. */
  rest(): Buffer
}

/** A splitter that holds at most one unfinished block. */
export function createBlockStream(blockBytes: number): BlockStream {
  let rest: Buffer = Buffer.alloc(0)
  return {
    push(part) {
      const data = rest.length === 0 ? part : Buffer.concat([rest, part])
      const count = Math.floor(data.length / blockBytes)
      rest = data.subarray(count * blockBytes)
      return Array.from({ length: count }, (_, index) => data.subarray(index * blockBytes, (index + 1) * blockBytes))
    },
    rest: () => rest,
  }
}

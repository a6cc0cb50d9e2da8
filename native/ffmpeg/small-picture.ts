/** Size of the pictures that clips are checked by: whatever the shape of the video, all are shrunk to this. */
export const SMALL_PICTURE = { width: 64, height: 36 }

export const SMALL_PICTURE_BYTES = SMALL_PICTURE.width * SMALL_PICTURE.height * 3

/** A trace is 16x9 grey values, each the mean of a block of 4x4 pixels. */
const BLOCK = 4
const TRACE = { width: SMALL_PICTURE.width / BLOCK, height: SMALL_PICTURE.height / BLOCK }

const TRACE_BYTES = TRACE.width * TRACE.height

function traceOf(pixels: Uint8Array): Uint8Array {
  const sums = new Uint32Array(TRACE.width * TRACE.height)
  for (let y = 0, at = 0; y < SMALL_PICTURE.height; y++) {
    const row = Math.floor(y / BLOCK) * TRACE.width
    for (let x = 0; x < SMALL_PICTURE.width; x++, at += 3) {
      const block = row + Math.floor(x / BLOCK)
      sums[block] = (sums[block] ?? 0) + (pixels[at] ?? 0) + (pixels[at + 1] ?? 0) + (pixels[at + 2] ?? 0)
    }
  }
  return Uint8Array.from(sums, (sum) => Math.round(sum / (BLOCK * BLOCK * 3)))
}

/** What is kept of every picture, however many there are: the traces one after the other. */
export class Traces {
  #bytes = new Uint8Array(256 * TRACE_BYTES)
  #length = 0

  add(pixels: Uint8Array): void {
    if (this.#length === this.#bytes.length) {
      const longer = new Uint8Array(this.#length * 2)
      longer.set(this.#bytes)
      this.#bytes = longer
    }
    this.#bytes.set(traceOf(pixels), this.#length)
    this.#length += TRACE_BYTES
  }

  bytes(): Uint8Array {
    return this.#bytes.slice(0, this.#length)
  }
}

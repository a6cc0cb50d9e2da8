/** Reads bits, the highest of a byte first. Behind the end there are zeros. */
export class BitReader {
  readonly #bytes: Uint8Array
  #at: number

  constructor(bytes: Uint8Array, fromByte = 0) {
    this.#bytes = bytes
    this.#at = fromByte * 8
  }

  bit(): number {
    const byte = this.#bytes[this.#at >> 3] ?? 0
    const value = byte >> 7 - (this.#at & 7) & 1
    this.#at += 1
    return value
  }

  bits(count: number): number {
    let value = 0
    for (let index = 0; index < count; index++) value = value * 2 + this.bit()
    return value
  }

  /** ue(v), ITU-T H.264 9.1. */
  unsigned(): number {
    let zeros = 0
    while (zeros < 32 && this.bit() === 0) zeros += 1
    return 2 ** zeros - 1 + this.bits(zeros)
  }

  /** se(v), ITU-T H.264 9.1.1. */
  signed(): number {
    const code = this.unsigned()
    return code % 2 === 1 ? (code + 1) / 2 : -code / 2
  }
}

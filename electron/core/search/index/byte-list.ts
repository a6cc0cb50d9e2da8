const FEWEST = 8
const GROWTH = 1.25

/** Small whole numbers one after the other, in as few bytes as they need: seven bits a byte, the eighth says that more follow. */
export class ByteList {
  bytes = new Uint8Array(FEWEST)
  size = 0

  push(value: number): void {
    if (this.size + 5 > this.bytes.length) {
      const old = this.bytes
      this.bytes = new Uint8Array(Math.ceil(old.length * GROWTH) + FEWEST)
      this.bytes.set(old)
    }
    let rest = value
    while (rest > 127) {
      this.bytes[this.size++] = (rest & 127) | 128
      rest >>>= 7
    }
    this.bytes[this.size++] = rest
  }
}

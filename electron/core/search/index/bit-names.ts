// Bits of a whole number.
const MOST = 31

/** Gives names bits of a number, in the order in which they come. */
export class BitNames {
  /** There are more names than bits: what numbers say is not all. */
  hasUnknown = false
  private readonly names: string[] = []

  /** The bits of the names, which get one where they have none. */
  bitsOf(names: Iterable<string>): number {
    let bits = 0
    for (const name of names) {
      let bit = this.names.indexOf(name)
      if (bit < 0) bit = this.names.push(name) - 1
      if (bit < MOST) bits |= 1 << bit
      else this.hasUnknown = true
    }
    return bits
  }

  /** The bits of those of the names that fit. */
  bitsThat(fits: (name: string) => boolean): number {
    return this.names.reduce((bits, name, bit) => bit < MOST && fits(name) ? bits | (1 << bit) : bits, 0)
  }
}

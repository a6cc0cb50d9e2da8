// Four texts at a time: each byte of a mask is 0 or 1.
const ALL_FOUR = 0x01010101

/** For each number of a text a byte: 1 where it matches. */
export class TextMask {
  readonly bytes: Uint8Array
  readonly fours: Uint32Array

  constructor(texts: number) {
    this.fours = new Uint32Array(Math.ceil(texts / Uint32Array.BYTES_PER_ELEMENT))
    this.bytes = new Uint8Array(this.fours.buffer)
  }
}

const at = (column: Uint32Array, place: number): number => column[place] ?? 0

// A loop for each, since one for all of them is compiled for none.
const joins: Record<'and' | 'or' | 'not', (left: Uint32Array, right: Uint32Array) => void> = {
  and: (left, right) => { for (let place = 0; place < left.length; place++) left[place] = at(left, place) & at(right, place) },
  or: (left, right) => { for (let place = 0; place < left.length; place++) left[place] = at(left, place) | at(right, place) },
  not: (left, right) => { for (let place = 0; place < left.length; place++) left[place] = at(left, place) & (ALL_FOUR ^ at(right, place)) },
}

/** Changes the left one: what matches both, one of them, or only the left one. */
export function joinMasks(kind: 'and' | 'or' | 'not', left: TextMask, right: TextMask): void {
  joins[kind](left.fours, right.fours)
}

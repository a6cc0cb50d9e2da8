/** Numbers that look like chance and are the same at each run. */
export interface Seeded {
  /** From 0 up to, not including, 1. */
  share(): number
  /** A whole number from 0 up to, not including, `below`. */
  below(below: number): number
  pick<Value>(of: readonly Value[]): Value
}

/** mulberry32 by Tommy Ettinger (public domain): quick, and even enough for data nobody bets on. */
export function seeded(seed: number): Seeded {
  let state = seed | 0
  const share = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number): number => Math.floor(share() * limit)
  return { share, below, pick: (of) => of[below(of.length)]! }
}

/** One whole number made of two, so that what is made for each pair depends on nothing else. */
export function mixed(a: number, b: number): number {
  return Math.imul(Math.imul(a + 1, 0x9e3779b1) ^ (b + 0x7f4a7c15), 0x85ebca6b) >>> 0
}

import { breathe } from '../asked-search.ts'
import { MOST_AT_ONCE } from './code-memory.ts'
import type { SceneMask } from './scene-mask.ts'
import type { VectorCodes } from './vector-codes.ts'

// A cancel is heard after this many comparisons at the latest: about 3 ms, measured here on 2026-11-21.
const BETWEEN_BREATHS = 4 * MOST_AT_ONCE

export interface ShortlistAsked {
  /** The code of the query. */
  bits: Uint8Array
  /** Only vectors of these scenes; all when null. */
  mask: SceneMask | null
  /** How many. */
  size: number
}

/** The nearest so far, with more that may still be among them. */
class Nearest {
  private readonly wanted: number
  private readonly places: Uint32Array
  private readonly differences: Uint16Array
  private length = 0

  constructor(wanted: number) {
    this.wanted = wanted
    this.places = new Uint32Array(wanted + MOST_AT_ONCE)
    this.differences = new Uint16Array(wanted + MOST_AT_ONCE)
  }

  /** The largest difference among the nearest, by how often there was each. */
  private border(counts: Uint32Array): number {
    let sum = 0
    for (let difference = 0; difference < counts.length; difference++) {
      sum += counts[difference] ?? 0
      if (sum >= this.wanted) return difference
    }
    return counts.length
  }

  add(found: Uint16Array, counts: Uint32Array, placeOf: (at: number) => number): void {
    const border = this.border(counts)
    for (let at = 0; at < found.length; at++) {
      const difference = found[at] ?? 0
      if (difference > border) continue
      this.places[this.length] = placeOf(at)
      this.differences[this.length++] = difference
    }
    if (this.length > this.wanted) this.shrink(border)
  }

  // All that are nearer than the border are fewer than are wanted; of those on it the first ones are kept.
  private shrink(border: number): void {
    let room = this.wanted
    for (let at = 0; at < this.length; at++) if ((this.differences[at] ?? 0) < border) room--
    let kept = 0
    for (let at = 0; at < this.length; at++) {
      const difference = this.differences[at] ?? 0
      if (difference > border || (difference === border && room-- <= 0)) continue
      this.places[kept] = this.places[at] ?? 0
      this.differences[kept++] = difference
    }
    this.length = kept
  }

  all(): Uint32Array { return this.places.slice(0, this.length) }
}

/** Compares the next codes whose scenes are in the mask. */
function compareMasked(codes: VectorCodes, { from, to }: { from: number, to: number }, mask: SceneMask): { found: Uint16Array, list: Uint32Array } {
  const { memory, scenes } = codes
  const { list } = memory
  let count = 0
  for (let place = from; place < to; place++) {
    list[count] = place
    count += mask[scenes[place] ?? 0] ?? 0
  }
  return { found: memory.compareListed(count), list }
}

/** The places of the vectors whose codes are nearest to that of the query, in no order. */
export async function shortlist(codes: VectorCodes, { bits, mask, size }: ShortlistAsked, signal: AbortSignal): Promise<Uint32Array> {
  const nearest = new Nearest(size)
  const { memory } = codes
  memory.ask(bits)
  for (let from = 0; from < codes.size; from += MOST_AT_ONCE) {
    if (from > 0 && from % BETWEEN_BREATHS === 0) await breathe(signal)
    const to = Math.min(codes.size, from + MOST_AT_ONCE)
    if (mask === null) {
      nearest.add(memory.compareFrom(from, to - from), memory.counts, (at) => from + at)
    } else {
      const { found, list } = compareMasked(codes, { from, to }, mask)
      nearest.add(found, memory.counts, (at) => list[at] ?? 0)
    }
  }
  return nearest.all()
}

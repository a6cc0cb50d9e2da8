import type { FrameLook } from '../shots/detector.ts'
import type { ColourCounts } from './colours.ts'
import { countColours } from './colours.ts'
import type { Layout } from './layout.ts'
import { layoutOf } from './layout.ts'

/** Pictures a second whose colours are counted: enough for the shortest shots. */
const COLOUR_RATE = 4

export interface Candidate { pts: number, jpeg: Uint8Array }
/** What is where in a picture. */
export interface LayoutSample { pts: number, layout: Layout }
interface ColourSample extends LayoutSample { counts: ColourCounts }

/** What is known of the stretch of video that is not stored yet: looks, colours and candidates, each in the order of pts. */
export interface Timeline {
  addLook(look: FrameLook, pixels: Uint8Array): void
  addCandidate(candidate: Candidate): void
  /** Looks with from <= pts < to; likewise the others. */
  looks(from: number, to: number): FrameLook[]
  colours(from: number, to: number): ColourCounts[]
  layouts(from: number, to: number): LayoutSample[]
  candidates(from: number, to: number): Candidate[]
  /** The first picture at or after `pts`; undefined when there is none yet. */
  frameAtOrAfter(pts: number): number | undefined
  dropBefore(pts: number): void
}

/** Index of the first item at or after `pts`. */
export function lowerBound(items: readonly { pts: number }[], pts: number): number {
  let low = 0
  let high = items.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((items[middle]?.pts ?? Number.POSITIVE_INFINITY) < pts) low = middle + 1
    else high = middle
  }
  return low
}

function between<Item extends { pts: number }>(items: readonly Item[], from: number, to: number): Item[] {
  return items.slice(lowerBound(items, from), lowerBound(items, to))
}

/** An empty timeline. */
export function createTimeline(): Timeline {
  const looks: FrameLook[] = []
  const colours: ColourSample[] = []
  const candidates: Candidate[] = []
  let cell = Number.NEGATIVE_INFINITY
  return {
    addLook(look, pixels) {
      looks.push(look)
      // a grid of absolute time: the same pictures whether the scan was interrupted or not
      const own = Math.floor(look.seconds * COLOUR_RATE)
      if (own > cell) colours.push({ pts: look.pts, counts: countColours(pixels), layout: layoutOf(pixels) })
      cell = own
    },
    addCandidate: (candidate) => void candidates.push(candidate),
    looks: (from, to) => between(looks, from, to),
    colours: (from, to) => between(colours, from, to).map(({ counts }) => counts),
    layouts: (from, to) => between(colours, from, to),
    candidates: (from, to) => between(candidates, from, to),
    frameAtOrAfter: (pts) => looks[lowerBound(looks, pts)]?.pts,
    dropBefore(pts) {
      for (const items of [looks, colours, candidates]) items.splice(0, lowerBound(items, pts))
    },
  }
}

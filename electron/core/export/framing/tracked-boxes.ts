import type { Region } from '../../../contract/export-choices.ts'
import { FORBIDDEN } from './best-places.ts'
import type { Axis } from './salience.ts'

/** Where something is that must not be cut through, a face, at some pts; straight ways between. In order. Shares of the shown picture. */
export type BoxTrack = readonly (Region & { pts: number })[]

/** From one edge to the other, along the axis in which the window moves. */
export interface Extent { from: number, to: number }

/** Room around a box: a corner of the path is rounded, and a face is more than its box. Shares of the picture. */
const ROOM = 0.012
/** More than all else in a picture together: faces are why people look. */
const BOX_GAIN = 1.5

function extentOf(box: Region, axis: Axis): Extent {
  return axis === 'x' ? { from: box.x, to: box.x + box.width } : { from: box.y, to: box.y + box.height }
}

function between(track: BoxTrack, pts: number, axis: Axis): Extent | null {
  const after = track.find((box) => box.pts >= pts)
  const before = track.findLast((box) => box.pts <= pts)
  if (after === undefined || before === undefined) return null
  const [one, other] = [extentOf(before, axis), extentOf(after, axis)]
  const share = after.pts === before.pts ? 0 : (pts - before.pts) / (after.pts - before.pts)
  return { from: one.from + (other.from - one.from) * share, to: one.to + (other.to - one.to) * share }
}

/** All that each box covers at any time of a span, with room around it. */
export function extentsIn(tracks: readonly BoxTrack[], { fromPts, toPts }: { fromPts: number, toPts: number }, axis: Axis): Extent[] {
  return tracks.flatMap((track) => {
    const inside = track.filter(({ pts }) => pts >= fromPts && pts <= toPts).map((box) => extentOf(box, axis))
    const all = [...inside, ...[fromPts, toPts].map((pts) => between(track, pts, axis)).filter((extent) => extent !== null)]
    if (all.length === 0) return []
    return [{ from: Math.max(0, Math.min(...all.map(({ from }) => from)) - ROOM), to: Math.min(1, Math.max(...all.map(({ to }) => to)) + ROOM) }]
  })
}

type Side = 'inside' | 'before' | 'behind' | 'cut'

const EXACT = 1e-9

function sideOf({ from, to }: Extent, left: number, share: number): Side {
  if (from >= left - EXACT && to <= left + share + EXACT) return 'inside'
  if (to <= left + EXACT) return 'before'
  return from >= left + share - EXACT ? 'behind' : 'cut'
}

/** What boxes add to the gain of a window at a place: much for one that is whole, and a cut one is forbidden. One that is wider than the window is shown as far as it goes. */
export function boxGain(extents: readonly Extent[], { left, share }: { left: number, share: number }): number {
  return extents.reduce((gain, extent) => {
    if (extent.to - extent.from > share) return gain + BOX_GAIN * (Math.min(extent.to, left + share) - Math.max(extent.from, left)) / share
    switch (sideOf(extent, left, share)) {
      case 'inside': return gain + BOX_GAIN
      case 'before':
      case 'behind': return gain
      case 'cut': return gain + FORBIDDEN
    }
  }, 0)
}

/** Where the window may be so that what is inside of it stays inside and what is outside stays outside. */
export function limitsOf(extents: readonly Extent[], { left, share }: { left: number, share: number }): Extent {
  return extents.reduce<Extent>(({ from, to }, extent) => {
    if (extent.to - extent.from > share) return { from, to }
    switch (sideOf(extent, left, share)) {
      case 'inside': return { from: Math.max(from, extent.to - share), to: Math.min(to, extent.from) }
      case 'before': return { from: Math.max(from, extent.to), to }
      case 'behind': return { from, to: Math.min(to, extent.from - share) }
      case 'cut': return { from, to }
    }
  }, { from: 0, to: 1 - share })
}

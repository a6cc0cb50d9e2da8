import { bestPlaces } from './best-places.ts'
import type { Corner } from './corners.ts'
import type { Axis, Profiles } from './salience.ts'
import { cellsAlong } from './salience.ts'
import { smoothPath } from './smooth-path.ts'
import type { BoxTrack, Extent } from './tracked-boxes.ts'
import { boxGain, extentsIn, limitsOf } from './tracked-boxes.ts'
import { interests, windowGains } from './window-gains.ts'

/**
 * To move by the window's own width costs as much as this many seconds of all there is to see. This and the weights below were chosen on six real videos with the subject
 * marked once a second (52 marks): 80 % of the subject is inside on average and 37 times nearly all of it, with the middle of the picture 77 % and 30 (measured here, 2026-11-21).
 */
const MOVE_SECONDS = 0.2
/** What the middle of the picture is worth by itself, less the further off: where little speaks for a place, the middle does. */
const CENTRE_GAIN = 0.15
/** Cells are wide; places between them are told apart too. */
const PLACES_A_CELL = 2

export interface Shot {
  startPts: number
  endPts: number
  /** One for each slot of time. */
  profiles: readonly Profiles[]
  slotTicks: number
  slotSeconds: number
}

export interface Window {
  axis: Axis
  /** Of the picture, along the axis. */
  share: number
  /** What must not be cut through. */
  tracks: readonly BoxTrack[]
}

interface Slot { pts: number, place: number, limits: Extent }

function placesOf({ axis, share }: Window): number[] {
  const steps = Math.max(1, Math.ceil((1 - share) * cellsAlong(axis) * PLACES_A_CELL))
  return Array.from({ length: steps + 1 }, (_, step) => step / steps * (1 - share))
}

function slotsOf(shot: Shot, window: Window): Slot[] {
  const { share, tracks, axis } = window
  const places = placesOf(window)
  const times = shot.profiles.map((_, slot) => shot.startPts + Math.round(slot * shot.slotTicks))
  const extents = times.map((pts) => extentsIn(tracks, { fromPts: pts - shot.slotTicks, toPts: pts + shot.slotTicks }, axis))
  const gains = interests(shot.profiles, shot.slotSeconds).map((interest, slot) =>
    windowGains(interest, { places, share }).map((gain, place) => {
      const left = places[place] ?? 0
      return gain + CENTRE_GAIN * (1 - (2 * left + share - 1) ** 2) + boxGain(extents[slot] ?? [], { left, share })
    }))
  const stepShare = (places[1] ?? 0) - (places[0] ?? 0)
  const chosen = bestPlaces(gains, MOVE_SECONDS / shot.slotSeconds * stepShare / share)
  return times.map((pts, slot) => {
    const place = places[chosen[slot] ?? 0] ?? 0
    return { pts, place, limits: limitsOf(extents[slot] ?? [], { left: place, share }) }
  })
}

/** Where the window would have to go through a box it jumps instead. */
function pieces(slots: readonly Slot[]): Slot[][] {
  const found: Slot[][] = []
  for (const slot of slots) {
    const last = found.at(-1)?.at(-1)
    const isNear = last !== undefined && slot.limits.from <= last.limits.to && last.limits.from <= slot.limits.to
    if (isNear) found.at(-1)?.push(slot)
    else found.push([slot])
  }
  return found
}

/** The way of the window through one shot; it begins with the shot and ends a tick before the next. */
export function shotPath(shot: Shot, window: Window): Corner[] {
  const all = pieces(slotsOf(shot, window))
  return all.flatMap((slots, index) => {
    const endPts = (all[index + 1]?.[0]?.pts ?? shot.endPts) - 1
    const smooth = smoothPath(slots.map(({ place }) => place), { share: window.share, slotSeconds: shot.slotSeconds })
    const corners = slots.map(({ pts, limits }, slot) => ({ pts, at: Math.min(Math.max(smooth[slot] ?? 0, limits.from), limits.to) }))
    const last = corners.at(-1)
    return last === undefined || last.pts >= endPts ? corners : [...corners, { pts: endPts, at: last.at }]
  })
}

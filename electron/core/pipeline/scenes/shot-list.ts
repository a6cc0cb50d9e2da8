import type { Transition } from '../../../contract/videos.ts'
import type { ShotBoundary } from '../shots/detector.ts'
import type { ShotRow } from '../rows.ts'

/** The shot that was open when the last scene ended. */
export interface OpenShot { startPts: number, transition: Transition }

/** Shots in order, made of the boundaries between them. */
export interface ShotList {
  /** A new shot begins at `pts`; ignored when that is not after the shot before. */
  begin(pts: number, boundary: ShotBoundary): void
  end(pts: number): void
  /** Shots that end after `pts`, as far as their end is known. */
  endingAfter(pts: number): ShotRow[]
  /** Removes and gives the shots that end at or before `pts`. */
  takeUntil(pts: number): ShotRow[]
  transitions(): readonly ShotBoundary[]
  dropTransitionsBefore(pts: number): void
  readonly open: OpenShot
}

/** A list that goes on with the shot that is open. Boundaries at or before `fromPts` are known already. */
export function createShotList(first: OpenShot, fromPts: number): ShotList {
  let open = first
  let lastPts = fromPts
  let closed: ShotRow[] = []
  let transitions: ShotBoundary[] = []
  const close = (endPts: number): void => void closed.push({ kind: 'shot', startPts: open.startPts, endPts, transition: open.transition })
  return {
    begin(pts, boundary) {
      transitions.push(boundary)
      if (pts <= lastPts) return
      close(pts)
      open = { startPts: pts, transition: boundary.kind }
      lastPts = pts
    },
    end: close,
    endingAfter: (pts) => closed.filter(({ endPts }) => endPts > pts),
    takeUntil(pts) {
      const taken = closed.filter(({ endPts }) => endPts <= pts)
      closed = closed.filter(({ endPts }) => endPts > pts)
      return taken
    },
    transitions: () => transitions,
    dropTransitionsBefore(pts) {
      transitions = transitions.filter(({ endPts }) => endPts >= pts)
    },
    get open() { return open },
  }
}

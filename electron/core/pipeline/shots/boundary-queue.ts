import type { GradualFind, ShotBoundary } from './boundary.ts'

/** Finds and cuts waiting until nothing that comes later can change them. Holds a few seconds only. */
export interface BoundaryQueue {
  addCut(pts: number, seconds: number): void
  addFind(find: GradualFind): void
  /** Removes and returns what begins before `seconds`, in order. */
  settle(seconds: number): ShotBoundary[]
}

interface Cut {
  pts: number
  seconds: number
}

/** An empty queue. `longest`: seconds of the longest find, which may still speak against its neighbours. */
export function createBoundaryQueue(longest: number): BoundaryQueue {
  let cuts: Cut[] = []
  let finds: GradualFind[] = []
  let settledTo = Number.NEGATIVE_INFINITY
  return {
    addCut: (pts, seconds) => void cuts.push({ pts, seconds }),
    addFind: (find) => {
      // two centres can end in one window
      const known = finds.some((other) => other.begin === find.begin && other.end === find.end && other.strength === find.strength)
      if (!known) finds.push(find)
    },
    settle(seconds) {
      const due = (at: number): boolean => at >= settledTo && at < seconds
      // nearly always nothing is due: this runs for every sample
      const nothing = !cuts.some((cut) => due(cut.seconds)) && !finds.some((find) => due(find.begin))
      const spans = nothing ? [] : finds.filter((find) => isStrongest(find, finds))
      const out: ShotBoundary[] = spans.filter((find) => due(find.begin)).map(({ kind, startPts, endPts }) => ({ kind, startPts, endPts }))
      for (const cut of cuts) {
        if (due(cut.seconds) && !spans.some((find) => cut.seconds >= find.begin && cut.seconds <= find.end)) out.push({ kind: 'cut', startPts: cut.pts, endPts: cut.pts })
      }
      settledTo = seconds
      cuts = cuts.filter((cut) => cut.seconds >= seconds)
      finds = finds.filter((find) => find.end >= seconds - longest)
      return out.sort((a, b) => a.startPts - b.startPts)
    },
  }
}

/** A find counts when no stronger one overlaps it. Local on purpose: what that one meets in turn does not matter. */
function isStrongest(find: GradualFind, finds: readonly GradualFind[]): boolean {
  return finds.every((other) => other === find || other.begin > find.end || other.end < find.begin || beats(find, other))
}

/** A strict order: equal strength goes to the earlier, then to the longer. */
function beats(a: GradualFind, b: GradualFind): boolean {
  if (a.strength !== b.strength) return a.strength > b.strength
  if (a.begin !== b.begin) return a.begin < b.begin
  return a.end >= b.end
}

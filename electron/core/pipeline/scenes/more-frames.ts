import type { SceneStretch } from './keyframe-choice.ts'
import { goodCandidates } from './keyframe-choice.ts'
import type { Layout } from './layout.ts'
import { layoutDistance } from './layout.ts'
import type { Candidate, LayoutSample } from './timeline.ts'
import { lowerBound } from './timeline.ts'

/** Pictures of a scene, the key frame among them, and how much of a scene each one may stand for. */
const MOST_FRAMES = 5
const SECONDS_A_FRAME = 4
/** Nearer together than this, two pictures show one moment. */
const LEAST_SECONDS_APART = 1.5
/** Nearer than this to a picture that is kept, another one shows the same. */
const OTHER_PICTURE = 0.08

/** The layout of the picture nearest in time. */
function layoutAt(layouts: readonly LayoutSample[], pts: number): Layout | null {
  const after = lowerBound(layouts, pts)
  const [before, next] = [layouts[after - 1], layouts[after]]
  if (before === undefined || next === undefined) return (before ?? next)?.layout ?? null
  return (pts - before.pts <= next.pts - pts ? before : next).layout
}

interface Placed { candidate: Candidate, layout: Layout, seconds: number }

/** How different it is from the most similar of those that are kept; 0 for one of the same moment. */
function news({ layout, seconds }: Placed, kept: readonly Placed[]): number {
  if (kept.some((other) => Math.abs(other.seconds - seconds) < LEAST_SECONDS_APART)) return 0
  return Math.min(...kept.map((other) => layoutDistance(layout, other.layout)))
}

/**
 * Pictures of a scene beside its key frame: where it goes on for long and shows something else than the key frame does, at most one
 * for each four seconds, each time the one that differs most from all that are kept. None where it shows the same all the time.
 */
export function moreFrames(stretch: SceneStretch, keyframe: Candidate): Candidate[] {
  const seconds = stretch.toSeconds(stretch.endPts) - stretch.toSeconds(stretch.startPts)
  const most = Math.min(MOST_FRAMES, 1 + Math.floor(seconds / SECONDS_A_FRAME))
  if (most < 2) return []
  const placed = goodCandidates(stretch, keyframe).flatMap((candidate): Placed[] => {
    const layout = layoutAt(stretch.layouts, candidate.pts)
    return layout === null ? [] : [{ candidate, layout, seconds: stretch.toSeconds(candidate.pts) }]
  })
  const kept = placed.filter(({ candidate }) => candidate === keyframe)
  while (kept.length > 0 && kept.length < most) {
    const [best] = placed.map((one) => ({ one, news: news(one, kept) })).sort((a, b) => b.news - a.news || a.one.seconds - b.one.seconds)
    if (best === undefined || best.news < OTHER_PICTURE) break
    kept.push(best.one)
  }
  return kept.slice(1).map(({ candidate }) => candidate).sort((a, b) => a.pts - b.pts)
}

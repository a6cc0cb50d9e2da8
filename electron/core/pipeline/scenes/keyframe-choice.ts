import type { FrameLook } from '../shots/detector.ts'
import type { ColourCounts } from './colours.ts'
import { colourDistance } from './colours.ts'
import type { Candidate, LayoutSample } from './timeline.ts'
import { lowerBound } from './timeline.ts'

/** Nearer than this to a transition (seconds), a picture may still be half of it. */
const TRANSITION_MARGIN = 0.15
/** Neighbours (seconds) a flash or a shake is seen by. */
const NEIGHBOURHOOD = 0.4
/** Nearer than this to an end of the scene, things are still arriving. */
const EDGE_SECONDS = 0.25

const WEIGHTS = { exposure: 1.2, contrast: 0.8, stillness: 0.8, detail: 0.9, typical: 0.6, middle: 0.2, flash: 1.5, edge: 0.3, transition: 3, sharpness: 0.4 }
/** So many of the best are looked at closely (5 ms each), unless they are this much worse than the best. */
const CLOSE_LOOKS = 3
const CLOSE_SCORE = 0.12
/** JPEG files of the same scene this near in size are equally sharp: a close look would tell nothing. */
const SAME_SIZE = 1.04

export interface SceneStretch {
  startPts: number
  endPts: number
  toSeconds(pts: number): number
  /** All pictures from before to after the scene, as far as they are there. */
  looks: readonly FrameLook[]
  candidates: readonly Candidate[]
  /** Colours of the scene, and of each candidate's surroundings. */
  colours: readonly ColourCounts[]
  coloursAt(pts: number): ColourCounts[]
  /** What is where, a few times a second. */
  layouts: readonly LayoutSample[]
  /** Gradual transitions and cuts in or at the scene. */
  transitions: readonly { startPts: number, endPts: number }[]
}

/** 1 in the middle of the range of a screen, falling to 0 towards black and white. */
function exposureOf(brightness: number): number {
  const distance = Math.abs(brightness - 0.48)
  return Math.max(0, Math.min(1, 1 - (distance - 0.24) / 0.2))
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1] ?? 0
}

interface Moment { look: FrameLook, motion: number, flash: number }

/** Looks within the neighbourhood of the one at `at`. */
function neighbours(looks: readonly FrameLook[], at: number): FrameLook[] {
  const seconds = looks[at]?.seconds ?? 0
  const isNear = (look: FrameLook | undefined): boolean => look !== undefined && Math.abs(look.seconds - seconds) <= NEIGHBOURHOOD
  let [from, to] = [at, at + 1]
  while (isNear(looks[from - 1])) from--
  while (isNear(looks[to])) to++
  return looks.slice(from, to)
}

/** What happens at and around a picture. */
function momentAt(looks: readonly FrameLook[], pts: number): Moment | null {
  const at = lowerBound(looks, pts)
  const look = looks[at]
  if (look === undefined) return null
  const flash = Math.abs(look.brightness - median(neighbours(looks, at).map(({ brightness }) => brightness)))
  return { look, motion: Math.max(look.motion, looks[at + 1]?.motion ?? 0), flash: Math.max(0, flash - 0.04) }
}

function isNearTransition(stretch: SceneStretch, seconds: number): boolean {
  return stretch.transitions.some(({ startPts, endPts }) => endPts > startPts
    && seconds >= stretch.toSeconds(startPts) - TRANSITION_MARGIN
    && seconds <= stretch.toSeconds(endPts) + TRANSITION_MARGIN)
}

function scoreOf(stretch: SceneStretch, candidate: Candidate, mostBytes: number): number {
  const moment = momentAt(stretch.looks, candidate.pts)
  if (moment === null) return Number.NEGATIVE_INFINITY
  const { look, motion, flash } = moment
  const [start, end] = [stretch.toSeconds(stretch.startPts), stretch.toSeconds(stretch.endPts)]
  const half = Math.max(1e-6, (end - start) / 2)
  const toEdge = Math.min(look.seconds - start, end - look.seconds)
  return WEIGHTS.exposure * exposureOf(look.brightness)
    + WEIGHTS.contrast * Math.min(1, look.contrast / 0.3)
    + WEIGHTS.stillness * (1 - Math.min(1, motion / 0.3))
    + WEIGHTS.detail * candidate.jpeg.length / mostBytes
    + WEIGHTS.typical * (1 - colourDistance(stretch.coloursAt(candidate.pts), stretch.colours))
    + WEIGHTS.middle * toEdge / half
    - WEIGHTS.flash * Math.min(1, flash / 0.15)
    - (toEdge < EDGE_SECONDS ? WEIGHTS.edge : 0)
    - (isNearTransition(stretch, look.seconds) ? WEIGHTS.transition : 0)
}

interface Scored { candidate: Candidate, score: number }

function scoredCandidates(stretch: SceneStretch): Scored[] {
  const mostBytes = Math.max(1, ...stretch.candidates.map(({ jpeg }) => jpeg.length))
  return stretch.candidates.map((candidate) => ({ candidate, score: scoreOf(stretch, candidate, mostBytes) }))
}

/**
 * The picture of a scene a person would choose: well exposed, rich, still, typical of the scene, near its middle; not in a
 * transition, not in a flash. The size of a JPEG at constant quality is how much there is to see and how sharp it is; where
 * a few are about equal, `sharpnessOf` decides. Null only when there is no candidate.
 */
export async function chooseKeyframe(stretch: SceneStretch, sharpnessOf: (jpeg: Uint8Array) => Promise<number>): Promise<Candidate | null> {
  const scored = scoredCandidates(stretch)
    .sort((a, b) => b.score - a.score || a.candidate.pts - b.candidate.pts)
  const best = scored[0]
  if (best === undefined) return null
  const close = scored.slice(0, CLOSE_LOOKS).filter(({ score }) => best.score - score < CLOSE_SCORE)
  const sizes = close.map(({ candidate }) => candidate.jpeg.length)
  if (Math.max(...sizes) < Math.min(...sizes) * SAME_SIZE) return best.candidate
  const looked: { candidate: Candidate, score: number, sharpness: number }[] = []
  for (const one of close) looked.push({ ...one, sharpness: await sharpnessOf(one.candidate.jpeg) })
  const sharpest = Math.max(1e-6, ...looked.map(({ sharpness }) => sharpness))
  const finalScore = ({ score, sharpness }: { score: number, sharpness: number }): number => score + WEIGHTS.sharpness * Math.sqrt(sharpness / sharpest)
  return looked.reduce((a, b) => finalScore(b) > finalScore(a) ? b : a).candidate
}

/** Candidates so much worse than the key frame (black, blurred by a flash, half in a transition) show nothing more. */
const WORST_SCORE = 1

/** The candidates of a scene that are good enough to be kept beside its key frame, in the order of time. */
export function goodCandidates(stretch: SceneStretch, keyframe: Candidate): Candidate[] {
  const scored = scoredCandidates(stretch)
  const least = (scored.find(({ candidate }) => candidate === keyframe)?.score ?? 0) - WORST_SCORE
  return scored.filter(({ score }) => score >= least).map(({ candidate }) => candidate)
}

import type { ExportChoices } from '../../../contract/export-choices.ts'
import { AppError } from '../../errors.ts'
import { ptsToSeconds } from '../../facts.ts'
import type { CutJob, DecodedFile, Ffmpeg, PictureAt, SmallPicture } from '../../ports.ts'
import type { ClipPlan } from '../plan.ts'

/** A picture, and those beside it in the source which the clip must not show instead. */
export interface ExpectedPicture { picture: SmallPicture, neighbours: SmallPicture[] }

/** What the source really has in the span: by decoding it, not by its frame rate. */
export interface Survey {
  job: Omit<CutJob, 'target'>
  /** When each picture is to be shown, in seconds of the clip. */
  timesSeconds: number[]
  durationSeconds: number
  /** The loudest sample of the span, 0 to 1; null without sound. */
  soundPeak: number | null
  first: ExpectedPicture
  last: ExpectedPicture
}

/**
 * A picture that stays on screen longer than this before the next one comes is part of a clip that begins in the middle of
 * it; else the clip begins with the next picture. Slower than any usual frame rate.
 */
const HOLD_SECONDS = 0.1

const AROUND: PictureAt[] = [
  { edge: 'first', offset: -1 }, { edge: 'first', offset: 0 }, { edge: 'first', offset: 1 },
  { edge: 'last', offset: -1 }, { edge: 'last', offset: 0 }, { edge: 'last', offset: 1 },
]

interface Around {
  before: SmallPicture | null
  first: SmallPicture | null
  second: SmallPicture | null
  lastButOne: SmallPicture | null
  last: SmallPicture | null
  after: SmallPicture | null
}

function around({ pictures }: DecodedFile): Around {
  const [before = null, first = null, second = null, lastButOne = null, last = null, after = null] = pictures
  return { before, first, second, lastButOne, last, after }
}

function withNeighbours(picture: SmallPicture, neighbours: (SmallPicture | null)[]): ExpectedPicture {
  return { picture, neighbours: neighbours.filter((other) => other !== null).filter((other) => other.pts !== picture.pts) }
}

/** The picture that is on screen from before the start, when it stays for long; else null. */
function heldPicture(plan: ClipPlan, { pts, seen }: { pts: number[], seen: Around }): SmallPicture | null {
  const [first] = pts
  // Behind the last picture: only up to an end that was seen, not up to one that a header claims.
  if (first === undefined) return seen.after === null && plan.video.endPts === null ? null : seen.before
  const { timeBase } = plan.video.facts.media.picture
  return (first - plan.startPts) * timeBase.num / timeBase.den > HOLD_SECONDS ? seen.before : null
}

function noPicture(plan: ClipPlan): AppError {
  return new AppError('DECODE_FAILED', { message: `"${plan.video.title}" has no picture there.`, hint: 'The source may be damaged there.' })
}

interface Ends { first: ExpectedPicture, last: ExpectedPicture, after: SmallPicture | null }

function endsOf(plan: ClipPlan, { seen, held, isEmpty }: { seen: Around, held: SmallPicture | null, isEmpty: boolean }): Ends {
  const first = held ?? seen.first
  const last = isEmpty ? held : seen.last
  if (first === null || last === null) throw noPicture(plan)
  return {
    first: withNeighbours(first, held === null ? [seen.before, seen.second] : [seen.first]),
    last: withNeighbours(last, isEmpty ? [seen.after] : [seen.lastButOne, seen.after]),
    after: seen.after,
  }
}

/** Decodes the span in the source. Throws DECODE_FAILED when there is no picture in it. */
export async function surveySource(ffmpeg: Pick<Ffmpeg, 'decodeAll'>, { plan, choices }: { plan: ClipPlan, choices: ExportChoices }, signal: AbortSignal): Promise<Survey> {
  const { facts } = plan.video
  const span = { startPts: plan.startPts - plan.tolerancePts, endPts: Math.max(plan.endPts - plan.tolerancePts, plan.startPts) }
  const decoded = await ffmpeg.decodeAll({ video: facts, span, picturesAt: AROUND, withSound: true }, signal)
  const { pts } = decoded
  const seen = around(decoded)
  const held = heldPicture(plan, { pts, seen })
  const { first, last, after } = endsOf(plan, { seen, held, isEmpty: pts.length === 0 })
  const startPts = held === null ? first.picture.pts : plan.startPts
  // The next picture begins where the clip was meant to end, give or take the rounding.
  const endPts = after !== null && Math.abs(after.pts - plan.endPts) <= plan.tolerancePts ? after.pts : plan.endPts
  const seconds = (at: number): number => Math.max(0, ptsToSeconds({ timeBase: facts.media.picture.timeBase, startPts }, at))
  return {
    job: {
      video: facts, startPts, endPts, firstPts: first.picture.pts, lastPts: last.picture.pts,
      changes: { framing: null, captions: null }, fades: choices.fades, encoding: choices.encoding, gain: null, conform: null,
    },
    timesSeconds: [...(held === null ? [] : [held.pts]), ...pts].map(seconds),
    durationSeconds: seconds(endPts),
    soundPeak: decoded.soundPeak,
    first,
    last,
  }
}

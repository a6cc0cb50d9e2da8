import type { ExportChoices } from '../../../contract/export-choices.ts'
import { AppError } from '../../errors.ts'
import type { CutJob, Ffmpeg, SmallPicture } from '../../ports.ts'
import { EDGES } from '../../ports.ts'
import type { ClipPlan } from '../plan.ts'
import type { ExpectedPicture } from '../small-pictures.ts'
import type { SurveyedSpan } from './span.ts'
import { askedSpan, spanOfClip } from './span.ts'

/** What pictures are to be seen and how loud the sound is: as the source shows it, or as it was handed to the encoder. */
export interface Shown {
  first: ExpectedPicture
  last: ExpectedPicture
  /** Of every picture, as `DecodedFile.traces`; null where they are not known. */
  traces: Uint8Array | null
  /** The loudest sample of the span, 0 to 1; null without sound. */
  soundPeak: number | null
}

/** What the source really has in the span: by decoding it, not by its frame rate. */
export interface Survey extends SurveyedSpan, Shown {
  job: Omit<CutJob, 'target'>
}

function withNeighbours(picture: SmallPicture, neighbours: (SmallPicture | null)[]): ExpectedPicture {
  return { picture, neighbours: neighbours.filter((other) => other !== null).filter((other) => other.pts !== picture.pts) }
}

/** First and last picture with those beside them, out of pictures in the order of `EDGES`; null where one is missing. */
export function edgesOf([before = null, first = null, second = null, lastButOne = null, last = null, after = null]: readonly (SmallPicture | null)[]): Pick<Shown, 'first' | 'last'> | null {
  if (first === null || last === null) return null
  return { first: withNeighbours(first, [before, second]), last: withNeighbours(last, [lastButOne, after]) }
}

/** The cut of a span with nothing changed but what the choices say of encoding and fades. */
export function cutOf(plan: ClipPlan, span: SurveyedSpan, choices: ExportChoices): Omit<CutJob, 'target'> {
  const { startPts, endPts, firstPts, lastPts, before, after } = span
  return {
    video: plan.video.facts, startPts, endPts, firstPts, lastPts,
    around: { fromPts: before ?? firstPts, toPts: after === null ? endPts : after + 1 },
    changes: { framing: null, captions: null }, fades: choices.fades, encoding: choices.encoding, gain: null, conform: null,
  }
}

/** The picture before the span is the first one of the clip, or all there is of it. */
function heldEdges(pictures: readonly (SmallPicture | null)[], { isAlone }: { isAlone: boolean }): (SmallPicture | null)[] {
  const [held = null, next = null, , lastButOne = null, last = null, after = null] = pictures
  return [null, held, next, isAlone ? null : lastButOne, isAlone ? held : last, after]
}

function noPicture(plan: ClipPlan): AppError {
  return new AppError('DECODE_FAILED', { message: `"${plan.video.title}" has no picture there.`, hint: 'The source may be damaged there.' })
}

/** Decodes the span in the source. Throws DECODE_FAILED when there is no picture in it. */
export async function surveySource(ffmpeg: Pick<Ffmpeg, 'decodeAll'>, { plan, choices }: { plan: ClipPlan, choices: ExportChoices }, signal: AbortSignal): Promise<Survey> {
  const { pts, pictures, traces, soundPeak } = await ffmpeg.decodeAll({ video: plan.video.facts, span: askedSpan(plan), picturesAt: EDGES, withSound: true }, signal)
  const span = spanOfClip(plan, { before: pictures.at(0)?.pts ?? null, pts, after: pictures.at(-1)?.pts ?? null })
  if (span === null) throw noPicture(plan)
  const shown = edgesOf(span.isHeld ? heldEdges(pictures, { isAlone: pts.length === 0 }) : pictures)
  if (shown === null) throw noPicture(plan)
  return { ...span, ...shown, traces: span.isHeld ? null : traces, soundPeak, job: cutOf(plan, span, choices) }
}

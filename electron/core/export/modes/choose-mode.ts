import type { ExportChoices, ExportMode, Framing, WrittenMode } from '../../../contract/export-choices.ts'
import { usualExportChoices } from '../../../contract/export-choices.ts'
import type { Shift } from '../../../contract/exports.ts'
import { AppError } from '../../errors.ts'
import type { PictureStream } from '../../facts.ts'
import type { Ffmpeg } from '../../ports.ts'
import type { ClipPlan } from '../plan.ts'
import type { CopyCut, SmartCut } from './cut-points.ts'
import { preflight } from './preflight.ts'
import type { Preflight } from './preflight.ts'
import type { CopyRefusal } from './refusals.ts'
import { copyRefusals, smartRefusals } from './refusals.ts'
import { smartPlan } from './smart-plan.ts'

export interface ChosenMode {
  mode: WrittenMode
  /** In words for a person: a sentence. */
  why: string
  /** What copying would do; null where it can not be done, and where nobody looked: encoding anew was asked for. */
  copyShift: Shift | null
  /** What of the source becomes the clip; null where only decoding tells. */
  span: { firstPts: number, lastPts: number, endPts: number } | null
  /** What a person should know: another mode was asked for. */
  notes: string[]
}

interface Asked { choices: ExportChoices, framing: Framing }

/** What makes another picture or sound of a clip, in words; null where it stays as it is. */
function changeOf({ choices: { captions, fades, loudness, encoding, mode }, framing }: Asked): string | null {
  if (framing.how !== 'whole') return 'Its picture is framed anew.'
  if (captions === 'burned') return 'Captions are written into its pictures.'
  if (fades.inSeconds > 0 || fades.outSeconds > 0) return 'It fades in or out.'
  if (loudness !== null) return 'Its loudness is changed.'
  // Who asks for a mode has its reasons; who leaves it to the app gets the quality that was chosen.
  if (mode === 'auto' && (encoding.crf !== usualExportChoices.encoding.crf || encoding.hardware)) return 'How it is to be encoded was chosen.'
  return null
}

/** Of less than this share of a clip that stays as it is, joining gains no time: the edges are decoded twice (measured here, 2026-11-21, 720p). */
const WORTH_JOINING = 0.25

function isWorthJoining({ firstPts, splicePts, tailPts, endPts }: SmartCut): boolean {
  return ((tailPts ?? endPts) - splicePts) / (endPts - firstPts) >= WORTH_JOINING
}

/** Their joined pieces play everywhere where the source plays. */
const JOINED_UNASKED = new Set(['h264', 'vp8', 'vp9', 'av1'])

function count(pictures: number): string {
  return `${pictures} picture${pictures === 1 ? '' : 's'}`
}

function shiftWords({ framesBefore, framesAfter }: Shift): string {
  return [...framesBefore > 0 ? [`begin ${count(framesBefore)} earlier`] : [], ...framesAfter > 0 ? [`end ${count(framesAfter)} later`] : []].join(' and ')
}

const isUnshifted = ({ framesBefore, framesAfter }: Shift): boolean => framesBefore === 0 && framesAfter === 0

type Choice = Pick<ChosenMode, 'mode' | 'why'> & { notes?: string[] }

function copyOf(found: Preflight): CopyCut | CopyRefusal {
  return found.kind === 'refused' ? found.refusal : found.cut.copy
}

function chooseCopy(found: Preflight, { acceptShift }: ExportChoices): Choice {
  const copy = copyOf(found)
  if (typeof copy === 'string') throw new AppError('USAGE', { message: `This clip can not be copied. ${copyRefusals[copy]}`, hint: 'Choose smart or exact instead (--mode).' })
  if (isUnshifted(copy.shift)) return { mode: 'copy', why: 'In and out are on key frames.' }
  if (!acceptShift) throw new AppError('USAGE', { message: `Copied, the clip would ${shiftWords(copy.shift)}.`, hint: 'Accept the longer clip (--accept-shift), or choose smart or exact instead (--mode).' })
  return { mode: 'copy', why: 'The shift was accepted.' }
}

function joined({ headPictures, tailPictures }: SmartCut): Choice {
  const pictures = headPictures + tailPictures
  return { mode: 'smart', why: pictures === 0 ? 'Everything can stay as it is.' : `Only ${count(pictures)} at the edges ${pictures === 1 ? 'is' : 'are'} encoded anew.` }
}

function chooseSmart(found: Preflight, picture: PictureStream): Choice {
  const copy = copyOf(found)
  if (typeof copy !== 'string' && isUnshifted(copy.shift)) return { mode: 'copy', why: 'In and out are on key frames: nothing has to be encoded.' }
  const smart = smartPlan(found, picture)
  if (typeof smart !== 'string') return joined(smart.cut)
  const why = smartRefusals[smart]
  return { mode: 'exact', why, notes: [`Encoded anew although smart cutting was asked for. ${why}`] }
}

function chooseUnasked(found: Preflight, picture: PictureStream): Choice {
  const copy = copyOf(found)
  if (typeof copy !== 'string' && isUnshifted(copy.shift)) return { mode: 'copy', why: 'In and out are on key frames.' }
  const smart = smartPlan(found, picture)
  if (typeof smart === 'string') return { mode: 'exact', why: smartRefusals[smart] }
  if (!isWorthJoining(smart.cut)) return { mode: 'exact', why: smartRefusals['little-saved'] }
  if (!JOINED_UNASKED.has(picture.codec)) return { mode: 'exact', why: smartRefusals['not-everywhere'] }
  return joined(smart.cut)
}

function choiceFor(found: Preflight, { choices }: Asked & { choices: { mode: Exclude<ExportMode, 'exact'> } }, picture: PictureStream): Choice {
  switch (choices.mode) {
    case 'copy': return chooseCopy(found, choices)
    case 'smart': return chooseSmart(found, picture)
    case 'auto': return chooseUnasked(found, picture)
  }
}

/** A clip that can only be encoded anew. */
function encoded(why: string, mode: ExportMode): ChosenMode {
  if (mode === 'copy') throw new AppError('USAGE', { message: `This clip can not be copied. ${why}`, hint: 'Choose exact instead (--mode).' })
  return { mode: 'exact', why, copyShift: null, span: null, notes: mode === 'smart' ? [`Encoded anew although smart cutting was asked for. ${why}`] : [] }
}

function spanOf(found: Preflight, mode: WrittenMode): ChosenMode['span'] {
  if (found.kind === 'refused' || mode === 'exact') return null
  const { copy } = found.cut
  return mode === 'copy' && typeof copy !== 'string' ? copy : found.cut
}

/**
 * Looks at the source around the ends of the clip and chooses how it is made. Throws USAGE where copying is asked for and can not be had, or only with a
 * shift that nobody accepted, OFFLINE, TIMED_OUT, TOOL_MISSING.
 */
export async function chooseMode(plan: ClipPlan, { ffmpeg, choices, framing }: Asked & { ffmpeg: Pick<Ffmpeg, 'packets'> }, signal: AbortSignal): Promise<ChosenMode> {
  const { mode } = choices
  if (mode === 'exact') return encoded('Encoded anew, as asked.', mode)
  const change = changeOf({ choices, framing })
  if (change !== null) return encoded(change, mode)
  const found = await preflight(ffmpeg, plan, signal)
  const copy = copyOf(found)
  const choice = choiceFor(found, { choices: { ...choices, mode }, framing }, plan.video.facts.media.picture)
  return { notes: [], ...choice, copyShift: typeof copy === 'string' ? null : copy.shift, span: spanOf(found, choice.mode) }
}

import type { Reel } from '../../../contract/export-choices.ts'
import { AppError } from '../../errors.ts'
import type { PictureStream } from '../../facts.ts'
import type { MakingTools } from '../clip-making.ts'
import { chooseMode } from '../modes/choose-mode.ts'
import { shiftNote } from '../modes/make-copy.ts'
import { preflight } from '../modes/preflight.ts'
import type { SmartPlan } from '../modes/smart-plan.ts'
import { smartPlan } from '../modes/smart-plan.ts'
import type { ClipPlan } from '../plan.ts'
import { rateOf } from './reel-target.ts'
import type { FrameRate } from './reel-timeline.ts'

/** A clip whose pictures go into a reel as they are stored, all or all but the edges. */
export interface JoinableClip {
  /** With the pictures that are really taken. */
  plan: ClipPlan
  smart: SmartPlan
  notes: string[]
}

export interface Joinable {
  clips: JoinableClip[]
  frameRate: FrameRate
  /** What all of them have in common. */
  picture: PictureStream
}

function reelObstacle({ crossfadeSeconds, titleCards }: Reel): string | null {
  if (crossfadeSeconds > 0) return 'Clips go over into each other.'
  return titleCards ? 'There are cards with titles.' : null
}

/** The rate of a stream, exactly as its file says it. */
function exactRate(picture: PictureStream): FrameRate {
  return picture.gridRate ?? rateOf(picture)
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/** What keeps pictures of two streams from standing in one; null where nothing does. Parameter sets are compared when they are read. */
function difference(one: PictureStream, other: PictureStream): string | null {
  const pairs: [string, unknown, unknown][] = [
    ['size', [one.width, one.height], [other.width, other.height]],
    ['profile or level', [one.profile, one.level], [other.profile, other.level]],
    ['pixel format', one.pixelFormat, other.pixelFormat],
    ['the shape of their pixels', one.sampleAspect, other.sampleAspect],
    ['how they are turned', [one.rotationDegrees, one.isMirrored], [other.rotationDegrees, other.isMirrored]],
    ['colours', [one.colour, one.dynamicRange], [other.colour, other.dynamicRange]],
    ['pictures a second', exactRate(one), exactRate(other)],
  ]
  const found = pairs.find(([, first, second]) => !isSame(first, second))
  return found === undefined ? null : `The clips differ in ${found[0]}.`
}

function streamObstacle(plans: readonly ClipPlan[]): string | null {
  const [first, ...others] = plans.map(({ video: { facts } }) => facts.media.picture)
  if (first === undefined) return 'There is no clip.'
  if ([first, ...others].some(({ codec }) => codec !== 'h264')) return 'Only clips of H.264 are joined without encoding.'
  if ([first, ...others].some(({ isVariableRate }) => isVariableRate)) return 'The pictures of a clip do not come at a constant rate.'
  return others.map((other) => difference(first, other)).find((words) => words !== null) ?? null
}

/** Pictures that stay as they are from the first to the last. */
function copied(cut: { firstPts: number, lastPts: number, endPts: number }): SmartPlan {
  return { cut: { ...cut, splicePts: cut.firstPts, tailPts: null, headPictures: 0, tailPictures: 0 }, h264: null }
}

/** How the pictures of one clip are taken, or why they can not be. */
async function joinableClip(plan: ClipPlan, tools: MakingTools): Promise<JoinableClip | string> {
  const { ffmpeg, choices, signal } = tools
  const { mode, why, span, copyShift } = await chooseMode(plan, { ffmpeg, choices, framing: plan.source.framing ?? choices.framing }, signal)
  if (span === null || mode === 'exact') return why
  const smart = mode === 'copy' ? copied(span) : smartPlan(await preflight(ffmpeg, plan, signal), plan.video.facts.media.picture)
  if (typeof smart === 'string') return why
  const note = mode === 'copy' && copyShift !== null ? shiftNote(copyShift) : null
  const { firstPts, endPts } = smart.cut
  return { plan: { ...plan, startPts: firstPts, endPts, tolerancePts: 0 }, smart, notes: [...plan.notes, ...note === null ? [] : [note]] }
}

/** Who asked for copies that can not be had gets a reel all the same, and hears why. */
function asObstacle(error: unknown): string {
  if (error instanceof AppError && error.code === 'USAGE') return error.message
  throw error
}

/** Looks whether a reel can be made of the packets of its clips: how each is taken, or in words what stands in the way. Throws OFFLINE, TIMED_OUT, TOOL_MISSING. */
export async function joinablePlan(plans: readonly ClipPlan[], reel: Reel, tools: MakingTools): Promise<Joinable | string> {
  const obstacle = reelObstacle(reel) ?? streamObstacle(plans)
  const [first] = plans
  if (obstacle !== null || first === undefined) return obstacle ?? ''
  const clips: JoinableClip[] = []
  for (const [index, plan] of plans.entries()) {
    const clip = await joinableClip(plan, tools).catch(asObstacle)
    if (typeof clip === 'string') return plans.length === 1 ? clip : `Clip ${String(index + 1)}: ${clip}`
    clips.push(clip)
  }
  const { picture } = first.video.facts.media
  return { clips, picture, frameRate: exactRate(picture) }
}

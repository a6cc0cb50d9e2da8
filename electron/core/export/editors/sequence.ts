import path from 'node:path'
import type { ClipSource } from '../../../contract/exports.ts'
import type { TimelineInput } from '../../../contract/timelines.ts'
import type { VideoId } from '../../../contract/ids.ts'
import { AppError } from '../../errors.ts'
import { ptsToSeconds } from '../../facts.ts'
import type { ClipLookup, ClipVideo } from '../clip-lookup.ts'
import type { ClipPlan } from '../plan.ts'
import { knownEnd, planClip } from '../plan.ts'
import { nameOfTime } from '../names.ts'
import type { FrameRate } from './frame-rate.ts'
import { conformedRate, constantRate, isSameRate, perSecond, rateText, sequenceRate } from './frame-rate.ts'
import { reelNames } from './reel-names.ts'
import type { Timecode } from './timecode.ts'
import { canDrop, readTimecode } from './timecode.ts'

/** Size and shape of pictures as they are shown: turned upright. */
export interface Shape { width: number, height: number, pixelAspect: { num: number, den: number } }

/** A video that clips are taken from. */
export interface SequenceMedia extends Shape {
  /** From 1, in the order of the clips. */
  number: number
  path: string
  fileName: string
  title: string
  /** For lists that know tapes only: 8 letters and digits, its own. */
  reel: string
  rate: FrameRate
  /** All of it, in its own pictures. */
  frames: number
  seconds: number
  /** Of its first picture. */
  timecode: Timecode
  /** Of each track that can be heard. */
  sounds: { channels: number, sampleRateHz: number }[]
}

/** A clip on the grid of its own video and on that of the sequence; ends are behind the last picture. */
export interface SequenceClip {
  name: string
  media: SequenceMedia
  sourceIn: number
  sourceOut: number
  recordIn: number
  recordOut: number
  /** The same in seconds of the video; as they were asked for where its pictures come at no constant rate. */
  startSeconds: number
  endSeconds: number
  query: string | null
  note: string | null
}

/** What every format writes: clips one after the other on one grid of pictures. */
export interface Sequence extends Shape {
  name: string
  rate: FrameRate
  isDrop: boolean
  /** The sum of its clips. */
  frames: number
  media: SequenceMedia[]
  clips: SequenceClip[]
  /** What is different from what was asked. */
  notes: string[]
}

type Asked = Pick<TimelineInput, 'clips' | 'name' | 'format' | 'conformVariableRate'>

/** A list of times in seconds has no need of a constant rate. */
const IN_SECONDS: readonly TimelineInput['format'][] = ['llc', 'youtube']

function rateOf({ facts, title }: ClipVideo, asked: Asked, notes: Set<string>): FrameRate {
  const { picture } = facts.media
  const constant = constantRate(picture)
  if (constant !== null) return constant
  const rate = conformedRate(picture)
  if (IN_SECONDS.includes(asked.format)) return rate
  if (!asked.conformVariableRate) {
    throw new AppError('USAGE', {
      message: `The pictures of "${title}" come at no constant rate that editors know.`,
      hint: `Let it be conformed to ${rateText(rate)} pictures a second (--conform), or export its clips as files.`,
    })
  }
  notes.add(`"${title}" has no constant rate of pictures: its times are counted at ${rateText(rate)} a second, as an editor does that conforms it`)
  return rate
}

function shapeOf({ width, height, sampleAspect, rotationDegrees }: ClipVideo['facts']['media']['picture']): Shape {
  if (rotationDegrees % 180 === 0) return { width, height, pixelAspect: sampleAspect }
  return { width: height, height: width, pixelAspect: { num: sampleAspect.den, den: sampleAspect.num } }
}

type Unnamed = Omit<SequenceMedia, 'reel'>

function mediaOf(video: ClipVideo, rate: FrameRate, number: number): Unnamed {
  const { facts, title } = video
  const { media } = facts
  const end = knownEnd(video)
  const seconds = end === null ? 0 : ptsToSeconds(media.picture, end)
  return {
    number, title, rate, seconds, path: facts.path, fileName: path.basename(facts.path),
    frames: Math.max(1, Math.round(seconds * perSecond(rate))),
    timecode: readTimecode(media.timecode ?? '', rate) ?? { frame: 0, isDrop: canDrop(rate) },
    sounds: media.sounds.filter(({ isDecodable }) => isDecodable).map(({ channels, sampleRateHz }) => ({ channels, sampleRateHz })),
    ...shapeOf(media.picture),
  }
}

/** The pictures that an export of the clip would hold, at the constant rate: those that begin between its ends. */
function picturesOf({ video, startPts, endPts, tolerancePts }: ClipPlan, { rate, frames }: Unnamed): { sourceIn: number, sourceOut: number } {
  const { picture } = video.facts.media
  const tick = picture.timeBase.num / picture.timeBase.den
  // Times in a file are rounded to its ticks, each a little otherwise.
  const tolerance = tolerancePts * tick + Math.max(tick, 1e-6)
  const firstFrom = (pts: number): number => Math.ceil((ptsToSeconds(picture, pts) - tolerance) * perSecond(rate))
  const sourceIn = Math.min(Math.max(0, firstFrom(startPts)), frames - 1)
  return { sourceIn, sourceOut: Math.min(Math.max(sourceIn + 1, firstFrom(endPts)), frames) }
}

/** As many pictures of the sequence as the clip fills, and never more than it has. */
function recordLength(pictures: number, from: FrameRate, to: FrameRate): number {
  if (isSameRate(from, to)) return pictures
  return Math.max(1, Math.floor(pictures * from.den * to.num / (from.num * to.den) + 1e-9))
}

/** From the first picture. */
function secondsOf({ plan, media }: Taken, { sourceIn, sourceOut }: { sourceIn: number, sourceOut: number }): Pick<SequenceClip, 'startSeconds' | 'endSeconds'> {
  const { picture } = plan.video.facts.media
  const rate = constantRate(picture)
  if (rate === null) return { startSeconds: ptsToSeconds(picture, plan.startPts), endSeconds: ptsToSeconds(picture, plan.endPts) }
  // The last picture may be cut short by the end of the video.
  return { startSeconds: sourceIn / perSecond(rate), endSeconds: Math.min(sourceOut / perSecond(rate), Math.max(media.seconds, (sourceOut - 0.5) / perSecond(rate))) }
}

interface Taken { source: ClipSource, plan: ClipPlan, media: Unnamed }

function nameOf({ source, plan, media }: Taken): string {
  if (source.title !== undefined && source.title.trim() !== '') return source.title
  const start = nameOfTime(ptsToSeconds(plan.video.facts.media.picture, plan.startPts))
  return plan.sceneIndex === null ? `${media.title} (${start})` : `${media.title} (scene ${String(plan.sceneIndex + 1)}, ${start})`
}

function mostCommonRate(taken: readonly Taken[]): FrameRate {
  const count = (rate: FrameRate): number => taken.filter(({ media }) => isSameRate(media.rate, rate)).length
  return taken.map(({ media }) => media.rate).reduce((best, rate) => count(rate) > count(best) ? rate : best)
}

function rateNotes(taken: readonly Taken[], rate: FrameRate): string[] {
  const others = new Map(taken.filter(({ media }) => !isSameRate(media.rate, rate)).map(({ media }) => [media.number, media]))
  return [...others.values()].map((media) => `"${media.title}" has ${rateText(media.rate)} pictures a second, the sequence ${rateText(rate)}`)
}

function clampNotes(taken: readonly Taken[]): string[] {
  return taken.flatMap(({ source, plan, media }) => {
    if (source.kind === 'scene') return []
    const end = ptsToSeconds(plan.video.facts.media.picture, plan.endPts)
    return source.end - end > 0.001 ? [`A clip of "${media.title}" ends with the video, at ${end.toFixed(3)} s and not at ${source.end.toFixed(3)} s`] : []
  })
}

function takeAll(asked: Asked, lookup: ClipLookup, notes: Set<string>): Taken[] {
  const known = new Map<VideoId, Unnamed>()
  return asked.clips.map((source) => {
    const plan = planClip(source, lookup)
    const { id } = plan.video.facts
    const media = known.get(id) ?? mediaOf(plan.video, rateOf(plan.video, asked, notes), known.size + 1)
    known.set(id, media)
    return { source, plan, media }
  })
}

/**
 * Puts the clips one after the other. Everything is counted in pictures: a clip begins and ends on pictures of its video and lies within it, and where it
 * lies in the sequence is a sum of whole pictures. Throws USAGE for what is not there, and for videos without a constant rate where they are not to be conformed.
 */
export function sequenceOf(asked: Asked, lookup: ClipLookup): Sequence {
  const notes = new Set<string>()
  const taken = takeAll(asked, lookup, notes)
  const rate = sequenceRate(mostCommonRate(taken))
  const unnamed = [...new Set(taken.map(({ media }) => media))]
  const reels = reelNames(unnamed.map(({ fileName }) => fileName))
  const media = unnamed.map((each, at): SequenceMedia => ({ ...each, reel: reels[at] ?? '' }))
  let frames = 0
  const clips = taken.flatMap((each): SequenceClip[] => {
    const of = media[each.media.number - 1]
    if (of === undefined) return []
    const pictures = picturesOf(each.plan, of)
    const recordIn = frames
    frames += recordLength(pictures.sourceOut - pictures.sourceIn, of.rate, rate)
    return [{
      name: nameOf(each), media: of, ...pictures, recordIn, recordOut: frames, ...secondsOf(each, pictures),
      query: each.source.query ?? null, note: each.source.note ?? null,
    }]
  })
  const shape = media.find((each) => isSameRate(each.rate, rate)) ?? media[0] ?? { width: 0, height: 0, pixelAspect: { num: 1, den: 1 } }
  return {
    name: asked.name, rate, isDrop: canDrop(rate), frames, media, clips, notes: [...notes, ...rateNotes(taken, rate), ...clampNotes(taken)],
    width: shape.width, height: shape.height, pixelAspect: shape.pixelAspect,
  }
}

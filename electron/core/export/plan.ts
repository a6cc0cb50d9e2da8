import type { ClipSource } from '../../contract/exports.ts'
import type { VideoId } from '../../contract/ids.ts'
import { AppError } from '../errors.ts'
import type { PictureStream } from '../facts.ts'
import { ptsToSeconds, secondsToPts } from '../facts.ts'
import type { ClipLookup, ClipVideo } from './clip-lookup.ts'

/** What is asked for: the pictures with startPts <= pts < endPts. */
export interface ClipPlan {
  source: ClipSource
  video: ClipVideo
  /** Null for a span. */
  sceneIndex: number | null
  startPts: number
  endPts: number
  /** A picture this much before either end counts as lying on it: times that people copy are rounded. */
  tolerancePts: number
  /** What will be different in the clip, for the log and the person. */
  notes: string[]
}

/** Times are shown to the millisecond. */
const SHOWN_PRECISION_SECONDS = 0.001

/** Ticks a rounded time may be off: a millisecond, but less than half a picture. */
function toleranceOf(picture: PictureStream): number {
  const tick = picture.timeBase.num / picture.timeBase.den
  const halfPicture = picture.frameRate === null ? SHOWN_PRECISION_SECONDS : 0.49 / picture.frameRate
  return Math.floor(Math.min(SHOWN_PRECISION_SECONDS, halfPicture) / tick)
}

/** The end of the video as far as it is known, in pts. */
export function knownEnd({ facts, endPts }: ClipVideo): number | null {
  const { picture, durationSeconds } = facts.media
  if (endPts !== null) return endPts
  if (picture.durationPts !== null) return picture.startPts + picture.durationPts
  return durationSeconds === null ? null : secondsToPts(picture, durationSeconds)
}

// An end that was written down roughly is no surprise.
const ROUGHLY_SECONDS = 0.1

function notesFor({ facts }: ClipVideo, missingPts: number): string[] {
  const { dynamicRange, timeBase } = facts.media.picture
  const missingSeconds = missingPts * timeBase.num / timeBase.den
  return [
    ...dynamicRange === 'sdr' ? [] : [`${dynamicRange.toUpperCase()} is tone-mapped to SDR, which plays everywhere`],
    ...missingSeconds > ROUGHLY_SECONDS ? [`It ends with its video, ${missingSeconds.toFixed(1)} s before the end that was asked for`] : [],
  ]
}

interface Asked { startPts: number, endPts: number, tolerancePts: number, sceneIndex: number | null }

function videoOf(lookup: ClipLookup, id: VideoId): ClipVideo {
  const video = lookup.video(id)
  if (video !== null) return video
  throw new AppError('USAGE', { message: `There is no video ${String(id)} that can be exported.`, hint: 'List them with "scenedex library".' })
}

function askedOf(source: ClipSource, lookup: ClipLookup): { video: ClipVideo, asked: Asked } {
  switch (source.kind) {
    case 'scene': {
      const scene = lookup.scene(source.sceneId)
      if (scene === null) throw new AppError('USAGE', { message: `There is no scene ${String(source.sceneId)}.`, hint: 'List them with "scenedex scenes VIDEO".' })
      return { video: videoOf(lookup, scene.videoId), asked: { startPts: scene.startPts, endPts: scene.endPts, tolerancePts: 0, sceneIndex: scene.index } }
    }
    case 'span': {
      if (source.end <= source.start) throw new AppError('USAGE', { message: `The clip ends (${source.end} s) before it begins (${source.start} s).`, hint: 'Give the start first, then the end.' })
      const video = videoOf(lookup, source.videoId)
      const { picture } = video.facts.media
      const pts = (seconds: number): number => secondsToPts(picture, seconds)
      return { video, asked: { startPts: pts(source.start), endPts: pts(source.end), tolerancePts: toleranceOf(picture), sceneIndex: null } }
    }
  }
}

/**
 * From seconds or a scene to pts, kept inside the video. Throws USAGE for what is not there, and for spans that are empty,
 * the wrong way round or behind the end.
 */
export function planClip(source: ClipSource, lookup: ClipLookup): ClipPlan {
  const { video, asked } = askedOf(source, lookup)
  const { picture } = video.facts.media
  const videoEnd = knownEnd(video)
  const startPts = Math.max(asked.startPts, picture.startPts)
  const endPts = videoEnd === null ? asked.endPts : Math.min(asked.endPts, videoEnd)
  if (videoEnd !== null && startPts >= videoEnd) {
    const lengthSeconds = ptsToSeconds(picture, videoEnd)
    throw new AppError('USAGE', { message: `"${video.title}" is only ${lengthSeconds.toFixed(3)} s long.`, hint: 'Choose an earlier start.' })
  }
  if (endPts <= startPts) throw new AppError('USAGE', { message: 'The clip would be empty.', hint: 'The shortest clip is one picture.' })
  return { source, video, sceneIndex: asked.sceneIndex, startPts, endPts, tolerancePts: asked.tolerancePts, notes: notesFor(video, asked.endPts - endPts) }
}

import { open } from 'node:fs/promises'
import type { Verification } from '../../../contract/exports.ts'
import { AppError } from '../../errors.ts'
import type { Chapter, MediaFacts } from '../../facts.ts'
import type { DecodedFile } from '../../ports.ts'
import type { Check } from '../check.ts'
import type { MakingTools } from '../clip-making.ts'
import type { ExpectedLook } from '../expected.ts'
import { indexIsInFront } from '../mp4-boxes.ts'
import { firstDifferentTrace, TRACE_BYTES } from '../traces.ts'
import { lookChecks } from '../verify-look.ts'
import type { ReelPart } from './reel-part.ts'
import { RATE_HZ } from './reel-sound.ts'
import type { FrameRate, ReelTimeline } from './reel-timeline.ts'
import { sampleAt, secondsOf, transitionsAround } from './reel-timeline.ts'
import type { Heard } from './sound-in-step.ts'
import { secondsOutOfStep } from './sound-in-step.ts'

/** What the reel has to be. */
export interface ExpectedReel {
  parts: readonly ReelPart[]
  timeline: ReelTimeline
  frameRate: FrameRate
  /** Samples of the whole reel; null without sound. */
  soundFile: string | null
  chapters: readonly Chapter[]
  /** Constant rate factor of what was encoded to match the source, and what the source says of its pictures; left out where all was brought to one size. */
  crf?: number
  look?: ExpectedLook
}

/** A tick of the clocks in an mp4, and rounding. */
const TIME_TOLERANCE_SECONDS = 0.0005
/** Blocks of AAC are 21 ms. */
const LENGTH_TOLERANCE_SECONDS = 0.05
/** Chapters are written in milliseconds. */
const CHAPTER_TOLERANCE_SECONDS = 0.002
const HEARD_HZ = 16_000
const LISTENED_SECONDS = 0.7
const CHANNELS = 2

/** The part whose pictures are others than they were, from 0; null when all are there, in their order. Those in transitions are of both and are not compared. */
function firstWrongPart({ parts, timeline, crf }: ExpectedReel, decoded: DecodedFile): number | null {
  const wrong = parts.findIndex(({ frames, traces }, index) => {
    const start = timeline.starts[index] ?? 0
    const { before, after } = transitionsAround(timeline, index)
    const shown = decoded.traces.subarray((start + before) * TRACE_BYTES, (start + frames - after) * TRACE_BYTES)
    return firstDifferentTrace(shown, traces.subarray(before * TRACE_BYTES, (frames - after) * TRACE_BYTES), crf) !== null
  })
  return wrong === -1 ? null : wrong
}

/** The mix from a sample on, in mono at 16 kHz. */
async function meantAt(file: string, startSeconds: number): Promise<Heard> {
  const step = RATE_HZ / HEARD_HZ
  const first = Math.round(startSeconds * HEARD_HZ) * step
  const samples = new Float32Array(Math.round(LISTENED_SECONDS * HEARD_HZ) * step * CHANNELS)
  await using handle = await open(file)
  const { bytesRead } = await handle.read(new Uint8Array(samples.buffer), 0, samples.byteLength, first * CHANNELS * 4)
  const count = Math.floor(bytesRead / 4 / CHANNELS / step)
  const mono = Float32Array.from({ length: count }, (_, index) => {
    let sum = 0
    for (let at = 0; at < step * CHANNELS; at++) sum += samples[index * step * CHANNELS + at] ?? 0
    return sum / (step * CHANNELS)
  })
  return { samples: mono, rateHz: HEARD_HZ }
}

async function heardAt({ path, media }: { path: string, media: MediaFacts }, startSeconds: number, { ffmpeg, signal }: MakingTools): Promise<Heard> {
  const samples = new Float32Array(Math.round(LISTENED_SECONDS * HEARD_HZ))
  const first = Math.round(startSeconds * HEARD_HZ)
  const request = { video: { path, media }, fromSeconds: startSeconds, toSeconds: startSeconds + LISTENED_SECONDS }
  for await (const piece of ffmpeg.sound(request, signal)) {
    const at = Math.round(piece.startSeconds * HEARD_HZ) - first
    for (const [index, sample] of piece.samples.entries()) if (at + index >= 0 && at + index < samples.length) samples[at + index] = sample
  }
  return { samples, rateHz: HEARD_HZ }
}

/** The largest distance between sound and picture at the beginning of any part, in seconds: what is heard there against what was mixed. Null without sound. */
async function largestOffset(expected: ExpectedReel, reel: { path: string, media: MediaFacts }, tools: MakingTools): Promise<number | null> {
  if (expected.soundFile === null) return null
  let largest = 0
  for (const start of expected.timeline.starts) {
    const seconds = Math.floor(sampleAt(start, expected.frameRate, HEARD_HZ)) / HEARD_HZ
    const offset = secondsOutOfStep(await meantAt(expected.soundFile, seconds), await heardAt(reel, seconds, tools))
    if (offset !== null && Math.abs(offset) > Math.abs(largest)) largest = offset
  }
  return largest
}

function hasChapters({ chapters }: ExpectedReel, found: readonly Chapter[]): boolean {
  if (chapters.length !== found.length) return false
  return chapters.every(({ startSeconds, title }, index) => {
    const chapter = found[index]
    return chapter !== undefined && Math.abs(chapter.startSeconds - startSeconds) <= CHAPTER_TOLERANCE_SECONDS && chapter.title.trim() === title.trim()
  })
}

function isOnGrid({ frameRate }: ExpectedReel, { media, decoded }: { media: MediaFacts, decoded: DecodedFile }): boolean {
  const { num, den } = media.picture.timeBase
  return decoded.pts.every((pts, index) => Math.abs((pts - media.picture.startPts) * num / den - secondsOf(index, frameRate)) <= TIME_TOLERANCE_SECONDS)
}

interface Findings { media: MediaFacts, decoded: DecodedFile, hasIndexInFront: boolean, offset: number | null, wrongPart: number | null }

function look({ look: expected }: ExpectedReel, { picture }: MediaFacts): Check[] {
  return expected === undefined ? [] : lookChecks(expected, picture)
}

function complaints(expected: ExpectedReel, { media, decoded, hasIndexInFront, offset, wrongPart }: Findings): string[] {
  const { timeline, frameRate, soundFile } = expected
  const seconds = secondsOf(timeline.frames, frameRate)
  const checks: [boolean, string][] = [
    [decoded.pts.length === timeline.frames, `it has ${String(decoded.pts.length)} pictures and should have ${String(timeline.frames)}`],
    [isOnGrid(expected, { media, decoded }), 'its pictures come at other times'],
    [wrongPart === null, `part ${String((wrongPart ?? 0) + 1)} has other pictures`],
    [decoded.errors.length === 0, `it does not play to its end (${decoded.errors[0] ?? ''})`],
    [Math.abs((media.durationSeconds ?? 0) - seconds) <= LENGTH_TOLERANCE_SECONDS, `it is ${String(media.durationSeconds)} s long and should be ${seconds.toFixed(3)} s`],
    [(soundFile !== null) === (media.sounds.length > 0), soundFile === null ? 'it has a sound that no clip has' : 'its sound is missing'],
    [Math.abs(offset ?? 0) <= secondsOf(1, frameRate), `its sound is off by ${String(offset)} s`],
    [soundFile === null || Math.abs(decoded.audioOffsetSeconds ?? Infinity) <= secondsOf(1, frameRate), `its sound begins at ${String(decoded.audioOffsetSeconds)} s`],
    [hasIndexInFront, 'its index is not in front'],
    [hasChapters(expected, media.chapters), 'its chapters are not right'],
    ...look(expected, media).map(({ isRight, wrong }): [boolean, string] => [isRight, wrong]),
  ]
  return checks.filter(([isRight]) => !isRight).map(([, words]) => words)
}

function checksOf(expected: ExpectedReel, media: MediaFacts): string[] {
  const { parts, soundFile, chapters } = expected
  return [
    `every picture of ${parts.length === 1 ? '1 part' : `${String(parts.length)} parts`} compared with what was cut, in its place`,
    'every picture at its time', 'played to the end', 'index in front',
    ...soundFile === null ? [] : ['sound in step with the picture at the beginning of every part'],
    ...look(expected, media).flatMap(({ checked }) => checked ?? []),
    ...chapters.length === 0 ? [] : [chapters.length === 1 ? '1 chapter' : `${String(chapters.length)} chapters`],
  ]
}

/** Probes the reel and decodes it to its end. Throws EXPORT_UNVERIFIED with what is wrong unless every part is where it should be, with its sound. */
export async function verifyReel(path: string, expected: ExpectedReel, tools: MakingTools): Promise<Verification> {
  const { ffmpeg, signal } = tools
  const media = await ffmpeg.probe(path, signal)
  const decoded = await ffmpeg.decodeAll({ video: { path, media }, span: null, picturesAt: [], withSound: true }, signal)
  const wrongPart = firstWrongPart(expected, decoded)
  const offset = media.sounds.length === 0 ? null : await largestOffset(expected, { path, media }, tools)
  const findings = { media, decoded, offset, wrongPart, hasIndexInFront: await indexIsInFront(path) }
  const wrong = complaints(expected, findings)
  if (wrong.length > 0) {
    throw new AppError('EXPORT_UNVERIFIED', { message: `The reel was made but is not the one asked for, and was thrown away: ${wrong.join('; ')}.`, hint: 'Please report it; other ins and outs may work.' })
  }
  return {
    frames: decoded.pts.length, expectedFrames: expected.timeline.frames, firstFrameMatches: wrongPart !== 0, lastFrameMatches: wrongPart !== expected.parts.length - 1,
    decodedToTheEnd: true, audioOffset: offset, checks: checksOf(expected, media),
  }
}

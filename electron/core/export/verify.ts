import type { Verification } from '../../contract/exports.ts'
import { AppError } from '../errors.ts'
import type { MediaFacts } from '../facts.ts'
import type { DecodedFile, Ffmpeg, PictureAt } from '../ports.ts'
import type { Check } from './check.ts'
import type { Expected, ExpectedSound } from './expected.ts'
import { indexIsInFront } from './mp4-boxes.ts'
import type { ExpectedPicture } from './small-pictures.ts'
import { showsExpected } from './small-pictures.ts'
import { firstDifferentTrace } from './traces.ts'
import { lookChecks } from './verify-look.ts'

/** The clip has the clock of its source, or a finer one than a millisecond; Matroska counts in whole ones. */
const TIME_TOLERANCE_SECONDS = { mp4: 0.0005, mov: 0.0005, mkv: 0.0011, webm: 0.0011 }

/** Noise of a silent recording stays below; speech is 0.1 to 0.9. */
const AUDIBLE_PEAK = 0.01
/** AAC changes a peak by some percent, never to a quarter. */
const FAINT_SHARE = 0.25

export interface VerifiedClip { verification: Verification, durationSeconds: number }

interface Findings { media: MediaFacts, decoded: DecodedFile, hasIndexInFront: boolean }

function timesMatch({ timesSeconds, container }: Expected, { media, decoded }: Findings): boolean {
  const { num, den } = media.picture.timeBase
  return timesSeconds.every((seconds, index) => {
    const pts = decoded.pts[index]
    return pts !== undefined && Math.abs((pts - media.picture.startPts) * num / den - seconds) <= TIME_TOLERANCE_SECONDS[container]
  })
}

function shows({ pictures }: DecodedFile, at: number, { picture, crf }: { picture: ExpectedPicture, crf: number | undefined }): boolean {
  const shown = pictures[at] ?? null
  return shown !== null && showsExpected(shown.pixels, picture, crf)
}

function verificationOf(expected: Expected, { decoded }: Findings): Verification {
  const { crf } = expected
  return {
    frames: decoded.pts.length,
    expectedFrames: expected.timesSeconds.length,
    firstFrameMatches: shows(decoded, 0, { picture: expected.first, crf }),
    lastFrameMatches: shows(decoded, 1, { picture: expected.last, crf }),
    decodedToTheEnd: decoded.errors.length === 0,
    audioOffset: decoded.audioOffsetSeconds,
    checks: [],
  }
}

function pictureChecks(expected: Expected, findings: Findings, verification: Verification): Check[] {
  const { decoded } = findings
  const { traces, more, crf } = expected
  const different = traces === null ? null : firstDifferentTrace(decoded.traces, traces, crf)
  const isCounted = verification.frames === verification.expectedFrames
  return [
    { isRight: isCounted, checked: `${verification.frames} pictures, as many as the source has there`, wrong: `it has ${verification.frames} pictures and should have ${verification.expectedFrames}` },
    { isRight: timesMatch(expected, findings), checked: 'every picture at its time', wrong: 'its pictures come at other times' },
    { isRight: verification.firstFrameMatches, checked: 'first and last picture compared with the source and with the pictures beside them', wrong: 'its first picture is another one' },
    { isRight: verification.lastFrameMatches, checked: null, wrong: 'its last picture is another one' },
    { isRight: more.every((one, index) => shows(decoded, 2 + index, { picture: one.expected, crf })), checked: more.length === 0 ? null : 'the pictures where copied and encoded ones meet', wrong: 'pictures are wrong where copied and encoded ones meet' },
    // Of a clip with more or fewer pictures it is known already.
    { isRight: different === null || !isCounted, checked: traces === null ? null : 'every picture compared with what was cut', wrong: `its picture ${(different ?? 0) + 1} is another one` },
    { isRight: verification.decodedToTheEnd, checked: 'decoded to the end without a complaint', wrong: `it does not play to its end (${decoded.errors[0] ?? ''})` },
  ]
}

/** Null where nothing can be asked: nothing, or next to nothing, is heard in the source, or it is not known. */
function isHeard(peak: number | null, { decoded }: Findings): boolean | null {
  return peak === null || peak < AUDIBLE_PEAK ? null : (decoded.soundPeak ?? 0) > Math.min(1, peak) * FAINT_SHARE
}

/** Where its sound begins, in words, and how sure that is. */
function beginningOf({ offsetSeconds, offsetToleranceSeconds }: ExpectedSound): string {
  const milliseconds = (seconds: number): string => `${String(Math.round(Math.abs(seconds) * 1000))} ms`
  const where = Math.abs(offsetSeconds) < 0.0005 ? 'with the picture' : `${milliseconds(offsetSeconds)} ${offsetSeconds > 0 ? 'after' : 'before'} the picture`
  return `sound begins ${where}, as it should, to ${milliseconds(offsetToleranceSeconds)}`
}

function soundChecks({ sound }: Expected, findings: Findings): Check[] {
  const { media, decoded } = findings
  if (sound === null) return [{ isRight: media.sounds.length === 0, checked: 'no sound, as in the source', wrong: 'it has a sound that the source has not' }]
  const offset = decoded.audioOffsetSeconds
  const heard = isHeard(sound.peak, findings)
  return [
    { isRight: media.sounds.length > 0, checked: null, wrong: 'its sound is missing' },
    {
      isRight: Math.abs((offset ?? Infinity) - sound.offsetSeconds) <= sound.offsetToleranceSeconds,
      checked: beginningOf(sound), wrong: `its sound is off by ${String(offset === null ? null : offset - sound.offsetSeconds)} s`,
    },
    { isRight: heard !== false, checked: heard === null ? null : 'sound is heard', wrong: 'nothing can be heard in it' },
  ]
}

function fileChecks(expected: Expected, { media, hasIndexInFront }: Findings): Check[] {
  const { durationSeconds, lengthToleranceSeconds, container } = expected
  const hasIndex = container === 'mp4' || container === 'mov'
  return [
    {
      isRight: Math.abs((media.durationSeconds ?? 0) - durationSeconds) <= lengthToleranceSeconds,
      checked: `${durationSeconds.toFixed(3)} s long`, wrong: `it is ${String(media.durationSeconds)} s long and should be ${durationSeconds.toFixed(3)} s`,
    },
    { isRight: !hasIndex || hasIndexInFront, checked: hasIndex ? 'index (moov) in front' : null, wrong: 'its index is not in front' },
  ]
}

/**
 * Probes the clip and decodes it to its end. Throws EXPORT_UNVERIFIED with what is wrong unless it is the clip that was
 * asked for: as many pictures as the source has there, at the same times, the right ones, turned and coloured as meant, and sound in sync.
 */
export async function verifyClip(ffmpeg: Pick<Ffmpeg, 'probe' | 'decodeAll'>, { path, expected }: { path: string, expected: Expected }, signal: AbortSignal): Promise<VerifiedClip> {
  const media = await probeClip(ffmpeg, path, signal)
  const picturesAt: PictureAt[] = [{ edge: 'first', offset: 0 }, { edge: 'last', offset: 0 }, ...expected.more.map(({ at }) => at)]
  const decoded = await ffmpeg.decodeAll({ video: { path, media }, span: null, withSound: true, picturesAt }, signal)
  const findings = { media, decoded, hasIndexInFront: await indexIsInFront(path) }
  const verification = verificationOf(expected, findings)
  const checks = [
    ...pictureChecks(expected, findings, verification), ...fileChecks(expected, findings), ...soundChecks(expected, findings), ...lookChecks(expected.look, media.picture),
  ]
  const wrong = checks.filter(({ isRight }) => !isRight).map((check) => check.wrong)
  if (wrong.length > 0) throw unverified(wrong.join('; '))
  return { verification: { ...verification, checks: checks.map(({ checked }) => checked).filter((words) => words !== null) }, durationSeconds: expected.durationSeconds }
}

async function probeClip(ffmpeg: Pick<Ffmpeg, 'probe'>, path: string, signal: AbortSignal): Promise<MediaFacts> {
  try {
    return await ffmpeg.probe(path, signal)
  } catch (cause) {
    signal.throwIfAborted()
    if (cause instanceof AppError) throw unverified(`it can not be read: ${cause.message}`, cause)
    throw cause
  }
}

/** The error for a clip that is not the one asked for. */
export function unverified(wrong: string, cause?: unknown): AppError {
  return new AppError('EXPORT_UNVERIFIED', {
    message: `The clip was made but is not the one asked for, and was thrown away: ${wrong}.`,
    hint: 'Please report it; a span that begins a little earlier or later may work.',
    cause,
  })
}

import type { Verification } from '../../contract/exports.ts'
import { AppError } from '../errors.ts'
import type { MediaFacts } from '../facts.ts'
import type { DecodedFile, Ffmpeg } from '../ports.ts'
import { indexIsInFront } from './mp4-boxes.ts'
import { showsExpected } from './small-pictures.ts'
import type { ExpectedPicture, Survey } from './exact/survey.ts'

/** The clip has the clock of its source, so its times are those of the source but for rounding. */
const TIME_TOLERANCE_SECONDS = 0.0005
/** A block of AAC is 21 to 23 ms. */
const LENGTH_TOLERANCE_SECONDS = 0.05
/** Both begin at 0: what is more is not rounding. Less than a frame of anything but slow motion. */
const OFFSET_TOLERANCE_SECONDS = 0.005

/** Noise of a silent recording stays below; speech is 0.1 to 0.9. */
const AUDIBLE_PEAK = 0.01
/** AAC changes a peak by some percent, never to a quarter. */
const FAINT_SHARE = 0.25

export interface VerifiedClip { verification: Verification, durationSeconds: number }

interface Findings { media: MediaFacts, decoded: DecodedFile, hasIndexInFront: boolean }

function timesMatch({ timesSeconds }: Survey, { media, decoded }: Findings): boolean {
  const { num, den } = media.picture.timeBase
  return timesSeconds.every((seconds, index) => {
    const pts = decoded.pts[index]
    return pts !== undefined && Math.abs((pts - media.picture.startPts) * num / den - seconds) <= TIME_TOLERANCE_SECONDS
  })
}

function shows(decoded: DecodedFile, at: 0 | 1, expected: ExpectedPicture): boolean {
  const shown = decoded.pictures[at] ?? null
  return shown !== null && showsExpected(shown.pixels, expected)
}

function verificationOf(survey: Survey, { decoded }: Findings): Verification {
  return {
    frames: decoded.pts.length,
    expectedFrames: survey.timesSeconds.length,
    firstFrameMatches: shows(decoded, 0, survey.first),
    lastFrameMatches: shows(decoded, 1, survey.last),
    decodedToTheEnd: decoded.errors.length === 0,
    audioOffset: decoded.audioOffsetSeconds,
    checks: [],
  }
}

function wantsSound({ job }: Survey): boolean {
  const { sounds, chosenSound } = job.video.media
  return sounds.some((sound) => sound.index === chosenSound && sound.isDecodable)
}

/** False when something can be heard in the source and nothing, or next to nothing, in the clip. */
function isHeard({ soundPeak }: Survey, { decoded }: Findings): boolean {
  return soundPeak === null || soundPeak < AUDIBLE_PEAK || (decoded.soundPeak ?? 0) > soundPeak * FAINT_SHARE
}

/** What is wrong with the clip, in words; empty when it is the clip that was asked for. */
function complaints(survey: Survey, findings: Findings, verification: Verification): string[] {
  const { media, decoded } = findings
  const { picture } = media
  const sound = wantsSound(survey)
  const checks: [boolean, string][] = [
    [verification.frames === verification.expectedFrames, `it has ${verification.frames} pictures and should have ${verification.expectedFrames}`],
    [timesMatch(survey, findings), 'its pictures come at other times'],
    [verification.firstFrameMatches, 'its first picture is another one'],
    [verification.lastFrameMatches, 'its last picture is another one'],
    [verification.decodedToTheEnd, `it does not play to its end (${decoded.errors[0] ?? ''})`],
    [Math.abs((media.durationSeconds ?? 0) - survey.durationSeconds) <= LENGTH_TOLERANCE_SECONDS, `it is ${String(media.durationSeconds)} s long and should be ${survey.durationSeconds.toFixed(3)} s`],
    [sound === (media.sounds.length > 0), sound ? 'its sound is missing' : 'it has a sound that the source has not'],
    [!sound || Math.abs(verification.audioOffset ?? Infinity) <= OFFSET_TOLERANCE_SECONDS, `its sound is off by ${String(verification.audioOffset)} s`],
    [isHeard(survey, findings), 'nothing can be heard in it'],
    [picture.rotationDegrees === 0 && !picture.isMirrored, 'it is marked as turned'],
    [findings.hasIndexInFront, 'its index is not in front'],
  ]
  return checks.filter(([isRight]) => !isRight).map(([, words]) => words)
}

/**
 * Probes the clip and decodes it to its end. Throws EXPORT_UNVERIFIED with what is wrong unless it is the clip that was
 * asked for: as many pictures as the source has there, at the same times, the right first and last one, and sound in sync.
 */
export async function verifyClip(ffmpeg: Pick<Ffmpeg, 'probe' | 'decodeAll'>, { path, survey }: { path: string, survey: Survey }, signal: AbortSignal): Promise<VerifiedClip> {
  const media = await probeClip(ffmpeg, path, signal)
  const decoded = await ffmpeg.decodeAll({
    video: { path, media }, span: null, withSound: true, picturesAt: [{ edge: 'first', offset: 0 }, { edge: 'last', offset: 0 }],
  }, signal)
  const findings = { media, decoded, hasIndexInFront: await indexIsInFront(path) }
  const verification = verificationOf(survey, findings)
  const wrong = complaints(survey, findings, verification)
  if (wrong.length > 0) throw unverified(wrong.join('; '))
  return { verification, durationSeconds: survey.durationSeconds }
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

function unverified(wrong: string, cause?: unknown): AppError {
  return new AppError('EXPORT_UNVERIFIED', {
    message: `The clip was made but is not the one asked for, and was thrown away: ${wrong}.`,
    hint: 'Please report it; a span that begins a little earlier or later may work.',
    cause,
  })
}

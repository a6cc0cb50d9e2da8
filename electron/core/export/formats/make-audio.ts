import type { AudioFormat, ExportChoices } from '../../../contract/export-choices.ts'
import { AppError } from '../../errors.ts'
import type { SoundStream } from '../../facts.ts'
import type { HeardFile } from '../../format-ports.ts'
import type { MakeClip } from '../clip-making.ts'
import { checkRoom, checkSource, flush } from '../disk.ts'
import type { ClipPlan } from '../plan.ts'
import { PassingFiles } from '../reel/passing-files.ts'
import { surveyedCut } from './surveyed-cut.ts'

/** A block of AAC is 21 to 46 ms, one of MP3 up to 26; one is added at an end. */
const LENGTH_TOLERANCE_SECONDS: Record<AudioFormat, number> = { m4a: 0.06, mp3: 0.06, wav: 0.001, flac: 0.001 }
const CODECS: Record<AudioFormat, string> = { m4a: 'aac', mp3: 'mp3', wav: 'pcm_s16le', flac: 'flac' }
/** Noise of a silent recording stays below. */
const AUDIBLE_PEAK = 0.01
/** Mixing to one channel and compressing change a peak, never to a quarter. */
const FAINT_SHARE = 0.25
const BYTES_A_SECOND: Record<AudioFormat, number> = { m4a: 16_000, mp3: 16_000, wav: 96_000, flac: 30_000 }
const CONTAINER_BYTES = 32_768

/** The sound that is exported. Throws USAGE where there is none. */
export function soundOf({ video }: ClipPlan): SoundStream {
  const { sounds, chosenSound } = video.facts.media
  const sound = sounds.find(({ index, isDecodable }) => index === chosenSound && isDecodable)
  if (sound === undefined) throw new AppError('USAGE', { message: `"${video.title}" has no sound.`, hint: 'Choose another format.' })
  return sound
}

/** Where nothing is done to the sound and it is AAC already, its packets are taken as they are; out of mp4 and mov only, which have them on the clock that the new file has. */
export function canCopy({ video }: ClipPlan, { mode, audioFormat, loudness, fades }: Pick<ExportChoices, 'mode' | 'audioFormat' | 'loudness' | 'fades'>): boolean {
  const { sounds, chosenSound, container } = video.facts.media
  const isAsked = audioFormat === 'm4a' && mode !== 'exact'
  const isUntouched = loudness === null && fades.inSeconds === 0 && fades.outSeconds === 0
  return isAsked && isUntouched && sounds.find(({ index }) => index === chosenSound)?.codec === 'aac' && container.split(',').includes('mp4')
}

interface Expected { seconds: number, peak: number | null, toleranceSeconds: number, codec: string }

function complaints({ seconds, peak, codec, errors }: HeardFile, expected: Expected): string[] {
  const isHeard = expected.peak === null || peak > expected.peak * FAINT_SHARE
  const checks: [boolean, string][] = [
    [errors.length === 0, `it does not play to its end (${errors[0] ?? ''})`],
    [codec === expected.codec, `it is ${codec}`],
    [Math.abs(seconds - expected.seconds) <= expected.toleranceSeconds, `it is ${seconds.toFixed(3)} s long and should be ${expected.seconds.toFixed(3)} s`],
    [isHeard, 'nothing can be heard in it'],
  ]
  return checks.filter(([isRight]) => !isRight).map(([, words]) => words)
}

/** The sound of the clip alone. Throws USAGE where there is none, EXPORT_UNVERIFIED, DECODE_FAILED, DISK_FULL. */
export const makeAudio: MakeClip = async (plan, tools) => {
  const { ffmpeg, choices: { audioFormat: format }, signal, progress, folder } = tools
  soundOf(plan)
  await using files = new PassingFiles(folder)
  await using cut = await surveyedCut(plan, { ...tools, framing: { how: 'whole' }, choices: { ...tools.choices, captions: 'none' } }, async () => null)
  progress(0.5)
  const isCopied = canCopy(plan, tools.choices)
  const { durationSeconds, soundPeak } = cut.survey
  await checkRoom(folder, Math.ceil(durationSeconds * BYTES_A_SECOND[format] + CONTAINER_BYTES))
  const target = await files.make()
  await ffmpeg.soundFile({ cut: cut.job, format, isCopied, target }, signal)
  progress(0.8)
  const heard = await ffmpeg.hearFile(target, signal)
  // A fade may cover all that is loud, and of what is hardly loud nothing can be asked.
  const isFaded = cut.job.fades.inSeconds + cut.job.fades.outSeconds > 0
  const expectedPeak = isFaded || (soundPeak ?? 0) < AUDIBLE_PEAK ? null : soundPeak
  const wrong = complaints(heard, { seconds: durationSeconds, peak: expectedPeak, toleranceSeconds: LENGTH_TOLERANCE_SECONDS[format], codec: CODECS[format] })
  if (wrong.length > 0) throw new AppError('EXPORT_UNVERIFIED', { message: `The sound was made but is not what was asked for, and was thrown away: ${wrong.join('; ')}.`, hint: 'Please report it; --mode exact may work.' })
  await checkSource(plan.video)
  await flush(target)
  signal.throwIfAborted()
  return {
    part: files.keep(target), extension: `.${format}`, mode: isCopied ? 'copy' : 'exact',
    why: isCopied ? 'AAC taken as it is, in its blocks of some hundredths of a second' : `encoded anew as ${format}`,
    start: cut.start, end: cut.end, durationSeconds: heard.seconds, notes: cut.notes,
    verified: {
      frames: 0, expectedFrames: 0, firstFrameMatches: true, lastFrameMatches: true, decodedToTheEnd: true, audioOffset: null,
      checks: ['decoded to its end', `${heard.seconds.toFixed(3)} s long`, ...expectedPeak === null ? [] : ['sound is heard']],
    },
  }
}

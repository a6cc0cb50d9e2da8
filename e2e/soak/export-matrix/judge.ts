import type { ExportedFile } from '../../../electron/contract/exports.ts'
import { factsOf } from '../../../electron/core/export/test-library.ts'
import type { MediaFacts } from '../../../electron/core/facts.ts'
import type { NumberedReading } from '../../fixtures/numbered-video-reader.ts'
import { readNumberedVideo } from '../../fixtures/numbered-video-reader.ts'
import type { Beep } from '../../fixtures/numbered-video-sound.ts'
import type { Asked } from './asked.ts'
import type { Source, SourcePicture } from './source.ts'

/** Matroska counts in milliseconds, and so may the clip. */
const TIME_TOLERANCE_SECONDS = 0.0016
/** A block of sound, and a picture. */
const LENGTH_TOLERANCE_SECONDS = 0.06
const BEEP_SECONDS = 0.06
/** Copied sound begins with the block that is nearest: a beep right at the beginning may lack this much, and is not one to measure by. PCM has the longest, of 2048 samples. */
const HALF_BLOCK_SECONDS = 0.024

interface Clip { source: Source, asked: Asked, file: ExportedFile, reading: NumberedReading, media: MediaFacts }

function ranges(numbers: readonly (number | null)[]): string {
  const [first] = numbers
  const isRun = first !== undefined && first !== null && numbers.every((number, at) => number === first + at)
  if (isRun) return numbers.length === 1 ? String(first) : `${first} to ${first + numbers.length - 1}`
  return numbers.map((number) => number ?? '?').join(' ')
}

function wrongPictures({ asked, reading }: Clip): string[] {
  const [wanted, got] = [asked.pictures.map(({ number }) => number), reading.pictures.map(({ number }) => number)]
  return ranges(wanted) === ranges(got) ? [] : [`pictures ${ranges(got)} instead of ${ranges(wanted)}`]
}

/** A player shows what lies at the beginning of the file first; a transport stream begins anywhere. */
function zeroOf({ file, reading }: Clip): number {
  return file.path.endsWith('.ts') ? reading.pictures[0]?.ptsSeconds ?? 0 : 0
}

function wrongTimes(clip: Clip): string[] {
  const { asked, reading, file } = clip
  const zero = zeroOf(clip)
  const late = asked.pictures.map(({ atSeconds }, at) => (reading.pictures[at]?.ptsSeconds ?? Infinity) - zero - Math.max(0, atSeconds - asked.start))
  const worst = late.reduce((most, one) => Math.abs(one) > Math.abs(most) ? one : most, 0)
  const told = Math.max(Math.abs(file.start - asked.start), Math.abs(file.end - asked.end))
  return [
    ...(Math.abs(worst) > TIME_TOLERANCE_SECONDS ? [`a picture is ${(worst * 1000).toFixed(1)} ms late`] : []),
    ...(told > TIME_TOLERANCE_SECONDS ? [`it says ${file.start} to ${file.end} s and is ${asked.start} to ${asked.end} s`] : []),
  ]
}

function wrongLength({ asked, media, source }: Clip): string[] {
  const [wanted, got] = [asked.end - asked.start, media.durationSeconds ?? 0]
  return Math.abs(got - wanted) <= LENGTH_TOLERANCE_SECONDS + frameSeconds(source) ? [] : [`it is ${got} s long instead of ${wanted.toFixed(3)} s`]
}

function frameSeconds({ combination: { spec } }: Source): number {
  return spec.rate === 'vfr' ? 1 / 30 : 1 / Number(spec.rate)
}

/** Which flash of the source a picture is. */
function flashOf({ pictures }: Source, { number }: SourcePicture): number {
  return pictures.filter((picture) => picture.isFlash && picture.number < number).length
}

interface Beeping { flash: number, sourceOffset: number, clipOffset: number | null }

/** The beep of the source that is wholly in the span. */
function beepOf({ source, asked }: Pick<Clip, 'source' | 'asked'>, flash: number): Beep | undefined {
  return source.beeps.find((beep) => beep.flash === flash && beep.atSeconds >= asked.start && beep.atSeconds + BEEP_SECONDS <= asked.end)
}

/** True when the sound begins just behind the time at which a beep is due. */
function isCutOff({ sound }: NumberedReading, dueSeconds: number): boolean {
  const missing = (sound?.fromSeconds ?? 0) - dueSeconds
  return missing > 0 && missing <= HALF_BLOCK_SECONDS
}

/** Of every flash in the clip whose beep is wholly in the span: how far the beep is from it, here and there. */
function beepsAtFlashes({ source, asked, reading }: Pick<Clip, 'source' | 'asked' | 'reading'>): Beeping[] {
  const hidden = source.pictures[0]?.number ?? 0
  const shift = hidden === 0 ? 0 : firstFlash(source)
  return asked.pictures.flatMap((picture, at) => {
    if (!picture.isFlash || picture.atSeconds < asked.start) return []
    const flash = flashOf(source, picture) + shift
    const heard = beepOf({ source, asked }, flash)
    if (heard === undefined) return []
    const shown = reading.pictures[at]?.ptsSeconds ?? 0
    const sourceOffset = heard.atSeconds - picture.atSeconds
    if (isCutOff(reading, shown + sourceOffset)) return []
    const beep = reading.beeps.find((one) => one.flash === flash)
    return [{ flash, sourceOffset, clipOffset: beep === undefined ? null : beep.atSeconds - shown }]
  })
}

/** An edit list hides the first flashes; the others keep their beeps. */
function firstFlash({ pictures, beeps }: Source): number {
  const flash = pictures.find(({ isFlash }) => isFlash)
  const near = beeps.find(({ atSeconds }) => Math.abs(atSeconds - (flash?.atSeconds ?? 0)) < 0.1)
  return near?.flash ?? 0
}

function wrongSound(clip: Clip): string[] {
  const { source, asked, reading } = clip
  if (!source.hasSound) return reading.sound === null ? [] : ['it has a sound that the source has not']
  if (reading.sound === null) return ['its sound is missing']
  const atFlashes = beepsAtFlashes(clip)
  const missing = atFlashes.filter(({ clipOffset }) => clipOffset === null)
  const off = atFlashes.filter(({ clipOffset, sourceOffset }) => clipOffset !== null && Math.abs(clipOffset - sourceOffset) > frameSeconds(source))
  const strange = reading.beeps.filter(({ flash }) => {
    const heard = source.beeps.find((beep) => beep.flash === flash)
    return flash !== null && (heard === undefined || heard.atSeconds < asked.start - BEEP_SECONDS || heard.atSeconds > asked.end + BEEP_SECONDS)
  })
  return [
    ...missing.map(({ flash }) => `beep ${flash} is missing`),
    ...off.map(({ flash, clipOffset, sourceOffset }) => `beep ${flash} is ${(((clipOffset ?? 0) - sourceOffset) * 1000).toFixed(0)} ms off`),
    ...strange.map(({ flash }) => `beep ${String(flash)} is from elsewhere`),
  ]
}

/** Width by height as it is shown. */
function shownAspect({ picture }: MediaFacts): number {
  const aspect = picture.width / picture.height * picture.sampleAspect.num / picture.sampleAspect.den
  return picture.rotationDegrees % 180 === 0 ? aspect : 1 / aspect
}

function wrongShape({ source, media }: Clip): string[] {
  const [wanted, got] = [shownAspect(source.facts.media), shownAspect(media)]
  return Math.abs(got / wanted - 1) <= 0.02 ? [] : [`it is shown ${got.toFixed(3)} wide by 1 instead of ${wanted.toFixed(3)}`]
}

function complaintsOf({ source, reading }: Clip): string[] {
  return source.complaints.length > 0 || reading.complaints.length === 0 ? [] : [`decoders complain: ${reading.complaints[0] ?? ''}`]
}

export interface Judgement {
  wrong: string[]
  /** Flashes whose beep was looked for. */
  beeps: number
  /** The worst difference of sound to picture from the source, in seconds. */
  soundOff: number
}

/** Reads a clip from beginning to end and says what is wrong with it. */
export async function judge({ source, asked, file }: Pick<Clip, 'source' | 'asked' | 'file'>): Promise<Judgement> {
  const { media } = await factsOf(file.path)
  const reading = await readNumberedVideo(file.path, media.chosenSound === null ? null : String(media.chosenSound))
  const clip: Clip = { source, asked, file, reading, media }
  const offsets = beepsAtFlashes(clip).map(({ clipOffset, sourceOffset }) => Math.abs((clipOffset ?? sourceOffset) - sourceOffset))
  return {
    wrong: [...wrongPictures(clip), ...wrongTimes(clip), ...wrongLength(clip), ...wrongSound(clip), ...wrongShape(clip), ...complaintsOf(clip)],
    beeps: offsets.length,
    soundOff: Math.max(0, ...offsets),
  }
}

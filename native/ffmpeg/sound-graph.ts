import type { SoundStream } from '../../electron/core/facts.ts'
import type { CutJob } from '../../electron/core/ports.ts'
import type { SoundGain } from '../../electron/core/sound-ports.ts'
import { clipSeconds, fadeSeconds } from './clip-clock.ts'
import { REEL_SOUND, samplesOf } from './picture-changes/conform.ts'

/** What a cut of the sound has to know. */
export type SoundJob = Pick<CutJob, 'video' | 'startPts' | 'endPts' | 'conform' | 'fades' | 'gain'>

/** The sound that goes into the clip; null where there is none that can be decoded. */
export function soundToKeep(job: Pick<CutJob, 'video'>): SoundStream | null {
  const { sounds, chosenSound } = job.video.media
  return sounds.find((sound) => sound.index === chosenSound && sound.isDecodable) ?? null
}

export interface SoundTarget { rateHz: number, layout: string, bitRate: string }

/** AAC as everything plays it: 44.1 or 48 kHz; mono, stereo or 5.1. */
export function soundTarget({ conform }: Pick<CutJob, 'conform'>, sound: SoundStream): SoundTarget {
  if (conform !== null) return { rateHz: REEL_SOUND.rateHz, layout: 'stereo', bitRate: '192k' }
  const rateHz = sound.sampleRateHz === 44_100 ? 44_100 : 48_000
  switch (sound.channels) {
    case 1: return { rateHz, layout: 'mono', bitRate: '128k' }
    case 6: return { rateHz, layout: '5.1', bitRate: '384k' }
    default: return { rateHz, layout: 'stereo', bitRate: '192k' }
  }
}

/** Peaks between samples are seen at four times the rate (ITU-R BS.1770-4, annex 2). */
const TRUE_PEAK_OVERSAMPLING = 4

/** One gain for all of it; only where peaks would get too loud they are held, for some milliseconds. */
function gainFilters(gain: SoundGain | null, rateHz: number): string[] {
  if (gain === null) return []
  const louder = `volume=${gain.decibels.toFixed(3)}dB:precision=float`
  if (gain.peakDecibels === null) return [louder]
  const limit = 10 ** (gain.peakDecibels / 20)
  return [louder, `aresample=${rateHz * TRUE_PEAK_OVERSAMPLING}`, `alimiter=limit=${limit.toFixed(6)}:attack=5:release=50:level=0:latency=1`, `aresample=${rateHz}`]
}

function fadeFilters(job: SoundJob): string[] {
  const fades = fadeSeconds(job)
  return [
    ...fades.in > 0 ? [`afade=t=in:st=0:d=${fades.in.toFixed(6)}`] : [],
    ...fades.out > 0 ? [`afade=t=out:st=${(clipSeconds(job) - fades.out).toFixed(6)}:d=${fades.out.toFixed(6)}`] : [],
  ]
}

/**
 * Sound of exactly the clip's length: what starts late, ends early or has holes is filled with silence, so that it can
 * not slide against the picture. `async=1` only fills and trims, it never stretches.
 */
export function soundFilters(job: SoundJob, sound: SoundStream): string[] {
  const { timeBase } = job.video.media.picture
  const { rateHz, layout } = soundTarget(job, sound)
  const seconds = (pts: number): number => pts * timeBase.num / timeBase.den
  const start = Math.round(seconds(job.startPts) * rateHz)
  const end = job.conform === null ? Math.round(seconds(job.endPts) * rateHz) : start + samplesOf(job.conform)
  const gain = gainFilters(job.gain, rateHz)
  return [
    `atrim=start=${(seconds(job.startPts) - 0.25).toFixed(6)}`,
    // In two steps: `first_pts` is documented to count in samples of the output, and counts in those of the input.
    `aresample=${rateHz}`,
    `aresample=${rateHz}:async=1:min_hard_comp=0.02:first_pts=${start}`,
    `aformat=sample_fmts=fltp:channel_layouts=${layout}`,
    `atrim=start_pts=${start}:end_pts=${end}`,
    `apad=whole_len=${end - start}`,
    'asetpts=N',
    // What changes the rate for a while may end some samples earlier or later.
    ...gain.length === 0 ? [] : [...gain, `aformat=sample_fmts=fltp:channel_layouts=${layout}`, 'asetpts=N', `apad=whole_len=${end - start}`, `atrim=end_sample=${end - start}`],
    ...fadeFilters(job),
  ]
}

/** A few samples, so that there is something to write where the source has none. */
const LEAST_SAMPLES = 8

/** The sound as it comes out of the decoder, where the clip has it as loud as that: how loud is it? */
function heardFilters(job: SoundJob): string[] {
  const { timeBase } = job.video.media.picture
  const start = job.startPts * timeBase.num / timeBase.den
  const fades = fadeSeconds(job)
  const seconds = Math.max(0, clipSeconds(job) - fades.in - fades.out)
  return [
    `atrim=start=${(start + fades.in).toFixed(6)}:end=${(start + fades.in + seconds).toFixed(6)}`,
    'aresample=8000', 'aformat=sample_fmts=s16:channel_layouts=mono', `apad=whole_len=${LEAST_SAMPLES}`,
  ]
}

/** `[sound]` for the encoder and `[heard]` for the check. */
export function soundGraph(job: SoundJob, sound: SoundStream): string {
  return `[0:${sound.index}]asplit[raw][plain];[raw]${soundFilters(job, sound).join(',')}[sound];[plain]${heardFilters(job).join(',')}[heard]`
}

import type { LoudnessJob } from '../../ports.ts'
import type { SoundGain } from '../../sound-ports.ts'
import type { ExportFfmpeg } from '../clip-making.ts'

/** EBU R128 allows -1 dBTP; the rest is for what AAC adds: a reel held at -1.5 reached +0.4 (measured here, 2026-11-21, at -16 LUFS). */
const PEAK_DECIBELS = -3
/** So close is as loud as asked. */
const TOLERANCE_LU = 0.3
/** R128 calls 1 LU off still on target. */
const MISSED_LU = 1
/** Holding peaks takes loudness away: so often it is given back. */
const MOST_TRIES = 3
/** More than this makes noise of silence. */
const MOST_DECIBELS = 40

export interface ChosenGain { gain: SoundGain | null, note: string | null }

/** One gain that brings the sound to `target` LUFS, with peaks held below -1 dBTP. Listens to the sound one to some times. */
export async function gainTo(target: number, { ffmpeg, job }: { ffmpeg: Pick<ExportFfmpeg, 'loudness'>, job: Omit<LoudnessJob, 'gain'> }, signal: AbortSignal): Promise<ChosenGain> {
  const { integrated, truePeakDecibels } = await ffmpeg.loudness({ ...job, gain: null }, signal)
  if (integrated === null) return { gain: null, note: 'There is too little sound to bring it to a loudness: it was left as it is.' }
  let decibels = Math.min(MOST_DECIBELS, target - integrated)
  if (truePeakDecibels + decibels <= PEAK_DECIBELS) {
    const isQuiet = Math.abs(integrated + decibels - target) > MISSED_LU
    return { gain: { decibels, peakDecibels: null }, note: isQuiet ? `The sound is ${(integrated + decibels).toFixed(1)} LUFS loud: more would be noise.` : null }
  }
  let reached = integrated + decibels
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    reached = (await ffmpeg.loudness({ ...job, gain: { decibels, peakDecibels: PEAK_DECIBELS } }, signal)).integrated ?? target
    if (Math.abs(target - reached) <= TOLERANCE_LU) break
    decibels = Math.min(MOST_DECIBELS, decibels + target - reached)
  }
  const isMissed = Math.abs(target - reached) > MISSED_LU
  return { gain: { decibels, peakDecibels: PEAK_DECIBELS }, note: isMissed ? `The sound became ${reached.toFixed(1)} LUFS loud: its peaks allow no more.` : null }
}

import type { VideoFacts } from './facts.ts'

export interface SoundRequest {
  video: Pick<VideoFacts, 'path' | 'media'>
  fromSeconds: number
  toSeconds: number | null
}

/** Samples from -1 to 1. `startSeconds` of the first one is exact to a sample, also after a seek; gaps are silence, and so is what comes before the sound begins. */
export interface SoundPiece { startSeconds: number, samples: Float32Array }

export interface SoundGain { decibels: number, /** No peak gets louder than this, in dB below full scale; null where none could. */ peakDecibels: number | null }

/** By EBU R128 (ITU-R BS.1770). */
export interface Loudness {
  /** LUFS over all of it; null where there is nothing to hear. */
  integrated: number | null
  /** dB below full scale. */
  truePeakDecibels: number
}

/** Whoever wants the sound of the scan: 16 kHz mono; `startSeconds` from the first picture. */
export interface SoundListener { hear(startSeconds: number, samples: Int16Array): void }

const RATE_HZ = 16_000
/** Windows a second. */
export const LOUDNESS_RATE = 10
/** Steps of what is told, in dB: a decoder that starts elsewhere gives samples that differ in the last bits. */
const STEP_DB = 3
const SILENCE_DB = -60

/** How loud the sound is, per tenth of a second, for the last stretch of the video. */
export interface Loudness extends SoundListener {
  /** RMS of the window that begins at `index` / 10 s, in dB below full scale, -60 to 0 in steps of 3; null where no sound was heard. */
  levelAt(index: number): number | null
  dropBefore(index: number): void
  /** Where the sound ends so far, seconds; null when there was none. */
  readonly endSeconds: number | null
}

interface Window { squares: number, count: number }

function toLevel({ squares, count }: Window): number {
  const rms = Math.sqrt(squares / count) / 32_768
  const decibel = rms === 0 ? SILENCE_DB : Math.max(SILENCE_DB, 20 * Math.log10(rms))
  return Math.round(decibel / STEP_DB) * STEP_DB
}

/** A meter that has heard nothing yet. */
export function createLoudness(): Loudness {
  const windows = new Map<number, Window>()
  let endSeconds: number | null = null
  return {
    hear(startSeconds, samples) {
      const first = Math.round(startSeconds * RATE_HZ)
      const perWindow = RATE_HZ / LOUDNESS_RATE
      for (let at = 0; at < samples.length;) {
        const index = Math.floor((first + at) / perWindow)
        const end = Math.min(samples.length, (index + 1) * perWindow - first)
        const window = windows.get(index) ?? { squares: 0, count: 0 }
        window.count += end - at
        for (; at < end; at++) window.squares += (samples[at] ?? 0) ** 2
        windows.set(index, window)
      }
      endSeconds = Math.max(endSeconds ?? Number.NEGATIVE_INFINITY, (first + samples.length) / RATE_HZ)
    },
    levelAt(index) {
      const window = windows.get(index)
      return window === undefined ? null : toLevel(window)
    },
    dropBefore(index) {
      // keys are in the order of time
      for (const key of windows.keys()) {
        if (key >= index) return
        windows.delete(key)
      }
    },
    get endSeconds() { return endSeconds },
  }
}

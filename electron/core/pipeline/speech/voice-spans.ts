/** Sound is heard in windows of 512 samples at 16 kHz, which is 32 ms. All times here are numbers of samples. */
export const SAMPLE_RATE = 16_000
export const WINDOW = 512

// As Silero's own get_speech_timestamps has them (snakers4/silero-vad, src/silero_vad/utils_vad.py, version 6): what is likelier than
// the one begins speech, only what is less likely than the other ends it, and short ones count as nothing.
const SPEECH_FROM = 0.5
const SILENCE_BELOW = 0.35
const SHORTEST_SPEECH = 0.25 * SAMPLE_RATE
const SHORTEST_SILENCE = 0.1 * SAMPLE_RATE

/** From the first sample of speech to the first one after it. */
export interface VoiceSpan { start: number, end: number }

/** Finds spans of speech in what a detector says of window after window. Holds no more than the span that has begun. */
export class VoiceSpans {
  /** Where the next window begins. */
  private at = 0
  private start: number | null = null
  private quietFrom: number | null = null

  /** The span that goes on, as far as it is known, once it is long enough to be one; null in a pause. */
  get open(): VoiceSpan | null {
    if (this.start === null) return null
    const end = this.quietFrom ?? this.at
    return end - this.start > SHORTEST_SPEECH ? { start: this.start, end } : null
  }

  /** Where something may be speech, though it may turn out too short; null in a pause. */
  get maybeFrom(): number | null {
    return this.start
  }

  /** Hears one window. Gives the span that has ended, which is known a tenth of a second later. */
  hear(likely: number): VoiceSpan | null {
    const at = this.at
    this.at += WINDOW
    if (likely >= SPEECH_FROM) {
      this.quietFrom = null
      this.start ??= at
      return null
    }
    if (likely >= SILENCE_BELOW || this.start === null) return null
    this.quietFrom ??= at
    return at - this.quietFrom < SHORTEST_SILENCE ? null : this.close()
  }

  /** Ends the span that goes on. */
  close(): VoiceSpan | null {
    const { open } = this
    this.start = null
    this.quietFrom = null
    return open
  }

  /** Goes on as if the speech began at this sample: what was before it is done with. */
  cutAt(sample: number): void {
    this.start = sample
  }
}

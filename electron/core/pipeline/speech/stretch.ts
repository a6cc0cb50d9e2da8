import type { VoiceDetector, VoiceState } from '../../ports.ts'
import type { HeldSound } from './held-sound.ts'
import type { VoicePiece } from './voice-pieces.ts'
import { VoicePieces } from './voice-pieces.ts'
import { SAMPLE_RATE, WINDOW } from './voice-spans.ts'

/** So much is given to the speech model at once, which opens its file once for it; a kill costs that much at most. */
const MOST_PIECES = 5
const MOST_SPEECH = 60 * SAMPLE_RATE
/** Where little is said the position moves at least this often. */
const LONGEST_STRETCH = 180 * SAMPLE_RATE
/** Left for the next stretch, so that its detector has heard silence when speech begins. */
const LEAD = 0.5 * SAMPLE_RATE

/** A stretch of the sound, from one pause to another, and all the speech in it. In samples of the held sound. */
export interface Stretch { pieces: VoicePiece[], end: number, isLast: boolean }

/** Listens from a sample on. */
class Listening {
  private readonly pieces = new VoicePieces()
  private readonly found: VoicePiece[] = []
  private readonly from: number
  private state: VoiceState | null = null
  private heardTo: number

  constructor(from: number) {
    this.from = from
    this.heardTo = from
  }

  /** Hears what was read since. Gives the stretch once it is long enough. */
  async hear(sound: HeldSound, voice: VoiceDetector, signal: AbortSignal): Promise<Stretch | null> {
    const { likely, state } = await voice.hear(sound.slice(this.heardTo, sound.end), this.state, signal)
    this.state = state
    this.heardTo = sound.end
    for (const one of likely) {
      const piece = this.pieces.hear(one)
      if (piece !== null) this.found.push(piece)
      const end = this.endHere(piece)
      if (end !== null) return this.stretch(end, false)
    }
    return null
  }

  /** The sound is over: what does not fill a window is filled with silence. */
  async end(sound: HeldSound, voice: VoiceDetector, signal: AbortSignal): Promise<Stretch> {
    const length = sound.end - this.from
    if (length % WINDOW > 0) {
      const { likely } = await voice.hear(new Float32Array(WINDOW - length % WINDOW), this.state, signal)
      for (const one of likely) this.found.push(...[this.pieces.hear(one)].filter((piece) => piece !== null))
    }
    this.found.push(...[this.pieces.end(length)].filter((piece) => piece !== null))
    return this.stretch(length, true)
  }

  /** The sample at which the stretch may end here, counted from its beginning; null when it is to go on. */
  private endHere(piece: VoicePiece | null): number | null {
    const isLong = this.pieces.at >= LONGEST_STRETCH
    if (piece === null) return isLong && this.pieces.isQuiet ? Math.max(this.found.at(-1)?.end ?? 0, this.pieces.at - LEAD) : null
    const speech = this.found.reduce((sum, { start, end }) => sum + end - start, 0)
    return isLong || this.found.length >= MOST_PIECES || speech >= MOST_SPEECH ? piece.end : null
  }

  private stretch(end: number, isLast: boolean): Stretch {
    const shifted = (span: { start: number, end: number }): { start: number, end: number } => ({ start: span.start + this.from, end: span.end + this.from })
    return { pieces: this.found.map((piece) => ({ ...shifted(piece), voice: piece.voice.map(shifted) })), end: end + this.from, isLast }
  }
}

/**
 * The next stretch from a sample on. Each begins as if nothing was heard before: so going on from its beginning after a kill finds
 * the very same pieces. What was read beyond its end stays held and is listened to again.
 */
export async function nextStretch(from: number, { sound, voice }: { sound: HeldSound, voice: VoiceDetector }, signal: AbortSignal): Promise<Stretch> {
  sound.dropBefore(from)
  const listening = new Listening(from)
  for (;;) {
    signal.throwIfAborted()
    const stretch = sound.end > from ? await listening.hear(sound, voice, signal) : null
    if (stretch !== null) return stretch
    if (!(await sound.more())) return listening.end(sound, voice, signal)
  }
}

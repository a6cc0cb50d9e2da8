import type { VoiceSpan } from './voice-spans.ts'
import { SAMPLE_RATE, VoiceSpans, WINDOW } from './voice-spans.ts'

/** Whisper hears 30 s at a time, whatever it is given: a piece fills most of that, with room for what it adds itself. */
const LONGEST_PIECE = 28 * SAMPLE_RATE
/** Kept on both sides of speech, since its first and last sounds are the quietest. */
const PAD = 0.2 * SAMPLE_RATE
/** A longer pause ends a piece: words are made up where nobody speaks. Shorter ones stay in, as each piece costs as much as 30 s. */
const LONGEST_PAUSE = 3 * SAMPLE_RATE
/** What one piece may hold of speech and the pauses in it. */
const ROOM = LONGEST_PIECE - 2 * PAD

/** A stretch of sound for the speech model, in samples. Pieces never overlap, and there is no speech between them. */
export interface VoicePiece {
  start: number
  end: number
  /** Where somebody speaks in it. */
  voice: VoiceSpan[]
}

/** Groups what a voice detector says of window after window into pieces. Holds no more than the piece that has begun. */
export class VoicePieces {
  private readonly spans = new VoiceSpans()
  private group: VoiceSpan[] = []
  /** How likely speech is in the windows since the speech that goes on began. */
  private likely: number[] = []
  private heard = 0
  /** What is before this belongs to the piece before. */
  private floor = 0

  /** True where nothing has begun that is not in a piece yet. */
  get isQuiet(): boolean {
    return this.group.length === 0 && this.spans.maybeFrom === null
  }

  /** Up to which sample it has heard. */
  get at(): number {
    return this.heard
  }

  /** Hears one window. Gives the piece that is known to be over, if there is one. */
  hear(likely: number): VoicePiece | null {
    const ended = this.spans.hear(likely)
    this.heard += WINDOW
    if (ended !== null) this.group.push(ended)
    const open = this.spans.maybeFrom
    if (open === null) this.likely = []
    else this.likely.push(likely)
    return open === null ? this.afterPause() : this.whenFull(open)
  }

  /** The sound has ended with this sample. Gives what is left. */
  end(samples: number): VoicePiece | null {
    const last = this.spans.close()
    if (last !== null) this.group.push({ ...last, end: Math.min(last.end, samples) })
    return this.take(this.group.length, samples)
  }

  private afterPause(): VoicePiece | null {
    const last = this.group.at(-1)
    return last !== undefined && this.heard - last.end >= LONGEST_PAUSE ? this.take(this.group.length, this.heard) : null
  }

  private whenFull(open: number): VoicePiece | null {
    const first = this.group[0]
    if (this.heard - (first?.start ?? open) < ROOM) return null
    if (first !== undefined) return this.take(this.bestPause(first.start, open), open)
    const cut = this.leastLikely(open)
    const piece = { start: Math.max(this.floor, open - PAD), end: cut, voice: [{ start: open, end: cut }] }
    this.spans.cutAt(cut)
    this.likely = this.likely.slice((cut - open) / WINDOW)
    this.floor = cut
    return piece
  }

  /** Before which of the spans to end the piece: at the longest pause of its second half, else at the last one. */
  private bestPause(start: number, open: number): number {
    const pauses = this.group.map(({ end }, index) => ({ end, before: index + 1, length: (this.group[index + 1]?.start ?? open) - end }))
    const late = pauses.filter(({ end }) => end - start >= ROOM / 2)
    return (late.length === 0 ? pauses.slice(-1) : late).reduce((best, pause) => pause.length > best.length ? pause : best, { before: this.group.length, length: -1 }).before
  }

  /** Where to cut speech without a pause: before the window that is the least likely to be speech, in the second half but for its last second. */
  private leastLikely(open: number): number {
    let least = Math.floor(this.likely.length / 2)
    for (let index = least; index < this.likely.length - SAMPLE_RATE / WINDOW; index++) {
      if ((this.likely[index] ?? 1) <= (this.likely[least] ?? 1)) least = index
    }
    return open + least * WINDOW
  }

  /** The first `count` spans as a piece; `next` is the first sample that is not to be touched: that of the next speech, or of the unknown. */
  private take(count: number, next: number): VoicePiece | null {
    const voice = this.group.slice(0, count)
    this.group = this.group.slice(count)
    const [first, last] = [voice[0], voice.at(-1)]
    if (first === undefined || last === undefined) return null
    const following = this.group[0]?.start ?? next
    const isSpeech = this.group.length > 0 || this.spans.maybeFrom !== null
    const end = Math.min(last.end + PAD, isSpeech ? Math.floor((last.end + following) / 2) : following)
    const piece = { start: Math.max(this.floor, first.start - PAD), end, voice }
    this.floor = end
    return piece
  }
}

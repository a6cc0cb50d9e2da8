import type { HeardPiece, Transcriber } from '../../ports.ts'
import type { HeardSegment, RefusalReason } from './heard-guards.ts'
import { judge, nextTemperature } from './heard-guards.ts'

/** What a speech model is asked, the same for a whole video. */
export interface Ask {
  transcriber: Transcriber
  /** The language that the person says it is; null: found out. */
  language: string | null
  prompt: string
  translateToEnglish: boolean
  threads: number
}

/** A piece of sound; where somebody speaks in it, in seconds of the piece. */
export interface PieceOfSound { samples: Float32Array, seconds: number, voice: { start: number, end: number }[] }

/** What was said in a piece, without what the guards refused. */
export interface SaidInPiece { language: string | null, segments: HeardSegment[] }

/** How many seconds of speech were heard in each language. */
export type LanguageVotes = Partial<Record<string, number>>
/** How often something was left out for each reason. */
export type LeftOut = Partial<Record<RefusalReason, number>>

/** Of less than this, Whisper's guess of the language is often wrong: then what was spoken before counts. */
const ENOUGH_FOR_LANGUAGE_SECONDS = 3

const secondsOfVoice = ({ voice }: PieceOfSound): number => voice.reduce((sum, { start, end }) => sum + end - start, 0)

/** The language that is spoken most; null as long as too little was heard. */
export function majorityOf(votes: LanguageVotes): string | null {
  const [most] = Object.entries(votes).map(([language, seconds = 0]) => ({ language, seconds })).sort((one, other) => other.seconds - one.seconds)
  return most === undefined || most.seconds < ENOUGH_FOR_LANGUAGE_SECONDS ? null : most.language
}

interface Attempt extends SaidInPiece { refused: RefusalReason[] }

const letters = ({ segments }: SaidInPiece): number => segments.reduce((sum, { text }) => sum + text.length, 0)

/** Of two attempts at a piece the one that nothing is wrong with, else the one of which more is left. */
function better(one: Attempt | undefined, other: Attempt): Attempt {
  if (one === undefined || other.refused.length === 0) return other
  return letters(other) > letters(one) ? other : one
}

/** Hears pieces and looks at what the model says of them. One instance for a stretch. */
export class Hearing {
  /** In all, what came in included. */
  readonly votes: LanguageVotes
  readonly leftOut: LeftOut
  private readonly ask: Ask
  private readonly signal: AbortSignal

  constructor(ask: Ask, known: { votes: LanguageVotes, leftOut: LeftOut }, signal: AbortSignal) {
    this.ask = ask
    this.votes = { ...known.votes }
    this.leftOut = { ...known.leftOut }
    this.signal = signal
  }

  /** What is said in each of the pieces, in their order. */
  async hear(pieces: PieceOfSound[]): Promise<SaidInPiece[]> {
    const said = new Map<PieceOfSound, SaidInPiece>()
    const isShort = (piece: PieceOfSound): boolean => this.ask.language === null && secondsOfVoice(piece) < ENOUGH_FOR_LANGUAGE_SECONDS
    await this.hearIn(pieces.filter((piece) => !isShort(piece)), this.ask.language, said)
    await this.hearIn(pieces.filter(isShort), majorityOf(this.votes), said)
    return pieces.map((piece) => said.get(piece) ?? { language: null, segments: [] })
  }

  private async hearIn(pieces: PieceOfSound[], language: string | null, said: Map<PieceOfSound, SaidInPiece>): Promise<void> {
    const attempts = new Map<PieceOfSound, Attempt>()
    let due = pieces
    for (let temperature: number | null = 0; temperature !== null && due.length > 0; temperature = nextTemperature(temperature)) {
      const again: PieceOfSound[] = []
      for await (const heard of this.transcribe(due, language, temperature)) {
        const piece = due[heard.index]
        if (piece === undefined) throw new Error('the speech model gave a piece that it was not asked for')
        const attempt = attemptAt(piece, heard)
        attempts.set(piece, better(attempts.get(piece), attempt))
        if (attempt.refused.length > 0) again.push(piece)
      }
      due = again
    }
    for (const [piece, attempt] of attempts) {
      said.set(piece, attempt)
      this.count(piece, attempt)
    }
  }

  private async* transcribe(pieces: PieceOfSound[], language: string | null, temperature: number): AsyncGenerator<HeardPiece> {
    const { transcriber, prompt, translateToEnglish, threads } = this.ask
    this.signal.throwIfAborted()
    yield* transcriber.transcribe({ pieces: pieces.map(({ samples }) => samples), language, prompt, translateToEnglish, temperature, threads }, this.signal)
    this.signal.throwIfAborted()
  }

  private count(piece: PieceOfSound, { language, segments, refused }: Attempt): void {
    for (const reason of refused) this.leftOut[reason] = (this.leftOut[reason] ?? 0) + 1
    if (language !== null && segments.length > 0) this.votes[language] = (this.votes[language] ?? 0) + secondsOfVoice(piece)
  }
}

function attemptAt(piece: PieceOfSound, heard: HeardPiece): Attempt {
  const { kept, refusals } = judge(heard, { pieceSeconds: piece.seconds, speech: piece.voice })
  return { language: heard.language, segments: kept, refused: refusals.map(({ reason }) => reason) }
}

const SAID_OF = {
  'repeated': 'repeated', 'on-silence': 'on silence', 'backwards': 'with times that run backwards', 'beyond-the-end': 'after the end', 'known-junk': 'that nobody said', 'too-fast': 'faster than anybody speaks',
} satisfies Record<RefusalReason, string>

/** What was left out, for the person: "left out: 2 repeated, 1 on silence". Null when nothing was. */
export function noteOf(leftOut: LeftOut): string | null {
  const reasons: RefusalReason[] = ['repeated', 'on-silence', 'backwards', 'beyond-the-end', 'known-junk', 'too-fast']
  const parts = reasons.flatMap((reason) => {
    const count = leftOut[reason] ?? 0
    return count === 0 ? [] : [`${String(count)} ${SAID_OF[reason]}`]
  })
  return parts.length === 0 ? null : `left out: ${parts.join(', ')}`
}

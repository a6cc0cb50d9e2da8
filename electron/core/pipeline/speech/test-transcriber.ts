import type { HeardPiece, TranscribeJob, Transcriber } from '../../ports.ts'
import { SAMPLE_RATE } from './voice-spans.ts'

/** Of half a second each. */
const WORD_SAMPLES = SAMPLE_RATE / 2
const WORDS_OF_SEGMENT = 6

function loudness(samples: Float32Array): number {
  return Math.sqrt(samples.reduce((sum, value) => sum + value * value, 0) / Math.max(1, samples.length))
}

/** A word for each half second in which something is heard, which tells how loud it is; silence is given none. */
function wordsOf(samples: Float32Array): HeardPiece['segments'][number]['words'] {
  const words: HeardPiece['segments'][number]['words'] = []
  for (let at = 0; at < samples.length; at += WORD_SAMPLES) {
    const level = Math.round(Math.log2(loudness(samples.subarray(at, at + WORD_SAMPLES)) + 1e-6))
    if (level < -6) continue
    const start = at / SAMPLE_RATE
    words.push({ text: `${'abcdefg'[-level] ?? 'z'}${String(at / WORD_SAMPLES)}`, start, end: Math.min(start + 0.5, samples.length / SAMPLE_RATE), confidence: 0.9 })
  }
  return words
}

export function heardPiece(index: number, samples: Float32Array, language: string | null): HeardPiece {
  const words = wordsOf(samples)
  const groups = Array.from({ length: Math.ceil(words.length / WORDS_OF_SEGMENT) }, (_, at) => words.slice(at * WORDS_OF_SEGMENT, (at + 1) * WORDS_OF_SEGMENT))
  const segments = groups.map((group) => ({ text: ` ${group.map(({ text }) => text).join(' ')}.`, start: group[0]?.start ?? 0, end: group.at(-1)?.end ?? 0, words: group }))
  return { index, language, segments }
}

export interface TestTranscriber extends Transcriber {
  /** What it was asked, without the samples: the seconds of each piece. */
  asked: (Omit<TranscribeJob, 'pieces'> & { seconds: number[] })[]
}

/**
 * Stands in for Whisper, of which there is no model that is free to lie beside the product: what it says follows from the samples alone, so that
 * the same sound gives the same words. `say` says something else of a piece.
 */
export function testTranscriber(say: (piece: HeardPiece, job: TranscribeJob) => HeardPiece = (piece) => piece): TestTranscriber {
  const asked: TestTranscriber['asked'] = []
  async function* transcribe(job: TranscribeJob, signal: AbortSignal): AsyncGenerator<HeardPiece> {
    const { pieces, ...rest } = job
    asked.push({ ...rest, seconds: pieces.map(({ length }) => length / SAMPLE_RATE) })
    for (const [index, samples] of pieces.entries()) {
      // Something to wait for, as with a real one.
      await new Promise((resolve) => { setImmediate(resolve) })
      signal.throwIfAborted()
      yield say(heardPiece(index, samples, job.language ?? 'en'), job)
    }
  }
  return { id: 'test-whisper', asked, transcribe }
}

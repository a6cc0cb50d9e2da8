import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { VoicePiece } from './voice-pieces.ts'
import { VoicePieces } from './voice-pieces.ts'
import type { VoiceSpan } from './voice-spans.ts'
import { SAMPLE_RATE, VoiceSpans, WINDOW } from './voice-spans.ts'

/** What a detector says: so many windows each so likely. */
function windows(...runs: [count: number, likely: number][]): number[] {
  return runs.flatMap(([count, likely]) => Array.from({ length: count }, () => likely))
}

const inWindows = ({ start, end }: VoiceSpan): [number, number] => [start / WINDOW, end / WINDOW]

function spansOf(likely: number[]): [number, number][] {
  const spans = new VoiceSpans()
  return [...likely.map((one) => spans.hear(one)), spans.close()].flatMap((span) => span === null ? [] : [inWindows(span)])
}

function piecesOf(likely: number[]): VoicePiece[] {
  const pieces = new VoicePieces()
  return [...likely.map((one) => pieces.hear(one)), pieces.end(likely.length * WINDOW)].flatMap((piece) => piece ?? [])
}

const seconds = (samples: number): number => Math.round(samples / SAMPLE_RATE * 100) / 100
const lengths = (pieces: VoicePiece[]): number[] => pieces.map(({ start, end }) => seconds(end - start))
const SECOND = SAMPLE_RATE / WINDOW

describe('spans of speech', () => {
  it('begin with what is likelier than a half and end with what is less likely than 0.35', () => {
    expect(spansOf(windows([10, 0.1], [5, 0.49], [20, 0.6], [5, 0.4], [20, 0.1]))).toEqual([[15, 40]])
  })

  it('go on over a pause shorter than a tenth of a second, which is three windows, and not over a longer one', () => {
    expect(spansOf(windows([10, 0.9], [3, 0], [10, 0.9], [10, 0]))).toEqual([[0, 23]])
    expect(spansOf(windows([10, 0.9], [5, 0], [10, 0.9], [10, 0]))).toEqual([[0, 10], [15, 25]])
  })

  it('of a quarter of a second and shorter are none', () => {
    expect(spansOf(windows([5, 0], [7, 0.9], [20, 0], [8, 0.9], [20, 0]))).toEqual([[32, 40]])
  })

  it('end with the sound', () => {
    expect(spansOf(windows([5, 0], [20, 0.9]))).toEqual([[5, 25]])
    expect(spansOf(windows([5, 0], [20, 0.9], [2, 0]))).toEqual([[5, 25]])
  })
})

describe('pieces for the speech model', () => {
  it('are none where nobody speaks', () => {
    expect(piecesOf(windows([100_000, 0.2]))).toEqual([])
    expect(piecesOf([])).toEqual([])
  })

  it('are speech with a fifth of a second on both sides', () => {
    const [piece] = piecesOf(windows([100, 0], [50, 0.9], [200, 0]))
    expect(piece).toEqual({ start: 100 * WINDOW - 3200, end: 150 * WINDOW + 3200, voice: [{ start: 100 * WINDOW, end: 150 * WINDOW }] })
  })

  it('never begin before the sound nor end after it', () => {
    expect(piecesOf(windows([2, 0], [50, 0.9], [2, 0])).map(({ start, end }) => [start, end])).toEqual([[0, 54 * WINDOW]])
  })

  it('hold short pauses and end at long ones', () => {
    const sentence: [number, number] = [60, 0.9]
    expect(piecesOf(windows(sentence, [60, 0], sentence, [100, 0], sentence, [100, 0])).map(({ voice }) => voice.map(inWindows))).toEqual([[[0, 60], [120, 180]], [[280, 340]]])
  })

  it('are known three seconds after their end', () => {
    const pieces = new VoicePieces()
    const known = windows([60, 0.9], [200, 0]).findIndex((likely) => pieces.hear(likely) !== null)
    expect((known + 1 - 60) / SECOND).toBeCloseTo(3, 1)
    expect(pieces.isQuiet).toBe(true)
  })

  it('are at most 28 s long and end at the longest pause of their second half', () => {
    // sentences of 5 s: pauses of a fifth of a second, and one of a second after 15 s
    const sentence: [number, number] = [5 * SECOND, 0.9]
    const pieces = piecesOf(windows(sentence, [6, 0], sentence, [6, 0], sentence, [31, 0], sentence, [6, 0], sentence, [6, 0], sentence, [6, 0], sentence, [20, 0]))
    expect(pieces.map(({ voice }) => voice.length)).toEqual([3, 4])
  })

  it('of speech without any pause are cut where speech is the least likely', () => {
    const likely = windows([20 * SECOND, 0.99], [3, 0.6], [40 * SECOND, 0.99], [30, 0])
    const pieces = piecesOf(likely)
    expect(pieces[0]?.end).toBe((20 * SECOND + 2) * WINDOW)
    expect(pieces.every((piece, index) => index === 0 || piece.start === pieces[index - 1]?.end)).toBe(true)
    expect(Math.max(...lengths(pieces))).toBeLessThanOrEqual(28)
  })

  it('hold all speech once, in order, and are never longer than 28 s, whatever is said', () => {
    const run = fc.tuple(fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 1200 })), fc.double({ min: 0, max: 1, noNaN: true }))
    fc.assert(fc.property(fc.array(run, { maxLength: 30 }), (runs) => {
      const likely = windows(...runs)
      const pieces = piecesOf(likely)
      const voice = pieces.flatMap((piece) => piece.voice)
      expect(Math.max(0, ...lengths(pieces))).toBeLessThanOrEqual(28)
      for (const [index, { start, end, voice: own }] of pieces.entries()) {
        expect(start).toBeGreaterThanOrEqual(pieces[index - 1]?.end ?? 0)
        expect([start <= own[0]!.start, own.at(-1)!.end <= end, end <= likely.length * WINDOW]).toEqual([true, true, true])
      }
      // Forced cuts aside, these are the spans that there are.
      const joined = voice.reduce<[number, number][]>((all, span) => {
        const last = all.at(-1)
        if (last !== undefined && last[1] === span.start / WINDOW) last[1] = span.end / WINDOW
        else all.push(inWindows(span))
        return all
      }, [])
      expect(joined).toEqual(spansOf(likely))
    }), { numRuns: 200 })
  })
})

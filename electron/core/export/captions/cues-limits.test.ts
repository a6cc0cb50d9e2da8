import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SpokenSegment } from '../clip-lookup.ts'
import type { Cue } from './cues.ts'
import { cuesOfClip, linesOfCue } from './cues.ts'
import { mayNotBegin, mayNotEnd } from './line-ends.ts'
import { widthOf } from './reading-limits.ts'
import { cuesOfReel } from './reel-cues.ts'

const WORDS = [
  'a', 'I', 'the', 'word', 'telescope', 'incomprehensibilities', 'well-known', 'Wait,', '"Really?"', '(no)', 'don’t', 'Dr.', 'end.', 'so;', 'Quoi', '!', '« Oui »', '…and', '$5',
  'https://example.com/a/very/long/address/that/never/ends/and/goes/on', '今日は良い天気ですね。', '「散歩に行きましょう」', '你好，世界！', '오늘은', '날씨가', 'ภาษาไทยไม่มีช่องว่าง', 'مرحبا', 'بالعالم،', 'שלום', '😀', '♪',
]

const word = fc.constantFrom(...WORDS)

/** Segments one after the other or over each other, with the times of their words or without. */
const segments = fc.array(fc.record({
  words: fc.array(word, { minLength: 1, maxLength: 40 }).map((words) => words[0] === '!' ? ['So', ...words] : words),
  gap: fc.double({ min: -1.5, max: 3, noNaN: true }), perWord: fc.double({ min: 0.08, max: 0.9, noNaN: true }), isTimed: fc.boolean(),
}), { maxLength: 8 }).map((parts) => {
  let at = 2
  return parts.map(({ words, gap, perWord, isTimed }): SpokenSegment => {
    const startSeconds = Math.max(0, at + gap)
    at = startSeconds + words.length * perWord
    const text = words.join(' ')
    const timed = words.map((each, index) => ({ text: each, start: startSeconds + index * perWord, end: startSeconds + (index + 0.8) * perWord }))
    return { startSeconds, endSeconds: at, text, words: isTimed ? timed : [] }
  })
})

const spans = fc.record({ start: fc.double({ min: 0, max: 20, noNaN: true }), length: fc.double({ min: 0.04, max: 60, noNaN: true }) })
const lineWidths = fc.integer({ min: 12, max: 42 })
const letters = (text: string): string => text.replaceAll(/\s/g, '')
const textOf = (cues: readonly Cue[]): string => letters(cues.flatMap(linesOfCue).join(''))

describe('captions of whatever is said', () => {
  it('are never over each other, in order, and inside of the clip', () => {
    fc.assert(fc.property(segments, lineWidths, spans, (said, lineWidth, { start, length }) => {
      const cues = cuesOfClip(said, { start, end: start + length }, { lineWidth })
      for (const [index, cue] of cues.entries()) {
        expect(cue.startMs).toBeGreaterThanOrEqual(index === 0 ? 0 : cues[index - 1]!.endMs)
        expect(cue.endMs).toBeGreaterThan(cue.startMs)
        expect(cue.endMs).toBeLessThanOrEqual(Math.round(length * 1000))
        expect([cue.startMs, cue.endMs].every(Number.isInteger)).toBe(true)
      }
    }), { numRuns: 100 })
  })

  it('have at most two lines, none wider than it may be, none that begins with a mark that closes or ends with one that opens', () => {
    fc.assert(fc.property(segments, lineWidths, (said, lineWidth) => {
      for (const cue of cuesOfClip(said, { start: 0, end: 600 }, { lineWidth })) {
        const lines = linesOfCue(cue)
        expect(lines.length).toBeLessThanOrEqual(2)
        for (const line of lines) {
          expect(line).toBe(line.trim())
          expect(widthOf(line)).toBeLessThanOrEqual(lineWidth)
          expect(mayNotEnd(line)).toBe(false)
          expect(mayNotBegin(line) && !line.startsWith('…')).toBe(false)
        }
      }
    }), { numRuns: 100 })
  })

  it('lose no word: of segments that are said one after the other all words are there in order', () => {
    fc.assert(fc.property(segments, lineWidths, (said, lineWidth) => {
      let end = 0
      const inOrder = said.filter(({ startSeconds, endSeconds }) => {
        const isBehind = startSeconds >= end
        if (isBehind) end = endSeconds
        return isBehind
      })
      const cues = cuesOfClip(inOrder, { start: 0, end: 600 }, { lineWidth })
      expect(textOf(cues)).toBe(letters(inOrder.map(({ text }) => text).join('')))
    }), { numRuns: 100 })
  })

  it('lose no word where several speak at once', () => {
    fc.assert(fc.property(segments, lineWidths, (said, lineWidth) => {
      const cues = cuesOfClip(said, { start: 0, end: 600 }, { lineWidth })
      const sorted = (text: string): string => Array.from(text).sort().join('')
      expect(sorted(textOf(cues))).toBe(sorted(letters(said.map(({ text }) => text).join(''))))
    }), { numRuns: 60 })
  })

  it('are at their places in a reel, none over another where clips go over into each other', () => {
    fc.assert(fc.property(fc.array(fc.tuple(segments, fc.double({ min: 0, max: 2, noNaN: true })), { minLength: 1, maxLength: 4 }), (clips) => {
      let at = 0
      const parts = clips.map(([said, crossfade]) => {
        const duration = 40
        const part = { at, duration, cues: cuesOfClip(said, { start: 0, end: duration }, { lineWidth: 42 }) }
        at += duration - crossfade
        return part
      })
      const cues = cuesOfReel(parts)
      expect(textOf(cues)).toBe(letters(parts.map(({ cues: own }) => own.flatMap(linesOfCue).join('')).join('')))
      for (const [index, cue] of cues.entries()) {
        expect(cue.startMs).toBeGreaterThanOrEqual(index === 0 ? 0 : cues[index - 1]!.endMs)
        expect(cue.endMs).toBeGreaterThan(cue.startMs)
      }
    }), { numRuns: 40 })
  })
})

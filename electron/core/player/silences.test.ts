import { describe, expect, it } from 'vitest'
import { mergedSilences, silencesBetweenWords, silencesHeard } from './silences.ts'

const picture = { timeBase: { num: 1, den: 10_000 }, startPts: 500 }
const stored = (...spans: [number, number][]) => spans.map(([start, end]) => ({ startPts: 500 + start * 10_000, endPts: 500 + end * 10_000 }))

describe('the silences of a video', () => {
  it('are whole where scenes end in them, end with the video, and last 0.3 s or more', () => {
    const pieces = stored([1, 1.1], [1.1, 1.5], [3, 3.2], [4, 4.3], [9.5, 10.1])
    expect(silencesHeard(pieces, picture, 10)).toEqual([{ start: 1, end: 1.5 }, { start: 4, end: 4.3 }, { start: 9.5, end: 10 }])
  })

  it('are there in a time base of whole pictures too', () => {
    expect(silencesHeard([{ startPts: 4, endPts: 11 }], { timeBase: { num: 1, den: 25 }, startPts: 0 }, 10)).toEqual([{ start: 0.16, end: 0.44 }])
  })

  it('are those heard and those between words in one list, overlapping ones as one', () => {
    const words = [{ text: 'one', start: 0, end: 1 }, { text: 'two', start: 2, end: 3 }]
    const between = silencesBetweenWords([{ source: 's', language: null, startSeconds: 0, endSeconds: 3, text: 'one two', words }], 3)
    expect(mergedSilences([...between, { start: 1.5, end: 2.2 }, { start: 0.2, end: 0.6 }])).toEqual([{ start: 0.2, end: 0.6 }, { start: 1, end: 2.2 }])
  })

  it('are known by the sound alone where no words are', () => {
    expect(silencesBetweenWords([], 10)).toEqual([])
  })
})

import { describe, expect, it } from 'vitest'
import { SceneId } from '../../../contract/ids.ts'
import type { StoredSegment } from '../stage.ts'
import type { Passage } from './passages.ts'
import { passagesOf } from './passages.ts'

/** A word each half second, from `from` on. */
function said(text: string, from = 0, source = 'sidecar:en.srt'): StoredSegment {
  const words = text.split(' ').map((word, at) => ({ text: word, start: from + at / 2, end: from + at / 2 + 0.4 }))
  return { source, language: 'en', startSeconds: from, endSeconds: words.at(-1)?.end ?? from, text, words }
}

/** A sentence of so many words, each with its number. */
const sentence = (name: string, length: number): string => `${Array.from({ length }, (_, at) => `${name}${at + 1}`).join(' ')}.`

/** What is found in scenes that are given by their times. */
function passages(segments: StoredSegment[], ...spans: [from: number, to: number][]): Passage[][] {
  const found = passagesOf(spans.map(([from, to], at) => ({ id: SceneId.parse(at + 1), from, to })), segments)
  return spans.map((_, at) => found.get(SceneId.parse(at + 1)) ?? [])
}

const names = (of: Passage[]): string[] => of.map(({ text }) => [...new Set(text.match(/[a-z]+(?=\d)/g))].join(' '))

describe('passages of what is said', () => {
  it('are one for a scene in which little is said, with the time of its first word', () => {
    expect(passages([said('We are here. It is late.', 3)], [0, 10], [10, 20])).toEqual([[{ atSeconds: 3, text: 'We are here. It is late.' }], []])
  })

  it('overlap by about half, end with a sentence and hold every sentence', () => {
    const text = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((name) => sentence(name, 12)).join(' ')
    const [found = []] = passages([said(text)], [0, 1000])
    expect(names(found)).toEqual(['a b c d', 'c d e f', 'e f g h'])
    expect(found.map(({ atSeconds }) => atSeconds)).toEqual([0, 12, 24])
  })

  it('have at most sixty words, also where nobody ever ends a sentence', () => {
    const [found = []] = passages([said(sentence('w', 500).replace('.', ''))], [0, 1000])
    const lengths = found.map(({ text }) => text.split(' ').length)
    expect(Math.max(...lengths)).toBeLessThanOrEqual(60)
    expect(Math.min(...lengths.slice(0, -1))).toBeGreaterThanOrEqual(30)
    const all = new Set(found.flatMap(({ text }) => text.split(' ')))
    expect(all.size).toBe(500)
  })

  it('of two scenes share the sentence that runs over the cut; each has the time of its own first word', () => {
    const [before, after] = passages([said('One is here. Two runs over the cut. Three is there.')], [0, 3.2], [3.2, 10])
    expect(before).toEqual([{ atSeconds: 0, text: 'One is here. Two runs over the cut.' }])
    expect(after).toEqual([{ atSeconds: 3, text: 'Two runs over the cut. Three is there.' }])
  })

  it('go on over captions that break a sentence, and end where somebody pauses', () => {
    const [found] = passages([said('the Webb space', 0), said('telescope in one of the largest cleanrooms', 1.5), said('another thing', 20)], [0, 10])
    expect(found).toEqual([{ atSeconds: 0, text: 'the Webb space telescope in one of the largest cleanrooms' }])
  })

  it('are not ended by the full stop of an abbreviation', () => {
    const [first] = passages([said('Dr. Who met J. Smith. Then he left.')], [0, 1.9])
    expect(first).toEqual([{ atSeconds: 0, text: 'Dr. Who met J. Smith.' }])
  })

  it('are of one language each', () => {
    const [found] = passages([said('We are here.'), said('Wir sind hier.', 0.1, 'sidecar:de.srt')], [0, 10])
    expect(found).toEqual([{ atSeconds: 0, text: 'We are here.' }, { atSeconds: 0.1, text: 'Wir sind hier.' }])
  })

  it('count letters where words are not set apart', () => {
    const line = (from: number): StoredSegment => ({ source: 's', language: 'ja', startSeconds: from, endSeconds: from + 4, text: '東京タワーはとても高いです。', words: [] })
    const [found = []] = passages(Array.from({ length: 20 }, (_, at) => line(at * 5)), [0, 200])
    expect(found.length).toBeGreaterThan(3)
    expect(Math.max(...found.map(({ text }) => text.replaceAll(' ', '').length))).toBeLessThanOrEqual(120)
  })

  it('have the full stops of the text, which the words do not have', () => {
    const text = 'Here it is: “Mr. Fox”! Then he left.'
    const words = ['Here', 'it', 'is', 'Mr', 'Fox', 'Then', 'he', 'left'].map((word, at) => ({ text: word, start: at, end: at + 0.9 }))
    const [first, second] = passages([{ source: 's', language: 'en', startSeconds: 0, endSeconds: 8, text, words }], [0, 5], [5, 10])
    expect([first, second]).toEqual([[{ atSeconds: 0, text: 'Here it is: “Mr. Fox”!' }], [{ atSeconds: 5, text: 'Then he left.' }]])
  })

  it('have no spaces where the language writes none', () => {
    const words = ['東京', 'タワー', 'は', '高い', 'です', '次', 'に'].map((word, at) => ({ text: word, start: at, end: at + 0.9 }))
    const [first, second] = passages([{ source: 's', language: 'ja', startSeconds: 0, endSeconds: 8, text: '東京タワーは高いです。次に', words }], [0, 5], [5, 10])
    expect([first, second]).toEqual([[{ atSeconds: 0, text: '東京タワーは高いです。' }], [{ atSeconds: 5, text: '次に' }]])
  })

  it('are many of a long text without spaces whose words have no times', () => {
    const [found = []] = passages([{ source: 's', language: 'zh', startSeconds: 0, endSeconds: 7200, text: '今天天气很好我们去公园'.repeat(500), words: [] }], [0, 7200])
    expect(Math.max(...found.map(({ text }) => text.length))).toBeLessThanOrEqual(120)
    expect(found.at(-1)?.atSeconds).toBeGreaterThan(7000)
  })

  it('have times also where only the whole caption has', () => {
    const [first, second] = passages([{ source: 's', language: null, startSeconds: 10, endSeconds: 20, text: 'Abcd efg. Hijk lmn.', words: [] }], [0, 15], [15, 30])
    expect([first, second]).toEqual([[{ atSeconds: 10, text: 'Abcd efg.' }], [{ atSeconds: 15, text: 'Hijk lmn.' }]])
  })
})

import { describe, expect, it } from 'vitest'
import type { HeardLine } from './readable-lines.ts'
import { readableLines } from './readable-lines.ts'

/** Words of a third of a second, one after the other, with a pause where a "|" stands. */
function line(text: string, pauseSeconds = 0.5): HeardLine {
  const words: HeardLine['words'] = []
  let at = 0
  for (const part of text.split('|')) {
    for (const { segment, isWordLike } of new Intl.Segmenter('und', { granularity: 'word' }).segment(part)) {
      if (isWordLike !== true) continue
      words.push({ text: segment, start: at, end: at + 0.3, confidence: 1 })
      at += 0.3
    }
    at += pauseSeconds
  }
  return { text: text.replaceAll('|', ''), start: 0, end: at - pauseSeconds, words }
}

const textsOf = (lines: HeardLine[]): string[] => lines.map(({ text }) => text)

describe('a line that is heard', () => {
  it('stays whole where a viewer can read it at once', () => {
    const short = line('And so, my fellow Americans: | ask not what your country can do for you.')
    expect(readableLines(short)).toEqual([short])
  })

  it('is parted at the end of a sentence where it is too long', () => {
    const [first, second, ...rest] = readableLines(line('We choose to go to the moon in this decade and do the other things. Not because they are easy, but because they are hard.'))
    expect([first!.text, second!.text, rest]).toEqual(['We choose to go to the moon in this decade and do the other things.', 'Not because they are easy, but because they are hard.', []])
    expect([first!.words.length, second!.words.length]).toEqual([15, 10])
    expect([first!.end, second!.start]).toEqual([first!.words[14]!.end, second!.words[0]!.start])
  })

  it('is parted at pauses where it has no punctuation', () => {
    expect(textsOf(readableLines(line('we choose to go to the moon in this decade and do the other things| not because they are easy but because they are hard'))))
      .toEqual(['we choose to go to the moon in this decade and do the other things', 'not because they are easy but because they are hard'])
  })

  it('is parted as often as it takes', () => {
    const parts = readableLines(line(Array.from({ length: 12 }, (_, index) => `This is sentence number ${String(index)}.`).join(' ')))
    expect(Math.max(...textsOf(parts).map(({ length }) => length))).toBeLessThanOrEqual(84)
    expect(textsOf(parts).join(' ')).toContain('number 3. This is sentence number 4.')
    expect(parts.flatMap(({ words }) => words)).toHaveLength(60)
  })

  it('is parted also where it is short but takes longer than twelve seconds', () => {
    expect(textsOf(readableLines(line('One small step| for man', 12)))).toEqual(['One small step', 'for man'])
  })

  it('keeps the marks of languages without spaces with their sentence', () => {
    expect(textsOf(readableLines(line('我们选择在这个十年登上月球。| 不是因为它容易。', 13)))).toEqual(['我们选择在这个十年登上月球。', '不是因为它容易。'])
    expect(textsOf(readableLines(line('私たちは月に行くことを選びます。|簡単だからではありません。', 13)))).toEqual(['私たちは月に行くことを選びます。', '簡単だからではありません。'])
  })

  it('stays whole where it can not be parted, or its words are not those of its text', () => {
    const breathless = line(Array.from({ length: 40 }, () => 'on').join(' '))
    expect(readableLines(breathless)).toEqual([breathless])
    const other = { ...line('One small step| for man', 12), text: 'Something else altogether. Nobody said it.' }
    expect(readableLines(other)).toEqual([other])
  })
})

import { describe, expect, it } from 'vitest'
import type { SaidWord } from '../../../electron/contract/videos.ts'
import { captionAt, lastBegun, linesOf, matchesOf } from './transcript.ts'
import { sceneOf } from './test-scenes.ts'

const words = (text: string, from = 0): SaidWord[] => text.split(' ').map((word, at) => ({ text: word, start: from + at * 0.5, end: from + at * 0.5 + 0.4 }))

describe('the lines of a transcript', () => {
  it('are sentences, also where a scene cut one in two', () => {
    const lines = linesOf([sceneOf(0, 1, words('over the')), sceneOf(1, 4, words('border it goes. Then back.', 1))])
    expect(lines.map(({ text, start, end, isEnd }) => [text, start, end, isEnd])).toEqual([['over the border it goes.', 0, 2.4, true], ['Then back.', 2.5, 3.4, true]])
  })

  it('end at a pause, and at two lines of captions although the sentence goes on', () => {
    expect(linesOf([sceneOf(0, 9, [...words('so it'), ...words('goes', 5)])]).map(({ text }) => text)).toEqual(['so it', 'goes'])
    const long = linesOf([sceneOf(0, 60, words('word '.repeat(40).trim()))])
    expect(long.every(({ text }) => text.length <= 84)).toBe(true)
    expect(long.map(({ isEnd }) => isEnd)).toEqual([false, false, true])
  })

  it('have the commas and full stops of the text that the words were taken from', () => {
    const scene = sceneOf(0, 9, words('well it is over now'))
    const lines = linesOf([{ ...scene, said: scene.said.map((part) => ({ ...part, text: '- Well, it is over. (Now)' })) }])
    expect(lines.map(({ text }) => text)).toEqual(['- Well, it is over.', '(Now)'])
  })

  it('are whole segments where no word has a time', () => {
    const scene = { ...sceneOf(0, 5, []), said: [{ text: 'Hello there', start: 1, end: 2, language: 'en', words: [] }] }
    expect(linesOf([scene])).toEqual([{ start: 1, end: 2, text: 'Hello there', words: [], isEnd: false }])
  })
})

describe('what is read at a second', () => {
  const lines = linesOf([sceneOf(0, 20, [...words('One two.'), ...words('Three.', 10)])])
  it('is the line that is said, and half a second longer', () => {
    expect([captionAt(lines, 0), captionAt(lines, 1.3), captionAt(lines, 1.5), captionAt(lines, 10.2)]).toEqual(['One two.', 'One two.', null, 'Three.'])
  })
  it('is nothing before the first word', () => {
    expect(lastBegun(lines, -1)).toBe(-1)
  })
})

describe('searching a transcript', () => {
  it('finds every place whatever the case and the accents', () => {
    const lines = linesOf([sceneOf(0, 20, words('Le café. CAFE noir cafe.'))])
    expect(matchesOf(lines, 'Café').map(({ line, from, to }) => lines[line]?.text.slice(from, to))).toEqual(['café', 'CAFE', 'cafe'])
    expect(matchesOf(lines, ' ')).toEqual([])
  })
})

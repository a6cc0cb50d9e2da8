import { describe, expect, it } from 'vitest'
import type { SaidWord } from '../../../contract/videos.ts'
import type { SpokenSegment } from '../clip-lookup.ts'
import type { Cue } from './cues.ts'
import { cuesOfClip, linesOfCue } from './cues.ts'
import { sidecarLimits } from './reading-limits.ts'

/** Words that take as long as they have letters, one after the other. */
function said(text: string, startSeconds: number, endSeconds: number): SpokenSegment {
  const parts = text.split(' ')
  const letters = parts.join(' ').length
  let at = 0
  const words = parts.map((part): SaidWord => {
    const start = startSeconds + (endSeconds - startSeconds) * at / letters
    at += part.length + 1
    return { text: part.replaceAll(/^\p{P}+|\p{P}+$/gu, ''), start, end: startSeconds + (endSeconds - startSeconds) * (at - 1) / letters }
  })
  return { startSeconds, endSeconds, text, words: words.filter((word) => word.text !== '') }
}

const untimed = (text: string, startSeconds: number, endSeconds: number): SpokenSegment => ({ startSeconds, endSeconds, text, words: [] })
const shown = (cues: Cue[]): [number, number, ...string[]][] => cues.map((cue) => [cue.startMs, cue.endMs, ...linesOfCue(cue)])
const captions = (segments: SpokenSegment[], start: number, end: number): [number, number, ...string[]][] => shown(cuesOfClip(segments, { start, end }, sidecarLimits))

const fox = { startSeconds: 9, endSeconds: 11, text: 'A red fox', words: [{ text: 'A', start: 9, end: 9.4 }, { text: 'red', start: 9.8, end: 10.4 }, { text: 'fox', start: 10.5, end: 11 }] }

describe('the captions of a clip', () => {
  it('count from its beginning and hold only the words inside', () => {
    expect(captions([fox, untimed('crosses\nthe river', 12, 14), untimed('later', 15, 16)], 10, 13.5)).toEqual([
      [0, 1000, 'red fox'],
      [2000, 3500, 'crosses the river'],
    ])
  })

  it('are none where nothing is said', () => {
    expect(captions([{ ...fox, words: fox.words.slice(0, 1), text: 'A' }], 10, 12)).toEqual([])
  })

  it('keep the marks of what is left of a sentence', () => {
    expect(captions([said('Well, this is it! "Really?" he asked.', 0, 4)], 1.2, 9)).toEqual([[0, 2800, 'is it! "Really?" he asked.']])
  })

  it('keep only the nearer part of a long text whose words have no times', () => {
    expect(captions([untimed('one two three four five six seven eight nine ten', 0, 50)], 20, 30)).toEqual([[0, 8571, 'five six']])
  })
})

import { describe, expect, it } from 'vitest'
import { cuesOfClip, toSrt } from './cues.ts'

const words = [{ text: 'A', start: 9, end: 9.4 }, { text: 'red', start: 9.8, end: 10.4 }, { text: 'fox', start: 10.5, end: 11 }]

describe('captions beside a clip', () => {
  it('start with the clip and hold only the words inside', () => {
    const cues = cuesOfClip([{ startSeconds: 9, endSeconds: 11, text: 'A red fox', words }, { startSeconds: 12, endSeconds: 14, text: 'crosses\nthe river', words: [] }, { startSeconds: 15, endSeconds: 16, text: 'later', words: [] }], 10, 13.5)
    expect(cues).toEqual([{ startSeconds: 0, endSeconds: 1, text: 'red fox' }, { startSeconds: 2, endSeconds: 3.5, text: 'crosses\nthe river' }])
  })

  it('are SubRip as players read it', () => {
    expect(toSrt([{ startSeconds: 0, endSeconds: 1.0004, text: 'red fox' }, { startSeconds: 3661.5, endSeconds: 3662, text: 'two\n\nlines' }]))
      .toBe('1\r\n00:00:00,000 --> 00:00:01,000\r\nred fox\r\n\r\n2\r\n01:01:01,500 --> 01:01:02,000\r\ntwo\r\nlines\r\n')
  })

  it('are none where nothing is said', () => {
    expect(cuesOfClip([{ startSeconds: 9, endSeconds: 11, text: 'A', words: words.slice(0, 1) }], 10, 12)).toEqual([])
  })
})

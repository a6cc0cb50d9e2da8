import { expect, it } from 'vitest'
import { secondsOf } from './reel-length.ts'

const clips = [{ start: 1, end: 5 }, { start: 10, end: 12 }, { start: 0, end: 3 }]

it('a reel is shorter than its clips by each crossfade', () => {
  expect(secondsOf(clips, null)).toBe(9)
  expect(secondsOf(clips, { name: 'Best of', crossfadeSeconds: 0.5, titleCards: false, chapters: true })).toBe(8)
})

import { expect, it } from 'vitest'
import { shiftText } from './shift-text.ts'

it.each([
  [0, 0, 'Copying keeps the start and the end.'], [12, 3, 'Copied, it begins 12 frames earlier, ends 3 frames later.'],
  [1, 0, 'Copied, it begins 1 frame earlier.'], [0, 2, 'Copied, it ends 2 frames later.'],
])('a shift of %d and %d frames reads: %s', (framesBefore, framesAfter, said) => { expect(shiftText({ framesBefore, framesAfter })).toBe(said) })

import { describe, expect, it } from 'vitest'
import { fitted } from './picture-size.ts'

describe('the size that a picture is sent in', () => {
  it.each([
    [[4000, 3000], [1024, 768]], [[3000, 4000], [768, 1024]], [[640, 480], [640, 480]], [[20_000, 3], [1024, 1]],
  ] as const)('%s becomes %s', ([width, height], [toWidth, toHeight]) => {
    expect(fitted({ width, height }, 1024)).toEqual({ width: toWidth, height: toHeight })
  })
})

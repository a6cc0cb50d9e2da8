import { describe, expect, it } from 'vitest'
import { createShotDetector, SMALL_FRAME } from './detector.ts'
import type { ShotBoundary } from './detector.ts'

const { width, height } = SMALL_FRAME

function flat(value: number): Uint8Array {
  return new Uint8Array(width * height * 3).fill(value)
}

function stripes(period: number): Uint8Array {
  return Uint8Array.from({ length: width * height * 3 }, (_, i) => (Math.floor(i / 3 / period) % 2) * 200 + 20)
}

function boundariesOf(pictures: readonly Uint8Array[], fps: number): ShotBoundary[] {
  const detector = createShotDetector()
  const found = pictures.flatMap((pixels, i) => detector.push({ pts: i, seconds: i / fps, pixels }).boundaries)
  return [...found, ...detector.flush()]
}

describe('shot detection', () => {
  it('finds a hard cut at the first frame of the new shot', () => {
    const pictures = Array.from({ length: 60 }, (_, i) => stripes(i < 30 ? 7 : 240))
    expect(boundariesOf(pictures, 30)).toEqual([{ kind: 'cut', startPts: 30, endPts: 30 }])
  })

  it('a camera flash is not a cut', () => {
    const pictures = Array.from({ length: 60 }, (_, i) => (i === 30 || i === 31 ? flat(250) : stripes(7)))
    expect(boundariesOf(pictures, 30)).toEqual([])
  })
})

import { existsSync } from 'node:fs'
import path from 'node:path'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { resample } from './resample.ts'
import { plainCrop, plainResize } from './test-plain-resize.ts'

const shared = process.env['SCENEDEX_SHARED'] ?? path.join(import.meta.dirname, '..', '..', '..', 'shared')
const coco = path.join(shared, 'media', 'pictures', 'coco')

async function rgb(file: string): Promise<{ width: number, height: number, pixels: Buffer }> {
  const { data, info } = await sharp(file).removeAlpha().toColourspace('srgb').raw().toBuffer({ resolveWithObject: true })
  return { width: info.width, height: info.height, pixels: data }
}

function difference(left: ArrayLike<number>, right: ArrayLike<number>): { most: number, share: number } {
  const each = Array.from(left, (value, index) => Math.abs(value - right[index]!))
  return { most: each.reduce((most, value) => Math.max(most, value), 0), share: each.filter((value) => value > 0).length / each.length }
}

describe('resizing', () => {
  const grey = (values: number[]): Uint8Array => Uint8Array.from(values.flatMap((value) => [value, value, value]))
  const red = (pixels: Uint8ClampedArray): number[] => Array.from(pixels).filter((_, index) => index % 3 === 0)
  const row = { width: 8, height: 1, pixels: grey([0, 10, 20, 200, 255, 255, 100, 0]) }
  const whole = (width: number) => ({ left: 0, top: 0, width, height: 1 })

  // Worked out by hand: a bilinear half weighs four pixels 1/8 3/8 3/8 1/8, at an edge three of them 3/7 3/7 1/7.
  it('widens the filter when it makes a picture smaller', () => {
    expect(red(resample(row, { width: 4, height: 1, filter: 'bilinear' }, whole(4)))).toEqual([7, 116, 229, 79])
    expect(red(resample(row, { width: 4, height: 1, filter: 'box' }, whole(4)))).toEqual([5, 110, 255, 50])
    expect(red(resample(row, { width: 4, height: 1, filter: 'nearest' }, whole(4)))).toEqual([10, 200, 255, 0])
  })

  it('leaves a picture of the right size as it is, and cuts its middle', () => {
    for (const filter of ['bicubic', 'nearest', 'lanczos'] as const) expect(red(resample(row, { width: 8, height: 1, filter }, { left: 2, top: 0, width: 4, height: 1 }))).toEqual([20, 200, 255, 255])
  })

  it('is black where a window reaches beyond the picture', () => {
    expect(red(resample(row, { width: 4, height: 1, filter: 'box' }, { left: -1, top: 0, width: 6, height: 1 }))).toEqual([0, 5, 110, 255, 50, 0])
  })

  it.skipIf(!existsSync(coco))('is what PIL does with real pictures, larger and smaller: 3 in 100 values differ by one where a half was rounded (skipped without the shared pictures)', async () => {
    const picture = await rgb(path.join(coco, '000000073326.jpg'))
    for (const [filter, size] of [['bicubic', { width: 224, height: 224 }], ['bilinear', { width: 224, height: 224 }], ['bicubic', { width: picture.width + 31, height: 60 }]] as const) {
      const ours = resample(picture, { ...size, filter }, { left: 0, top: 0, ...size })
      const { most, share } = difference(ours, plainResize(picture, size, filter).pixels)
      expect(most).toBeLessThanOrEqual(1)
      expect(share).toBeLessThan(0.03)
    }
  })

  it.skipIf(!existsSync(coco))('computes only the part that is asked for, with the same values (skipped without the shared pictures)', async () => {
    const picture = await rgb(path.join(coco, '000000000139.jpg'))
    const plain = plainCrop(plainResize(picture, { width: 336, height: 224 }, 'bicubic'), 224)
    const ours = resample(picture, { width: 336, height: 224, filter: 'bicubic' }, { left: 56, top: 0, width: 224, height: 224 })
    expect(difference(ours, plain.pixels).most).toBeLessThanOrEqual(1)
  })
})

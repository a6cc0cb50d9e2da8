import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import sharp from 'sharp'
import { afterAll, describe, expect, it } from 'vitest'
import type { ModelSpec } from '../../electron/core/models/model-spec.ts'
import { readPictureRecipe } from './picture-config.ts'
import { pictureFilter, readPixels } from './picture-pixels.ts'
import { pictureStandin } from './test-models.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'scenedex-pixels-'))
afterAll(() => { rmSync(folder, { recursive: true }) })

async function recipe(config: object | null, spec: Partial<ModelSpec> = {}) {
  const file = path.join(folder, 'preprocessor_config.json')
  rmSync(file, { force: true })
  if (config !== null) writeFileSync(file, JSON.stringify(config))
  return readPictureRecipe(pictureStandin(folder, spec))
}

/** A picture of one grey, with one white pixel in its corner. */
function grey(width: number, height: number): { width: number, height: number, pixels: Uint8Array } {
  const pixels = new Uint8Array(width * height * 3).fill(51)
  pixels.fill(255, 0, 3)
  return { width, height, pixels }
}

describe('what becomes of a picture', () => {
  // In the forms in which these four are published; means and deviations are rounded.
  it('is said by the model\'s own file: CLIP, SigLIP, SigLIP 2, MobileCLIP', async () => {
    const clip = { crop_size: 224, do_center_crop: true, do_normalize: true, do_resize: true, image_mean: [0.48, 0.45, 0.4], image_std: [0.26, 0.26, 0.27], resample: 3, size: 224 }
    expect(await recipe(clip)).toEqual({
      resize: { kind: 'shortest-edge', edge: 224 }, filter: 'bicubic', crop: { width: 224, height: 224 }, factor: 1 / 255, mean: [0.48, 0.45, 0.4], std: [0.26, 0.26, 0.27],
    })
    const siglip = {
      do_normalize: true, do_rescale: true, do_resize: true, image_mean: [0.5, 0.5, 0.5], image_std: [0.5, 0.5, 0.5], resample: 3, rescale_factor: 0.00392156862745098,
      size: { height: 224, width: 224 },
    }
    expect(await recipe(siglip)).toMatchObject({ resize: { kind: 'exact', width: 224, height: 224 }, filter: 'bicubic', crop: null, mean: [0.5, 0.5, 0.5] })
    const siglip2 = { ...siglip, crop_size: null, do_center_crop: null, default_to_square: true, resample: 2, image_processor_type: 'SiglipImageProcessorFast' }
    expect(await recipe(siglip2)).toMatchObject({ resize: { kind: 'exact', width: 224, height: 224 }, filter: 'bilinear', crop: null })
    const mobile = {
      crop_size: { height: 256, width: 256 }, do_center_crop: true, do_normalize: false, image_mean: [0, 0, 0], image_std: [1, 1, 1], resample: 2, size: { shortest_edge: 256 },
    }
    expect(await recipe(mobile)).toMatchObject({ resize: { kind: 'shortest-edge', edge: 256 }, filter: 'bilinear', mean: [0, 0, 0], std: [1, 1, 1] })
  })

  it('is said by the catalog where the model has no such file, and by nobody where neither does', async () => {
    const picture = { width: 256, height: 256, resize: 'shortest-edge', filter: 'bilinear', mean: [0, 0, 0], std: [1, 1, 1] } as const
    expect(await recipe(null, { picture: { ...picture, mean: [0, 0, 0], std: [1, 1, 1] } })).toMatchObject({ resize: { kind: 'shortest-edge', edge: 256 }, crop: { width: 256, height: 256 }, filter: 'bilinear' })
    await expect(recipe(null)).rejects.toMatchObject({ code: 'MODEL_DAMAGED', message: 'The model picture-standin can not be used: preprocessor_config.json is missing.' })
    await expect(recipe({ size: 'large' })).rejects.toMatchObject({ code: 'MODEL_DAMAGED', message: expect.stringContaining('preprocessor_config.json is not what it should be (size') as string })
  })

  it('is nothing where nothing is wanted', async () => {
    const filter = pictureFilter(await recipe({ size: 4, do_resize: false, do_rescale: false, do_normalize: false }))
    const { width, height, values } = filter(grey(3, 2))
    expect([width, height, values[0], values[1], values.length]).toEqual([3, 2, 255, 51, 18])
  })

  it('leaves it in the middle of black where it is smaller than what is cut out', async () => {
    const filter = pictureFilter(await recipe({ size: 8, crop_size: { width: 5, height: 4 }, do_resize: false, do_center_crop: true, do_normalize: false }))
    const { values } = filter(grey(2, 1))
    const red = Array.from({ length: 4 }, (_, row) => Array.from(values.subarray(row * 5, row * 5 + 5), (value) => Math.round(value * 255)))
    expect(red).toEqual([[0, 0, 0, 0, 0], [0, 0, 0, 0, 0], [0, 0, 255, 51, 0], [0, 0, 0, 0, 0]])
  })

  it('rounds the longer edge down, as transformers does', async () => {
    const filter = pictureFilter(await recipe({ size: { shortest_edge: 4 }, do_normalize: false }))
    expect(filter(grey(7, 6))).toMatchObject({ width: 4, height: 4 })
    expect(filter(grey(6, 10))).toMatchObject({ width: 4, height: 6 })
  })
})

describe('reading a picture', () => {
  it('gives red, green and blue of every kind of file: with alpha, grey, 16 bits', async () => {
    const red = { width: 3, height: 2, background: { r: 200, g: 10, b: 20, alpha: 0.5 } }
    const transparent = await sharp({ create: { ...red, channels: 4 } }).png().toBuffer()
    expect(Array.from((await readPixels(transparent)).pixels.subarray(0, 3))).toEqual([200, 10, 20])
    const plain = sharp({ create: { ...red, channels: 3, background: { r: 77, g: 77, b: 77 } } })
    expect((await readPixels(await plain.clone().greyscale().png().toBuffer())).pixels).toEqual(Buffer.alloc(18, 77))
    expect((await readPixels(await plain.clone().toColourspace('rgb16').png().toBuffer())).pixels).toEqual(Buffer.alloc(18, 77))
  })

  it('says which file is no picture, and which is cut off', async () => {
    const file = path.join(folder, 'broken.webp')
    writeFileSync(file, 'no picture')
    await expect(readPixels(file)).rejects.toMatchObject({ code: 'UNREADABLE', message: `${file} can not be read as a picture.` })
    const whole = await sharp({ create: { width: 64, height: 64, channels: 3, background: 'teal' } }).png().toBuffer()
    await expect(readPixels(whole.subarray(0, whole.length / 2))).rejects.toMatchObject({ code: 'UNREADABLE', message: 'The picture can not be read as a picture.' })
  })
})

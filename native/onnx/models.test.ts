import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Models, PictureModel } from '../../electron/core/ports.ts'
import { installedModels } from './models.ts'

const shared = process.env['SCENEDEX_SHARED'] ?? path.join(import.meta.dirname, '..', '..', '..', 'shared')
const standin = path.join(shared, 'models', 'picture-text-standin')
const flickr = path.join(shared, 'media', 'pictures', 'flickr8k')
const worker = new URL('../../electron/workers/inference.ts', import.meta.url)
const never = new AbortController().signal

function dot(left: Float32Array, right: Float32Array): number {
  return left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0)
}

describe('a model that can not be opened', () => {
  it('is one clear error at each question, not what the parser says', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'scenedex-broken-model-'))
    mkdirSync(path.join(folder, 'clip', 'onnx'), { recursive: true })
    for (const file of ['preprocessor_config.json', 'tokenizer.json', 'tokenizer_config.json', 'onnx/vision_model.onnx', 'onnx/text_model.onnx']) writeFileSync(path.join(folder, 'clip', file), '{}')
    const models = installedModels(folder, worker)
    try {
      const model = await models.pictureModel()
      const asked = async () => model?.encodeText('a', never)
      const refused = { code: 'MODEL_MISSING', message: `The picture model in ${path.join(folder, 'clip')} can not be opened.` }
      await expect(asked()).rejects.toMatchObject(refused)
      await expect(asked()).rejects.toMatchObject(refused)
    } finally {
      await models.close()
      rmSync(folder, { recursive: true })
    }
  })
})

describe('a library without a model', () => {
  it('says so and does not fail', async () => {
    expect(await installedModels(path.join(tmpdir(), 'no such folder'), worker).pictureModel()).toBeNull()
  })
})

describe.skipIf(!existsSync(standin))('a picture model (skipped without the shared models)', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'scenedex-models-'))
  let models: Models
  let model: PictureModel
  beforeAll(async () => {
    symlinkSync(standin, path.join(folder, 'standin'), 'dir')
    // A link is no folder of the library: only what was put there by installing counts.
    expect(await installedModels(folder, worker).pictureModel()).toBeNull()
    models = installedModels(path.dirname(standin), worker)
    const found = await models.pictureModel()
    if (found === null) throw new Error('the stand-in was not found')
    model = found
  })
  afterAll(async () => {
    await models.close()
    rmSync(folder, { recursive: true })
  })

  it('gives vectors of length 1', async () => {
    const vector = await model.encodeText('a dog runs', never)
    expect(vector).toHaveLength(512)
    expect(dot(vector, vector)).toBeCloseTo(1, 5)
  })

  it('puts a picture nearest to what is said of it: 60 unseen pictures, right within the first ten for over half of them', async () => {
    const captions = z.record(z.string(), z.array(z.string())).parse(JSON.parse(readFileSync(path.join(flickr, 'captions.json'), 'utf8')))
    const names = Object.keys(captions).sort().slice(0, 60)
    const pictures = await model.encodePictures(names.map((name) => path.join(flickr, name)), never)
    const queries: Float32Array[] = []
    for (const name of names) queries.push(await model.encodeText(captions[name]?.[0] ?? '', never))
    const ranks = queries.map((query, index) => pictures.filter((picture) => dot(query, picture) > dot(query, pictures[index]!)).length)
    expect(ranks.filter((rank) => rank < 10).length).toBeGreaterThanOrEqual(40)
    expect(ranks.filter((rank) => rank === 0).length).toBeGreaterThanOrEqual(20)
  })

  it('rejects a file that is no picture and goes on with the next', async () => {
    const broken = path.join(folder, 'broken.webp')
    writeFileSync(broken, 'no picture')
    await expect(model.encodePictures([broken], never)).rejects.toThrow('The picture model failed')
    expect(await model.encodeText('still here', never)).toHaveLength(512)
  })

  it('stops when asked to', async () => {
    const stop = new AbortController()
    const waiting = model.encodeText('a text', stop.signal)
    stop.abort()
    await expect(waiting).rejects.toThrow()
  })
})

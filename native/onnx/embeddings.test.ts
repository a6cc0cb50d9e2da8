import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { Tensor } from 'onnxruntime-node'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Embedder, Inference } from '../../electron/core/ports.ts'
import { openSession } from './session.ts'
import { dot, farthest, models, never, pictureStandin, sentenceStandin, shared, testInference } from './test-models.ts'
import { plainCrop, plainResize } from './test-plain-resize.ts'
import { wordPiece } from './test-word-piece.ts'

const flickr = path.join(shared, 'media', 'pictures', 'flickr8k')
const coco = path.join(shared, 'media', 'pictures', 'coco')
const bare = { threads: 1, provider: 'cpu' }

function unit(values: ArrayLike<number>): number[] {
  const length = Math.hypot(...Array.from(values))
  return Array.from(values, (value) => value / length)
}

const captions = (): string[][] => Object.entries(z.record(z.string(), z.array(z.string())).parse(JSON.parse(readFileSync(path.join(flickr, 'captions.json'), 'utf8'))))
  .sort(([a], [b]) => a < b ? -1 : 1).map(([name, texts]) => [name, ...texts])

describe.skipIf(!existsSync(models))('vectors of pictures and words (skipped without the shared models)', () => {
  let inference: Inference
  let pictures: Embedder
  let sentences: Embedder
  beforeAll(() => {
    inference = testInference()
    pictures = inference.embedder(pictureStandin())
    sentences = inference.embedder(sentenceStandin())
  })
  afterAll(async () => { await inference.close() })

  it('of pictures are those of plain arithmetic: shortest edge 224, bicubic, the middle, CLIP\'s mean and deviation', async () => {
    const session = await openSession(path.join(models, 'picture-text-standin', 'onnx', 'vision_model.onnx'), bare)
    const files = [path.join(coco, '000000000139.jpg'), path.join(coco, '000000073326.jpg'), path.join(flickr, captions()[0]![0]!)]
    const found = await pictures.embed({ of: 'pictures', files }, never)
    for (const [index, file] of files.entries()) {
      const { data, info: { width, height } } = await sharp(file).raw().toBuffer({ resolveWithObject: true })
      const size = width < height ? { width: 224, height: Math.trunc(height * 224 / width) } : { width: Math.trunc(width * 224 / height), height: 224 }
      const cropped = plainCrop(plainResize({ width, height, pixels: data }, size, 'bicubic'), 224)
      const [mean, std] = [[0.48145466, 0.4578275, 0.40821073], [0.26862954, 0.26130258, 0.27577711]]
      const values = Float32Array.from({ length: 3 * 224 * 224 }, (_, at) => {
        const channel = Math.floor(at / 224 / 224)
        return (cropped.pixels[at % (224 * 224) * 3 + channel]! / 255 - mean[channel]!) / std[channel]!
      })
      const output = (await session.run({ pixel_values: new Tensor('float32', values, [1, 3, 224, 224]) }))['image_embeds']!
      expect(farthest(found[index]!, unit(output.data as Float32Array)), file).toBeLessThan(1e-4)
    }
    await session.release()
  })

  it('of texts in a picture model are those of a bare session, filled up to 77 tokens', async () => {
    const session = await openSession(path.join(models, 'picture-text-standin', 'onnx', 'text_model.onnx'), bare)
    const ids = [49406, 320, 1125, 539, 320, 2368, 49407]
    const input = new Tensor('int64', BigInt64Array.from({ length: 77 }, (_, at) => BigInt(ids[at] ?? 49407)), [1, 77])
    const output = (await session.run({ input_ids: input }))['text_embeds']!
    await session.release()
    const [found] = await pictures.embed({ of: 'queries', texts: ['a photo of a cat'] }, never)
    expect(farthest(found!, unit(output.data as Float32Array))).toBeLessThan(1e-6)
  })

  it('of sentences are the mean of those of their tokens', async () => {
    const session = await openSession(path.join(models, 'sentence-standin', 'onnx', 'model.onnx'), bare)
    const text = 'A shuttle flew to the moon.'
    const ids = wordPiece(path.join(models, 'sentence-standin', 'vocab.txt'))(text)
    const whole = (value: (id: number) => number) => new Tensor('int64', BigInt64Array.from(ids, (id) => BigInt(value(id))), [1, ids.length])
    const output = (await session.run({ input_ids: whole((id) => id), attention_mask: whole(() => 1), token_type_ids: whole(() => 0) }))['last_hidden_state']!
    await session.release()
    const values = output.data as Float32Array
    const mean = Array.from({ length: 50 }, (_, index) => ids.reduce((sum, _id, at) => sum + values[at * 50 + index]!, 0) / ids.length)
    const [found] = await sentences.embed({ of: 'passages', texts: [text] }, never)
    expect(farthest(found!, unit(mean))).toBeLessThan(1e-5)
  })

  it('of a text do not depend on what is computed together with it, and come in the order of the texts', async () => {
    const texts = captions().slice(0, 60).flatMap(([, ...said], index) => [said[0]!, said.slice(0, 1 + index % 5).join(' ')])
    const together = await sentences.embed({ of: 'passages', texts }, never)
    expect(together).toHaveLength(texts.length)
    for (const [index, text] of texts.entries()) {
      const [alone] = await sentences.embed({ of: 'passages', texts: [text] }, never)
      expect(farthest(together[index]!, alone!), text).toBeLessThan(1e-5)
    }
  })

  it('have length 1 and the name of the model', async () => {
    expect([pictures.id, pictures.dimensions, sentences.id, sentences.dimensions]).toEqual(['picture-standin', 512, 'sentence-standin', 50])
    const [vector] = await pictures.embed({ of: 'queries', texts: ['a dog runs'] }, never)
    expect(dot(vector!, vector!)).toBeCloseTo(1, 5)
  })

  it('say what belongs together: rocket and shuttle 0.69, rocket and soup -0.22', async () => {
    const [rocket, shuttle, soup] = await sentences.embed({ of: 'passages', texts: ['rocket launched into space', 'a shuttle flew to the moon', 'how to cook a good soup'] }, never)
    expect(dot(rocket!, shuttle!)).toBeCloseTo(0.693, 2)
    expect(dot(rocket!, soup!)).toBeCloseTo(-0.218, 2)
  })

  it('put a picture nearest to what is said of it: of 60 unseen pictures 57 are among the first ten, 33 the first', async () => {
    const known = captions().slice(0, 60)
    const seen = await pictures.embed({ of: 'pictures', files: known.map(([name]) => path.join(flickr, name!)) }, never)
    const asked = await pictures.embed({ of: 'queries', texts: known.map(([, said]) => said!) }, never)
    const ranks = asked.map((query, index) => seen.filter((picture) => dot(query, picture) > dot(query, seen[index]!)).length)
    expect([ranks.filter((rank) => rank < 10).length, ranks.filter((rank) => rank === 0).length]).toEqual([57, 33])
  })

  it('of a query begin with the words that the model wants before it', async () => {
    const prefixed = inference.embedder(sentenceStandin(undefined, { id: 'prefixed', prefixes: { query: 'query: ', passage: 'passage: ' } }))
    const plain = inference.embedder(sentenceStandin(undefined, { id: 'plain' }))
    const [query] = await prefixed.embed({ of: 'queries', texts: ['a dog'] }, never)
    const [passage] = await prefixed.embed({ of: 'passages', texts: ['a dog'] }, never)
    const [asQuery, asPassage] = await plain.embed({ of: 'queries', texts: ['query: a dog', 'passage: a dog'] }, never)
    expect(farthest(query!, asQuery!)).toBeLessThan(1e-6)
    expect(farthest(passage!, asPassage!)).toBeLessThan(1e-6)
    expect(farthest(query!, passage!)).toBeGreaterThan(0.01)
  })
})

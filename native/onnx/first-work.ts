import sharp from 'sharp'
import type { InstalledModel } from '../../electron/core/models/model-spec.ts'
import { damaged } from './model-errors.ts'
import { openPictureSide } from './picture-side.ts'
import { openTextSide } from './text-side.ts'
import { openVoiceSide } from './voice-side.ts'

/** The first real work of a model: what it gave, to be compared with others, and how fast it was. */
export interface FirstWork { vectors: Float32Array[], itemsPerSecond: number }

interface Options { threads: number, signal: AbortSignal }

// Enough for a number that can be compared, and no more: somebody waits for the install.
const MOST_ITEMS = 10
const MOST_MS = 1_500

/** Items a second, after one that does not count: the first one fills caches. */
async function speedOf(item: () => Promise<unknown>, signal: AbortSignal): Promise<number> {
  await item()
  const start = performance.now()
  let items = 0
  do {
    signal.throwIfAborted()
    await item()
    items++
  } while (items < MOST_ITEMS && performance.now() - start < MOST_MS)
  return items * 1000 / Math.max(0.001, performance.now() - start)
}

/** A picture with slopes, edges and fine lines, 640x360: nothing that anybody knows. */
async function madePicture(): Promise<Buffer> {
  const [width, height] = [640, 360]
  const pixels = Buffer.alloc(width * height * 3)
  for (let at = 0; at < width * height; at++) {
    const x = at % width
    const y = Math.floor(at / width)
    const isBlock = (x >> 6) % 2 === (y >> 6) % 2
    pixels.set([isBlock ? 220 : x >> 2, isBlock ? y >> 1 : 40 + (y % 8) * 20, (x * y) >> 10], at * 3)
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } }).webp({ quality: 80 }).toBuffer()
}

const SENTENCE = 'A person walks along a beach in the evening and tells how the old boats were built by hand, one plank after another.'

async function lookAt(model: InstalledModel, { threads, signal }: Options): Promise<FirstWork> {
  const picture = await madePicture()
  const side = await openPictureSide(model, threads)
  const words = await openTextSide(model, threads).catch(async (error: unknown) => {
    await side.close()
    throw error
  })
  try {
    const vectors = [await side.vector(picture), ...await words.vectors([SENTENCE], 'query', () => { signal.throwIfAborted() })]
    return { vectors, itemsPerSecond: await speedOf(() => side.vector(picture), signal) }
  } finally {
    await side.close()
    await words.close()
  }
}

async function read(model: InstalledModel, { threads, signal }: Options): Promise<FirstWork> {
  const side = await openTextSide(model, threads)
  const between = (): void => { signal.throwIfAborted() }
  try {
    const vectors = [...await side.vectors([SENTENCE], 'passage', between), ...await side.vectors(['old boats'], 'query', between)]
    return { vectors, itemsPerSecond: await speedOf(() => side.vectors([SENTENCE], 'passage', between), signal) }
  } finally {
    await side.close()
  }
}

async function listen(model: InstalledModel, { threads, signal }: Options): Promise<FirstWork> {
  const side = await openVoiceSide(model, threads)
  // One second of two tones that swell and fade four times.
  const second = Float32Array.from({ length: 16_000 }, (_, at) => (Math.sin(at * 0.055) + Math.sin(at * 0.31)) * 0.2 * Math.abs(Math.sin(at * Math.PI / 4_000)))
  const hear = () => side.hear(second, null, () => { signal.throwIfAborted() })
  try {
    const { likely } = await hear()
    return { vectors: [likely], itemsPerSecond: await speedOf(hear, signal) }
  } finally {
    await side.close()
  }
}

async function workOf(model: InstalledModel, options: Options): Promise<FirstWork> {
  switch (model.spec.task) {
    case 'pictures': return lookAt(model, options)
    case 'text': return read(model, options)
    case 'voice': return listen(model, options)
    case 'speech': throw damaged(model.spec, 'speech is not done by ONNX Runtime')
  }
}

/** Lets a model do one real piece of work, and up to ten more to see how fast it is. Throws MODEL_DAMAGED, MODEL_MISSING. */
export async function firstWork(model: InstalledModel, options: Options): Promise<FirstWork> {
  const work = await workOf(model, options)
  if (work.vectors.some((vector) => vector.every((value) => value === 0))) throw damaged(model.spec, 'all it gives is zero')
  return work
}

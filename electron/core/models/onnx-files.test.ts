import { existsSync, linkSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { checkModelFolder, externalFiles, outputLengths } from './onnx-files.ts'

const shared = process.env['SCENEDEX_SHARED'] ?? path.join(import.meta.dirname, '..', '..', '..', '..', 'shared')
const never = new AbortController().signal

let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'scenedex-onnx-'))
  mkdirSync(path.join(folder, 'onnx'))
})
afterEach(() => { rmSync(folder, { recursive: true, force: true }) })

function varint(value: number): Buffer {
  const bytes: number[] = []
  for (let left = value; ; left = Math.floor(left / 128)) {
    bytes.push(left % 128 + (left >= 128 ? 128 : 0))
    if (left < 128) return Buffer.from(bytes)
  }
}

/** A field that holds a message or a text. */
function field(number: number, ...parts: (Buffer | string)[]): Buffer {
  const content = Buffer.concat(parts.map((part) => Buffer.from(part as string)))
  return Buffer.concat([varint(number * 8 + 2), varint(content.length), content])
}

const entry = (key: string, value: string): Buffer => field(13, field(1, key), field(2, value))
const tensor = (location: string): Buffer => Buffer.concat([field(8, 'weights'), field(9, Buffer.alloc(70_000)), entry('offset', '0'), entry('location', location)])
/** Everywhere in a model where weights may be. */
const places: Record<string, (weights: Buffer) => Buffer> = {
  'an initializer': (weights) => field(7, field(5, weights)),
  'a sparse initializer': (weights) => field(7, field(15, field(1, weights))),
  'an attribute of a node': (weights) => field(7, field(1, field(5, field(5, weights)))),
  'a list of tensors of a node': (weights) => field(7, field(1, field(5, field(10, weights)))),
  'a sparse tensor of a node': (weights) => field(7, field(1, field(5, field(22, field(2, weights))))),
  'a graph within a node': (weights) => field(7, field(1, field(5, field(6, field(1, field(5, field(11, field(5, weights)))))))),
  'a function': (weights) => field(25, field(7, field(5, field(5, weights)))),
  'training': (weights) => field(20, field(2, field(5, weights))),
}

function model(bytes: Buffer): string {
  const file = path.join(folder, 'onnx/model.onnx')
  writeFileSync(file, Buffer.concat([field(2, 'a producer'), bytes, field(6, 'the end')]))
  return file
}

describe('weights that lie outside of an ONNX file', () => {
  test.each(Object.keys(places))('are found in %s', async (place) => {
    expect(await externalFiles(model(places[place]!(tensor('model.onnx_data'))), never)).toEqual(['model.onnx_data'])
  })

  test('are found whatever is written before and after, and each once', async () => {
    const twice = field(7, field(5, tensor('a.data')), field(5, tensor('b.data')), field(5, tensor('a.data')))
    expect(await externalFiles(model(twice), never)).toEqual(['a.data', 'b.data'])
    const bothKeys = field(7, field(5, field(13, field(1, 'offset'), field(1, 'location'), field(2, 'x'), field(2, '../../secret'))))
    expect(await externalFiles(model(bothKeys), never)).toEqual(['x', '../../secret'])
  })

  test.each(['../secret', '/etc/passwd', 'C:\\secret', 'c:secret', 'a/../../secret', '..\\secret', 'a\\b', './x', 'a//b', ''])('are refused at "%s"', async (location) => {
    model(places['an initializer']!(tensor(location)))
    await expect(checkModelFolder(folder, never)).rejects.toMatchObject({ code: 'MODEL_DAMAGED', message: expect.stringContaining('The model is unsafe') as string })
  })

  test('are taken beside the model, and said to be missing where they are not there', async () => {
    model(places['an initializer']!(tensor('model.onnx_data')))
    await expect(checkModelFolder(folder, never)).rejects.toMatchObject({ code: 'MODEL_DAMAGED', message: '"onnx/model.onnx" has weights in "model.onnx_data", which is not here.' })
    writeFileSync(path.join(folder, 'onnx/model.onnx_data'), 'weights')
    await expect(checkModelFolder(folder, never)).resolves.toBeUndefined()
  })

  test('are refused as a link, as a hard link and as a folder', async () => {
    model(places['an initializer']!(tensor('model.onnx_data')))
    const data = path.join(folder, 'onnx/model.onnx_data')
    const outside = path.join(folder, '..', `${path.basename(folder)}-secret`)
    writeFileSync(outside, 'secret')
    try {
      symlinkSync(outside, data)
      await expect(checkModelFolder(folder, never)).rejects.toMatchObject({ code: 'MODEL_DAMAGED', message: 'The model is unsafe: "model.onnx_data" is no ordinary file.' })
      rmSync(data)
      linkSync(outside, data)
      await expect(checkModelFolder(folder, never)).rejects.toMatchObject({ code: 'MODEL_DAMAGED', message: expect.stringContaining('is a hard link') as string })
      rmSync(data)
      mkdirSync(data)
      await expect(checkModelFolder(folder, never)).rejects.toMatchObject({ code: 'MODEL_DAMAGED', message: expect.stringContaining('no ordinary file') as string })
    } finally {
      rmSync(outside)
    }
  })
})

describe('a file that is no ONNX model', () => {
  test.each([['cut', 20], ['cut in the middle of a length', 13]])('is said to be none: %s', async (_how, bytes) => {
    const file = model(places['an initializer']!(tensor('x')))
    truncateSync(file, bytes)
    await expect(externalFiles(file, never)).rejects.toMatchObject({ code: 'MODEL_DAMAGED', message: expect.stringContaining('"model.onnx" is no ONNX model') as string })
  })

  test('is said to be none: a page, noise, and graphs without end', async () => {
    const file = path.join(folder, 'onnx/model.onnx')
    writeFileSync(file, '<html><body>Sign in</body></html>')
    await expect(externalFiles(file, never)).rejects.toMatchObject({ code: 'MODEL_DAMAGED' })
    writeFileSync(file, Buffer.alloc(100, 0xff))
    await expect(externalFiles(file, never)).rejects.toMatchObject({ code: 'MODEL_DAMAGED' })
    let graph = field(5, tensor('x'))
    for (let depth = 0; depth < 30; depth++) graph = field(1, field(5, field(6, graph)))
    await expect(externalFiles(model(field(7, graph)), never)).rejects.toMatchObject({ code: 'MODEL_DAMAGED', message: expect.stringContaining('nested too deep') as string })
  })

  test('is not read any further by who does not want to know any more', async () => {
    await expect(externalFiles(model(places['an initializer']!(tensor('x'))), AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough')
  })
})

describe.skipIf(!existsSync(shared))('a real model (skipped without the shared models)', () => {
  const file = (name: string): string => path.join(shared, 'models', name)

  test('has no weights outside, and says how long its vectors are', async () => {
    for (const name of ['picture-text-standin/onnx/vision_model.onnx', 'picture-text-standin/onnx/text_model.onnx', 'sentence-standin/onnx/model.onnx', 'vad/silero_vad.onnx', 'objects/yolox_nano.onnx']) {
      expect(await externalFiles(file(name), never)).toEqual([])
    }
    expect(await outputLengths(file('picture-text-standin/onnx/vision_model.onnx'), never)).toEqual([512])
    expect(await outputLengths(file('sentence-standin/onnx/model.onnx'), never)).toEqual([50])
    await expect(checkModelFolder(file('picture-text-standin'), never)).resolves.toBeUndefined()
  })
})

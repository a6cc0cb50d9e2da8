import { cpSync, existsSync, linkSync, mkdirSync, readFileSync, readdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { create } from 'tar'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { networkRequests } from '../../store/network-log.ts'
import type { Library } from '../../store/database.ts'
import { testLibrary } from '../../store/test-library.ts'
import { networkWith, seededBytes, sha256, testSpec } from '../install/test-hub.ts'
import { noInference, testTools } from '../install/test-install.ts'
import { lookAtModel } from '../models-folder.ts'
import { MANIFEST_FILE } from '../model-spec.ts'
import type { ModelSpec } from '../model-spec.ts'
import { importModel } from './import-model.ts'
import type { ZipFile } from './test-zip.ts'
import { zipOf } from './test-zip.ts'

const shared = process.env['SCENEDEX_SHARED'] ?? path.join(import.meta.dirname, '..', '..', '..', '..', '..', 'shared')
const never = new AbortController().signal
const files = { 'onnx/weights.bin': seededBytes(30_000, 1), 'config.json': Buffer.from('{"hidden_size": 384}') }
const known = testSpec('talker', files)

let library: Library & { folder: string }
beforeEach(async () => { library = await testLibrary() })
afterEach(() => { library.close() })

const made = (name: string): string => path.join(library.folder, name)
const installed = (id: string): string => path.join(library.paths.models, id)

async function importFrom(source: string, { models = [known], freeBytes = 1e12 }: { models?: ModelSpec[], freeBytes?: number } = {}): Promise<string> {
  const tools = testTools(library, networkWith({}), { freeBytes: async () => freeBytes, inference: noInference() })
  return importModel(source, { ...tools, catalog: { updated: '2026-11-21', models } }, never)
}

/** The files of the model in a folder, or others. */
function folderWith(name: string, contents: Record<string, Buffer | string> = files): string {
  for (const [file, bytes] of Object.entries(contents)) {
    mkdirSync(path.dirname(path.join(made(name), file)), { recursive: true })
    writeFileSync(path.join(made(name), file), bytes)
  }
  return made(name)
}

function zip(entries: readonly ZipFile[], name = 'model.zip'): string {
  writeFileSync(made(name), zipOf(entries))
  return made(name)
}

const asEntries = (contents: Record<string, Buffer>, under = ''): ZipFile[] => Object.entries(contents).map(([name, bytes]) => ({ name: under + name, bytes }))
const damaged = (message: string) => ({ code: 'MODEL_DAMAGED', message: expect.stringContaining(message) as string })

async function isTalker(source: string): Promise<void> {
  expect(await importFrom(source)).toBe('talker')
  for (const [name, bytes] of Object.entries(files)) expect(sha256(readFileSync(path.join(installed('talker'), name)))).toBe(sha256(bytes))
  expect(readdirSync(installed('talker')).sort()).toEqual(['config.json', 'onnx', MANIFEST_FILE])
  expect(readdirSync(library.paths.models)).toEqual(['talker'])
  expect(await lookAtModel(installed('talker'), { catalog: { updated: '2026-11-21', models: [] }, signal: never })).toMatchObject({ kind: 'installed', from: 'disk', variants: ['fp32'] })
  expect(networkRequests(library.db)).toEqual([])
}

describe('a model of the catalog is known by its files', () => {
  test('in a folder, which stays as it is', async () => {
    await isTalker(folderWith('any name', { ...files, 'README.md': 'more' }))
    expect(existsSync(path.join(made('any name'), 'onnx/weights.bin'))).toBe(true)
  })
  test('all in one folder, without those they belong into', () => isTalker(folderWith('flat', { 'weights.bin': files['onnx/weights.bin'], 'config.json': files['config.json'] })))
  test('in a zip', () => isTalker(zip(asEntries(files))))
  test('in a zip with a folder in it, and what a Mac adds', () => isTalker(zip([...asEntries(files, 'talker-1.0/'), { name: '__MACOSX/._config.json', bytes: Buffer.from('x') }, { name: 'talker-1.0/.gitattributes', bytes: Buffer.from('x') }])))
  test.each(['model.tar', 'model.tar.gz', 'model.tgz', 'no ending'])('in a tar: %s', async (name) => {
    await create({ file: made(name), cwd: folderWith('talker-1.0'), gzip: name.endsWith('gz') }, ['.'])
    await isTalker(made(name))
  })

  test('and with a flipped bit it is refused, whatever it is packed in', async () => {
    const flipped = Buffer.from(files['onnx/weights.bin'])
    flipped[12_345]! ^= 4
    const changed = { ...files, 'onnx/weights.bin': flipped }
    for (const source of [folderWith('flipped', changed), zip(asEntries(changed))]) {
      await expect(importFrom(source)).rejects.toMatchObject(damaged(`"onnx/weights.bin" is damaged: its SHA-256 is ${sha256(flipped)} and should be ${sha256(files['onnx/weights.bin'])}.`))
    }
    expect(readdirSync(library.paths.models)).toEqual([])
  })

  test('and one of one file that is cut is refused', async () => {
    const lone = testSpec('lone', { 'ggml-lone.bin': seededBytes(1000, 2) })
    await expect(importFrom(folderWith('lone', { 'ggml-lone.bin': seededBytes(900, 2) }), { models: [lone] })).rejects.toMatchObject(damaged('"ggml-lone.bin" has 900 bytes where it should have 1000.'))
  })
})

describe('an archive is refused that', () => {
  const bytes = Buffer.from('{}')
  test.each(['../config.json', 'a/../../config.json', '/config.json', 'C:/config.json', 'a\\..\\..\\config.json'])('has a file "%s"', async (name) => {
    await expect(importFrom(zip([...asEntries(files), { name, bytes }]))).rejects.toMatchObject(damaged('unsafe'))
    expect(readdirSync(library.folder).sort()).toEqual(['library', 'model.zip'])
  })

  test('has links, in a zip', async () => {
    await expect(importFrom(zip([{ name: 'config.json', bytes: Buffer.from('/etc/passwd'), mode: 0o120777 }]))).rejects.toMatchObject(damaged('"config.json" in the archive is a link'))
  })

  test('has links, in a tar', async () => {
    const folder = folderWith('linked')
    symlinkSync('/etc/passwd', path.join(folder, 'tokenizer.json'))
    await create({ file: made('symbolic.tar'), cwd: folder }, ['.'])
    await expect(importFrom(made('symbolic.tar'))).rejects.toMatchObject(damaged('is a link or a device'))
    const hard = folderWith('hard')
    linkSync(path.join(hard, 'config.json'), path.join(hard, 'tokenizer.json'))
    await create({ file: made('hard.tar.gz'), cwd: hard, gzip: true }, ['.'])
    await expect(importFrom(made('hard.tar.gz'))).rejects.toMatchObject(damaged('is a link or a device'))
  })

  test('has a file outside of it, in a tar', async () => {
    const folder = folderWith('outside/inside')
    writeFileSync(made('outside/secret.json'), '{}')
    await create({ file: made('outside.tar'), cwd: folder, preservePaths: true }, ['.', '../secret.json'])
    await expect(importFrom(made('outside.tar'))).rejects.toMatchObject(damaged('the archive has a file "../secret.json"'))
  })

  test('becomes far more than it was', async () => {
    const bomb = Buffer.alloc(9 * 1024 * 1024)
    await expect(importFrom(zip([{ name: 'model.onnx', bytes: bomb }]))).rejects.toMatchObject(damaged('More comes out of the archive than a model can hold.'))
    await expect(importFrom(zip([{ name: 'model.onnx', bytes: bomb, saysBytes: 5000 }]))).rejects.toMatchObject({ code: 'MODEL_DAMAGED' })
    await create({ file: made('bomb.tgz'), cwd: folderWith('bomb', { 'model.onnx': bomb }), gzip: true }, ['.'])
    await expect(importFrom(made('bomb.tgz'))).rejects.toMatchObject({ code: 'MODEL_DAMAGED' })
  })

  test('has no room here', async () => {
    await expect(importFrom(zip(asEntries(files)), { freeBytes: 1000 })).rejects.toMatchObject({ code: 'DISK_FULL' })
    await expect(importFrom(folderWith('roomy'), { freeBytes: 1000 })).rejects.toMatchObject({ code: 'DISK_FULL', message: expect.stringContaining('(30020 bytes)') as string })
  })

  test('is cut in the middle of a file, with gzip or without', async () => {
    const folder = folderWith('large', { ...files, 'onnx/weights.bin': seededBytes(2_000_000, 4) })
    for (const name of ['cut.tar', 'cut.tgz']) {
      await create({ file: made(name), cwd: folder, gzip: name.endsWith('gz') }, ['.'])
      truncateSync(made(name), 1_000_000)
      await expect(importFrom(made(name))).rejects.toMatchObject(damaged(`"${name}" can not be unpacked`))
    }
    expect(readdirSync(library.paths.models)).toEqual([])
  })

  test('goes on without end after its end', async () => {
    writeFileSync(made('zeros.tgz'), gzipSync(Buffer.alloc(64 * 1024 * 1024)))
    await expect(importFrom(made('zeros.tgz'))).rejects.toMatchObject({ code: 'MODEL_DAMAGED' })
  })

  test('has a file in it that is not what was packed, in a zip', async () => {
    const content = zipOf(asEntries(files))
    content[15_000]! ^= 1
    writeFileSync(made('flipped.zip'), content)
    await expect(importFrom(made('flipped.zip'))).rejects.toMatchObject(damaged('"onnx/weights.bin" in it is not what was packed'))
  })

  test('is cut, or none', async () => {
    const whole = zipOf(asEntries(files))
    for (const [name, content] of [['cut.zip', whole.subarray(0, whole.length - 40)], ['cut.tgz', Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3])], ['page.bin', Buffer.from('<html>')]] as const) {
      writeFileSync(made(name), content)
      await expect(importFrom(made(name))).rejects.toMatchObject({ code: 'MODEL_DAMAGED' })
    }
    expect(readdirSync(library.paths.models)).toEqual([])
  })
})

test('a folder with links in it is refused, and one that is not there or holds nothing is said to be so', async () => {
  const folder = folderWith('linked')
  symlinkSync('/etc/passwd', path.join(folder, 'merges.txt'))
  await expect(importFrom(folder)).rejects.toMatchObject(damaged('"merges.txt" is a link'))
  await expect(importFrom(made('nowhere'))).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(importFrom(folderWith('notes', { 'notes.txt': 'x' }))).rejects.toMatchObject(damaged('holds no model that can be used'))
})

describe.skipIf(!existsSync(shared))('a model that is in no catalog (skipped without the shared models)', () => {
  const look = (id: string) => lookAtModel(installed(id), { catalog: { updated: '2026-11-21', models: [] }, signal: never })
  const cases = [
    { name: 'picture-text-standin', spec: { task: 'pictures', dimensions: 512, contextLength: 77, pooling: 'own', picture: { width: 224, height: 224, resize: 'shortest-edge', filter: 'bicubic' } }, roles: { vision: 'onnx/vision_model.onnx', text: 'onnx/text_model.onnx' } },
    { name: 'sentence-standin', spec: { task: 'text', dimensions: 50, contextLength: 512, pooling: 'mean', picture: null }, roles: { model: 'onnx/model.onnx' } },
    { name: 'vad', spec: { task: 'voice', dimensions: null }, roles: { model: 'silero_vad.onnx' } },
    { name: 'whisper', spec: { task: 'speech', dimensions: null, languages: ['*'] }, roles: { model: 'for-tests-ggml-tiny.bin' } },
  ]
  test.each(cases)('is known by its own files and named after its folder: $name', async ({ name, spec, roles }) => {
    expect(await importFrom(path.join(shared, 'models', name))).toBe(name)
    expect(await look(name)).toMatchObject({ kind: 'installed', from: 'disk', model: { spec: { id: name, tier: null, licence: 'unknown', ...spec }, variant: { roles } } })
    await expect(importFrom(path.join(shared, 'models', name))).rejects.toMatchObject({ code: 'USAGE', message: `There is a model "${name}" already.` })
  })

  test('can be carried from one library to the next: notes that come with it are not believed', async () => {
    const carried = made('carried')
    cpSync(path.join(shared, 'models/sentence-standin'), carried, { recursive: true })
    writeFileSync(path.join(carried, MANIFEST_FILE), '{"files": [{"path": "../../secret"}]}')
    expect(await importFrom(carried)).toBe('carried')
    expect(await look('carried')).toMatchObject({ kind: 'installed', from: 'disk', model: { spec: { task: 'text' } } })
  })

  test('can be put there by hand, without any notes', async () => {
    cpSync(path.join(shared, 'models/sentence-standin'), installed('My sentences'), { recursive: true })
    expect(await look('My sentences')).toMatchObject({ kind: 'installed', from: 'by-hand', verifiedMs: null, model: { spec: { id: 'My sentences', task: 'text', dimensions: 50 } } })
  })

  test('is named after its folder in an archive, and after the archive where it has none', async () => {
    await create({ file: made('packed.tgz'), cwd: path.join(shared, 'models'), gzip: true }, ['sentence-standin'])
    expect(await importFrom(made('packed.tgz'))).toBe('sentence-standin')
    await create({ file: made('My Words.tar'), cwd: path.join(shared, 'models/sentence-standin') }, ['.'])
    expect(await importFrom(made('My Words.tar'))).toBe('my-words')
  })

  test('can be a single file', async () => {
    expect(await importFrom(path.join(shared, 'models/whisper/for-tests-ggml-tiny.bin'))).toBe('for-tests-ggml-tiny')
  })
})

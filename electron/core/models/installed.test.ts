import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ModelTier } from '../../contract/models.ts'
import type { Settings } from '../../contract/settings.ts'
import { usualSettings } from '../../contract/settings.ts'
import type { Embedder, Inference, Models, SearchedModels, Transcriber, VoiceDetector } from '../ports.ts'
import { testSpec } from './install/test-hub.ts'
import { createModels } from './installed.ts'
import { writeManifest } from './manifest.ts'
import type { InstalledModel, ModelSpec } from './model-spec.ts'
import { vectorSpace } from './model-spec.ts'

const shared = process.env['SCENEDEX_SHARED'] ?? path.join(import.meta.dirname, '..', '..', '..', '..', 'shared')
const weights = Buffer.from('weights')
const named = (model: InstalledModel): Embedder & Transcriber & VoiceDetector => {
  const never = (): never => { throw new Error('nobody asks') }
  return { id: vectorSpace(model), dimensions: 1, embed: never, transcribe: never, hear: never }
}
const inference: Pick<Inference, 'embedder' | 'voiceDetector' | 'transcriber'> = { embedder: named, voiceDetector: named, transcriber: named }

let folder: string
let chosen: Settings['models']
let models: Models & SearchedModels
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'scenedex-installed-'))
  chosen = usualSettings.models
  models = createModels({ folder, inference, catalog: { updated: '2026-11-21', models: [] }, settings: () => chosen })
})
afterEach(() => { rmSync(folder, { recursive: true, force: true }) })

async function install(id: string, change: Partial<ModelSpec> = {}): Promise<void> {
  const spec = testSpec(id, { 'weights.bin': weights }, change)
  mkdirSync(path.join(folder, id))
  writeFileSync(path.join(folder, id, 'weights.bin'), weights)
  await writeManifest(path.join(folder, id), {
    spec, from: 'network', installedMs: 1, verifiedMs: 1, files: [{ path: 'weights.bin', bytes: weights.length, sha256: '0'.repeat(64) }], variants: ['fp32'], variant: 'fp32', provider: 'cpu', measures: [],
  })
}

const text = (tier: ModelTier | null) => ({ task: 'text', tier }) as const

describe('the model that works for a task', () => {
  test('is none where there is none, also without a folder', async () => {
    expect([await models.pictures(), await models.text(), await models.voice(), await models.speech()]).toEqual([null, null, null, null])
    rmSync(folder, { recursive: true })
    expect(await models.text()).toBeNull()
  })

  test('has another edition whenever a model came, went or was changed, also beside a file that is no model', async () => {
    writeFileSync(path.join(folder, 'notes.txt'), 'mine')
    const editions = [await models.edition()]
    await install('small', text('small'))
    editions.push(await models.edition())
    expect(await models.edition()).toBe(editions[1])
    writeFileSync(path.join(folder, 'small', 'another.bin'), 'weights')
    editions.push(await models.edition())
    rmSync(path.join(folder, 'small'), { recursive: true })
    editions.push(await models.edition())
    expect(new Set(editions).size).toBe(4)
  })

  test('is the best that is installed, until the person chooses another one, or puts one of their own there', async () => {
    await install('small', text('small'))
    expect((await models.text())?.id).toBe('small/fp32')
    await install('best', text('best'))
    await install('balanced', text('balanced'))
    expect((await models.text())?.id).toBe('best/fp32')
    chosen = { ...chosen, text: 'small' }
    expect((await models.text())?.id).toBe('small/fp32')
    chosen = { ...chosen, text: 'gone' }
    expect((await models.text())?.id).toBe('best/fp32')
    await install('own', text(null))
    expect((await models.text())?.id).toBe('own')
  })

  test('has all that it requires', async () => {
    await install('talker', { requires: ['ears'] })
    expect(await models.speech()).toBeNull()
    await install('any-ears', { task: 'voice', tier: null })
    expect((await models.speech())?.id).toBe('talker/fp32')
    expect((await models.voice())?.id).toBe('any-ears')
  })

  test('is not one that is broken, and a broken one stops no other', async () => {
    await install('best', text('best'))
    await install('small', text('small'))
    writeFileSync(path.join(folder, 'best/weights.bin'), 'cut')
    expect((await models.text())?.id).toBe('small/fp32')
    writeFileSync(path.join(folder, 'small/scenedex-model.json'), '{')
    expect(await models.text()).toBeNull()
  })

  test('is not one whose notes name files outside of its folder', async () => {
    await install('sly', text('best'))
    const spec = testSpec('sly', { '../../secret': weights }, text('best'))
    await writeManifest(path.join(folder, 'sly'), { spec, from: 'disk', installedMs: 1, verifiedMs: 1, files: [], variants: ['fp32'], variant: 'fp32', provider: 'cpu', measures: [] })
    expect(await models.text()).toBeNull()
  })

  test('is asked for by the name of its vectors as long as it is here', async () => {
    await install('old', text('small'))
    await install('new', text('best'))
    expect((await models.embedderOf('old/fp32'))?.id).toBe('old/fp32')
    expect(await models.embedderOf('old')).toBeNull()
    rmSync(path.join(folder, 'old'), { recursive: true })
    expect(await models.embedderOf('old/fp32')).toBeNull()
  })
})

describe.skipIf(!existsSync(shared))('a folder that somebody has put there (skipped without the shared models)', () => {
  test('works, unless it is a link', async () => {
    const standin = path.join(shared, 'models/sentence-standin')
    symlinkSync(standin, path.join(folder, 'linked'), 'dir')
    expect(await models.text()).toBeNull()
    cpSync(standin, path.join(folder, 'mine'), { recursive: true })
    expect((await models.text())?.id).toBe('mine')
  })

  test('does not work with a link in it', async () => {
    cpSync(path.join(shared, 'models/sentence-standin'), path.join(folder, 'mine'), { recursive: true })
    symlinkSync('/etc/passwd', path.join(folder, 'mine/merges.txt'))
    expect(await models.text()).toBeNull()
  })
})

import { cpSync, existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { testFolder } from '../store/test-library.ts'
import { lookAtModel } from './models-folder.ts'
import { verifyModel } from './verify.ts'

const shared = process.env['SCENEDEX_SHARED'] ?? path.join(import.meta.dirname, '..', '..', '..', '..', 'shared')
const never = new AbortController().signal
const look = (folder: string) => lookAtModel(folder, { catalog: { updated: '2026-11-21', models: [] }, signal: never })

function byHand(name: string): string {
  const folder = path.join(testFolder(), name)
  cpSync(path.join(shared, 'models', name), folder, { recursive: true })
  return folder
}

describe.skipIf(!existsSync(shared))('a model that was put here by hand (skipped without the shared models)', () => {
  test('is read, and nobody says that it was compared', async () => {
    const folder = byHand('sentence-standin')
    const model = await look(folder)
    expect(await verifyModel(model, () => 1, never)).toMatchObject({ isWhole: true, isCompared: false })
    writeFileSync(path.join(folder, 'config.json'), `${readFileSync(path.join(folder, 'config.json'), 'utf8')}\n`)
    expect(await verifyModel(model, () => 1, never)).toMatchObject({ isWhole: false, isCompared: false, files: expect.arrayContaining([expect.objectContaining({ path: 'config.json', state: 'changed' })]) as unknown[] })
  })

  test.each(['sentence-standin', 'whisper'])('is not whole with a link in its folder: %s', async (name) => {
    const folder = byHand(name)
    const model = await look(folder)
    symlinkSync('/etc/passwd', path.join(folder, 'more.txt'))
    const check = await verifyModel(model, () => 1, never)
    expect(check.isWhole).toBe(false)
    expect(check.files.map(({ state }) => state)).toContain('unsafe')
  })
})

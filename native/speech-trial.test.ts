import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { ModelSpec } from '../electron/core/models/model-spec.ts'
import { models, never, sentenceStandin } from './onnx/test-models.ts'
import { trySpeechModel } from './speech-trial.ts'
import { locateWhisper } from './whisper/locate.ts'
import { writeNonsenseModel } from './whisper/test-model.ts'
import { createTranscriber } from './whisper/transcriber.ts'

const weightless = path.join(models, 'whisper', 'for-tests-ggml-tiny.bin')

function hasWhisper(): boolean {
  try {
    return existsSync(locateWhisper())
  } catch {
    return false // not built here
  }
}

describe.skipIf(!existsSync(weightless))('trying a speech model out (skipped without the shared models)', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'scenedex-speech-trial-'))
  const nonsense = path.join(folder, 'nonsense.bin')
  beforeAll(() => { writeNonsenseModel(weightless, nonsense) })
  afterAll(() => { rmSync(folder, { recursive: true }) })

  const specOf = (files: Record<string, string>): ModelSpec => ({
    ...sentenceStandin().spec, id: 'whisper-nonsense', task: 'speech', dimensions: null,
    variants: Object.entries(files).map(([name, file]) => ({
      name, isUsual: name === 'q5', roles: { model: file }, files: [{ path: file, url: `urn:by-hand:${file}`, bytes: statSync(path.join(folder, file)).size, sha256: null }],
    })),
  })
  const trial = (spec: ModelSpec) => trySpeechModel({ folder, spec, variants: spec.variants.map(({ name }) => name), signal: never }, createTranscriber)

  it.skipIf(!hasWhisper())('lets it hear a second of noise and measures that (skipped without whisper-cli)', async () => {
    const { variant, provider, measures } = await trial(specOf({ fp16: 'nonsense.bin' }))
    expect([variant, provider]).toEqual(['fp16', 'whisper-cli'])
    expect(measures).toMatchObject([{ variant: 'fp16', provider: 'whisper-cli', note: 'one window of 30 s, with the loading of the model' }])
    expect(measures[0]!.itemsPerSecond).toBeGreaterThan(0)
  })

  it('says that it was not tried where whisper.cpp is missing, and uses the usual variant', async () => {
    vi.stubEnv('SCENEDEX_WHISPER_CLI', path.join(folder, 'nowhere'))
    try {
      const { variant, measures } = await trial(specOf({ fp16: 'nonsense.bin', q5: 'nonsense.bin' }))
      expect(variant).toBe('q5')
      expect(measures.map(({ itemsPerSecond, note }) => [itemsPerSecond, note])).toEqual([[null, 'not tried: whisper.cpp was not found.'], [null, 'not tried: whisper.cpp was not found.']])
    } finally {
      vi.unstubAllEnvs()
    }
  })

  it('refuses what is no whisper model, is cut off, or is not there', async () => {
    writeFileSync(path.join(folder, 'page.bin'), '<html>Sign in to go on</html>')
    await expect(trial(specOf({ fp16: 'page.bin' }))).rejects.toMatchObject({ code: 'MODEL_DAMAGED', message: 'The model whisper-nonsense can not be used: page.bin is no whisper model.' })
    const spec = specOf({ fp16: 'nonsense.bin' })
    const whole = readFileSync(nonsense)
    writeFileSync(nonsense, whole.subarray(0, 100_000))
    await expect(trial(spec)).rejects.toMatchObject({ code: 'MODEL_DAMAGED', message: `The model whisper-nonsense can not be used: nonsense.bin has 100000 bytes, and should have ${whole.length}.` })
    rmSync(nonsense)
    await expect(trial(spec)).rejects.toMatchObject({ code: 'MODEL_DAMAGED', message: `The model whisper-nonsense can not be used: ${nonsense} is not there.` })
    writeFileSync(nonsense, whole)
  })
})

import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { InstalledModel, ModelSpec } from '../../electron/core/models/model-spec.ts'
import type { Inference } from '../../electron/core/ports.ts'
import { models, never, pictureStandin, sentenceStandin, silero, testInference } from './test-models.ts'

describe.skipIf(!existsSync(models))('trying a model out (skipped without the shared models)', () => {
  const root = mkdtempSync(path.join(tmpdir(), 'scenedex-trial-'))
  const folder = path.join(root, 'sentences')
  const file = path.join(folder, 'onnx', 'model.onnx')
  const whole = path.join(models, 'sentence-standin')
  let inference: Inference
  beforeAll(() => { inference = testInference() })
  beforeEach(() => {
    rmSync(folder, { recursive: true, force: true })
    cpSync(whole, folder, { recursive: true })
  })
  afterAll(async () => {
    await inference.close()
    rmSync(root, { recursive: true })
  })

  const trial = ({ folder: where, spec }: InstalledModel) => inference.tryOut(where, spec, { variants: spec.variants.map(({ name }) => name), signal: never })

  it.each([['pictures', pictureStandin()], ['texts', sentenceStandin()], ['voices', silero()]])('measures how many %s a second the processor can do', async (_, model) => {
    const { variant, measures } = await trial(model)
    expect(variant).toBe('fp32')
    const byProcessor = measures.find(({ provider }) => provider === 'cpu')!
    expect(byProcessor).toMatchObject({ variant: 'fp32', note: '' })
    expect(byProcessor.itemsPerSecond).toBeGreaterThan(0)
  })

  it('uses the variant that works, and keeps why another one does not', async () => {
    copyFileSync(file, path.join(folder, 'onnx', 'model_int8.onnx'))
    writeFileSync(file, readFileSync(file).subarray(0, 1_000_000))
    const model = sentenceStandin(folder)
    const quick = { ...model.variant, name: 'int8', roles: { model: 'onnx/model_int8.onnx' } }
    const { variant, measures } = await trial({ ...model, spec: { ...model.spec, variants: [model.variant, quick] } })
    expect(variant).toBe('int8')
    expect(measures[0]).toMatchObject({ variant: 'fp32', provider: 'cpu', itemsPerSecond: null })
    expect(measures[0]!.note).toContain(`${file} can not be opened with cpu (Load model from ${file} failed:Protobuf parsing failed.)`)
  })

  it('says what is damaged where nothing works', async () => {
    const damage: [string, Partial<ModelSpec>, () => void][] = [
      ['can not be opened', {}, () => { writeFileSync(file, '') }],
      ['can not be opened', {}, () => { writeFileSync(file, '<html>Sign in to go on</html>') }],
      ['can not be opened', {}, () => { writeFileSync(file, readFileSync(file).subarray(0, 3_000_000)) }],
      ['is not there', {}, () => { rmSync(file) }],
      ['its vectors have 50 numbers, and its description says 384', { dimensions: 384 }, () => undefined],
      ['it gives last_hidden_state, and none of them is a vector', { pooling: 'own' }, () => undefined],
      ['it gives output, stateN, and none of them is a vector', {}, () => { copyFileSync(path.join(models, 'vad', 'silero_vad.onnx'), file) }],
      ['it wants an input "pixel_values", which nobody here knows', { pooling: 'own' }, () => { copyFileSync(path.join(models, 'picture-text-standin', 'onnx', 'vision_model.onnx'), file) }],
      ['tokenizer.json is missing', {}, () => { rmSync(path.join(folder, 'tokenizer.json')) }],
    ]
    for (const [said, spec, doIt] of damage) {
      rmSync(folder, { recursive: true })
      cpSync(whole, folder, { recursive: true })
      doIt()
      await expect(trial(sentenceStandin(folder, spec)), said).rejects.toMatchObject({ code: 'MODEL_DAMAGED', message: expect.stringContaining(said) as string })
    }
  })

  it('says that a picture model wants pictures of another size than its configuration makes', async () => {
    const own = path.join(root, 'pictures')
    cpSync(pictureStandin().folder, own, { recursive: true })
    const config = path.join(own, 'preprocessor_config.json')
    writeFileSync(config, readFileSync(config, 'utf8').replaceAll('224', '256'))
    await expect(trial(pictureStandin(own))).rejects.toMatchObject({
      code: 'MODEL_DAMAGED', message: 'The model picture-standin can not be used: it takes pictures of 224x224, and its preprocessor_config.json makes 256x256.',
    })
  })

  it('says that a voice detector is none', async () => {
    const own = path.join(root, 'voice')
    mkdirSync(own)
    copyFileSync(file, path.join(own, 'silero_vad.onnx'))
    await expect(trial(silero(own))).rejects.toMatchObject({ code: 'MODEL_DAMAGED', message: 'The model silero can not be used: it is no voice detector of Silero\'s, version 5 or later.' })
  })

  it('survives sixteen flipped bits in what describes the graph: each is refused or computes something', async () => {
    const own = path.join(root, 'flipped')
    mkdirSync(own)
    const bytes = readFileSync(path.join(silero().folder, 'silero_vad.onnx'))
    let refused = 0
    for (let flip = 0; flip < 16; flip++) {
      const changed = Buffer.from(bytes)
      const at = 100 + flip * 67 // names, operators and types
      changed[at] = changed[at]! ^ (1 << flip % 8)
      writeFileSync(path.join(own, 'silero_vad.onnx'), changed)
      try {
        await inference.voiceDetector(silero(own)).hear(new Float32Array(512), null, never)
      } catch (error) {
        expect(error).toMatchObject({ code: 'MODEL_DAMAGED' })
        refused++
      }
      await inference.release(own)
    }
    expect(refused).toBeGreaterThan(0)
  })

  it('stops when asked to', async () => {
    const stop = new AbortController()
    const asked = inference.tryOut(pictureStandin().folder, pictureStandin().spec, { variants: ['fp32'], signal: stop.signal })
    stop.abort()
    await expect(asked).rejects.toThrow()
  })
})

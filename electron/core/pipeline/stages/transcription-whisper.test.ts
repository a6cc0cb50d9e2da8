import { existsSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { VideoId } from '../../../contract/ids.ts'
import { createFfmpeg } from '../../../../native/ffmpeg/ffmpeg.ts'
import { createTestMedia } from '../../../../native/ffmpeg/scan/test-media.ts'
import { models as modelsFolder, shared, silero, testInference } from '../../../../native/onnx/test-models.ts'
import { hasWhisper, writeNonsenseModel } from '../../../../native/whisper/test-model.ts'
import { createTranscriber } from '../../../../native/whisper/transcriber.ts'
import type { InstalledModel } from '../../models/model-spec.ts'
import type { StageInput, StageTools } from '../stage.ts'
import { scanTools } from './test-scan-tools.ts'
import { transcription } from './transcription.ts'

const weightless = path.join(modelsFolder, 'whisper', 'for-tests-ggml-tiny.bin')
const jfk = path.join(shared, 'media/speech/jfk.wav')
const media = createTestMedia()
const ffmpeg = createFfmpeg()
const inference = testInference()
afterAll(async () => {
  await inference.close()
  media.remove()
})

function whisperIn(file: string): InstalledModel {
  const usual = silero(media.folder)
  return { ...usual, spec: { ...usual.spec, id: 'nonsense', task: 'speech' }, variant: { ...usual.variant, roles: { model: file } } }
}

function tools(model: InstalledModel): StageTools {
  const none = async (): Promise<null> => null
  const models = { pictures: none, text: none, voice: async () => inference.voiceDetector(silero()), speech: async () => createTranscriber(model), embedderOf: none }
  return { ...scanTools(media.tools), ffmpeg, models }
}

/**
 * There is no model of real words that may lie beside the tests: this one has weights from a dice and says nonsense. What is tested is the way of
 * the sound through the real voice detector, the real program and the guards.
 */
describe.skipIf(!hasWhisper() || !existsSync(weightless))('a speech that the real whisper.cpp hears (skipped without it and without the shared models)', () => {
  let input: StageInput
  beforeAll(async () => {
    writeNonsenseModel(weightless, path.join(media.folder, 'nonsense.bin'))
    const file = media.make('speech.mp4', '-f lavfi -i testsrc=r=5:s=64x36:d=16 -itsoffset 2 -i', [jfk, '-map', '0:v', '-map', '1:a', '-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'aac'])
    input = { id: VideoId.parse(1), path: file, media: await ffmpeg.probe(file, new AbortController().signal), resumeFrom: null, isFirstLook: false }
  })

  it('is through in one chunk: what the guards let pass lies where somebody speaks, the rest is counted', async () => {
    const chunks = await Array.fromAsync(transcription.run(input, tools(whisperIn('nonsense.bin')), new AbortController().signal))
    expect(chunks.map(({ progress }) => progress)).toEqual([1])
    const rows = chunks.flatMap((chunk) => chunk.rows).filter((row) => row.kind === 'segment')
    expect(rows.length > 0 || chunks[0]?.note?.startsWith('left out: ')).toBe(true)
    expect(rows.filter(({ source, startSeconds, endSeconds }) => source !== 'model:nonsense' || startSeconds < 2 || endSeconds > 13.3)).toEqual([])
    expect(rows.filter(({ startSeconds, endSeconds, words }) => words.some(({ start, end }) => start < startSeconds || end > endSeconds))).toEqual([])
  })

  it('is not heard with a file that is no model, which is said with its name', async () => {
    media.make('noise.bin', '-f lavfi -i anoisesrc=d=1 -f s16le')
    await expect(Array.fromAsync(transcription.run(input, tools(whisperIn('noise.bin')), new AbortController().signal))).rejects.toMatchObject({ code: 'MODEL_DAMAGED' })
  })

  it('ends when it is stopped', async () => {
    const stop = new AbortController()
    const model = tools(whisperIn('nonsense.bin'))
    const hearing: StageTools = { ...model, settings: () => {
      // Asked just before the program is started.
      setImmediate(() => { stop.abort(new Error('enough')) })
      return model.settings()
    } }
    await expect(Array.fromAsync(transcription.run(input, hearing, stop.signal))).rejects.toThrow(/enough|aborted/)
  })
})

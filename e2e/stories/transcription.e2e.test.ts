import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { calls } from '../../electron/contract/calls.ts'
import { hasWhisper, writeNonsenseModel } from '../../native/whisper/test-model.ts'
import { scenedex, scenedexJson, temporaryFolder } from '../scenedex.ts'
import { sharedMedia } from '../shared-media.ts'

const { folder, remove } = temporaryFolder('transcription')
const library = path.join(folder, 'library')
const inLibrary = ['--library', library]
const video = path.join(folder, 'kennedy.mp4')
const subtitles = path.join(folder, 'kennedy.en.srt')
const weightless = sharedMedia('..', 'models', 'whisper', 'for-tests-ggml-tiny.bin')
const voice = sharedMedia('..', 'models', 'vad', 'silero_vad.onnx')

afterAll(remove)

interface Seen { speech: string, transcription: string, note: string | null, said: string[] }

async function importAndLook(): Promise<Seen> {
  const { code, stderr } = await scenedex(['import', video, ...inLibrary])
  expect({ code, stderr }).toMatchObject({ code: 0 })
  const { video: { stages }, scenes } = await scenedexJson(calls['library.scenes'].output, ['scenes', video, ...inLibrary])
  const stage = (name: string): { state: string, note: string | null } => stages.find((one) => one.name === name) ?? { state: 'none', note: null }
  const { state: transcription, note } = stage('transcription')
  return { speech: stage('speech').state, transcription, note, said: scenes.flatMap((scene) => scene.said.map(({ text }) => text)) }
}

// A model with weights from a dice: it hears nonsense, but by the way that a real one takes.
describe.skipIf(!hasWhisper() || !existsSync(weightless) || !existsSync(voice))('a video in which somebody speaks (skipped without whisper.cpp and the shared models)', () => {
  beforeAll(() => {
    const picture = ['-f', 'lavfi', '-i', 'testsrc=s=128x72:r=10:d=12']
    execFileSync('ffmpeg', ['-v', 'error', '-y', ...picture, '-i', sharedMedia('speech', 'jfk.wav'), '-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'aac', video])
  })

  it('says that a speech model is missing, where there is none', async () => {
    const { note, ...seen } = await importAndLook()
    expect(seen).toEqual({ speech: 'skipped', transcription: 'skipped', said: [] })
    expect(note).toMatch(/^no speech model: /)
  })

  it('is heard once there is one, by the whole way from the sound to the scenes', async () => {
    mkdirSync(path.join(library, 'models', 'nonsense'), { recursive: true })
    mkdirSync(path.join(library, 'models', 'silero'), { recursive: true })
    writeNonsenseModel(weightless, path.join(library, 'models', 'nonsense', 'ggml-nonsense.bin'))
    copyFileSync(voice, path.join(library, 'models', 'silero', 'silero_vad.onnx'))
    const { speech, transcription, note, said } = await importAndLook()
    expect({ speech, transcription }).toEqual({ speech: 'skipped', transcription: 'done' })
    // What it says is nothing to go by: the guards let it pass or count it.
    expect(said.length > 0 || note?.startsWith('left out: ')).toBe(true)
  })

  it('is not heard any more once it has subtitles, and again when they are gone', async () => {
    writeFileSync(subtitles, '1\n00:00:01,000 --> 00:00:05,000\nAnd so, my fellow Americans\n')
    expect(await importAndLook()).toEqual({ speech: 'done', transcription: 'skipped', note: 'subtitles are there', said: ['And so, my fellow Americans'] })
    rmSync(subtitles)
    const again = await importAndLook()
    expect(again).toMatchObject({ speech: 'skipped', transcription: 'done' })
    expect(again.said).not.toContain('And so, my fellow Americans')
  })
})

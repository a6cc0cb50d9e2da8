import { existsSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { usualSettings } from '../../../contract/settings.ts'
import { SceneId, VideoId } from '../../../contract/ids.ts'
import { createFfmpeg } from '../../../../native/ffmpeg/ffmpeg.ts'
import { createTestMedia } from '../../../../native/ffmpeg/scan/test-media.ts'
import { shared, silero, testInference } from '../../../../native/onnx/test-models.ts'
import { AppError } from '../../errors.ts'
import type { HeardPiece, Transcriber, VoiceDetector } from '../../ports.ts'
import type { SegmentRow } from '../rows.ts'
import { testTranscriber } from '../speech/test-transcriber.ts'
import type { Chunk, StageInput, StageTools } from '../stage.ts'
import { StageSkipped } from '../stage.ts'
import { transcription } from './transcription.ts'
import { scanTools } from './test-scan-tools.ts'

const NEVER = new AbortController().signal
const jfk = path.join(shared, 'media/speech/jfk.wav')
const hasShared = existsSync(jfk)
const media = createTestMedia()
const ffmpeg = createFfmpeg()
const inference = testInference()
afterAll(async () => {
  await inference.close()
  media.remove()
})

/** A video of these sounds one after the other, stored as they are. */
function film(name: string, ...sounds: string[][]): string {
  const inputs = sounds.flatMap((sound) => sound)
  const graph = `${sounds.map((_, index) => `[${String(index + 1)}:a]aresample=16000,aformat=channel_layouts=mono[a${String(index)}];`).join('')}${sounds.map((_, index) => `[a${String(index)}]`).join('')}concat=n=${String(sounds.length)}:v=0:a=1[a]`
  return media.make(name, '-f lavfi -i testsrc=r=1:s=64x36:d=400', [...inputs, '-filter_complex', graph, '-map', '0:v', '-map', '[a]', '-shortest', '-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'pcm_s16le'])
}

const silence = (seconds: number): string[] => ['-f', 'lavfi', '-t', String(seconds), '-i', 'anullsrc=r=16000']
// A chord: loud, and not speech.
const music = (seconds: number): string[] => ['-f', 'lavfi', '-t', String(seconds), '-i', 'aevalsrc=0.15*(sin(2*PI*523*t)+sin(2*PI*659*t)+sin(2*PI*784*t)):s=16000']
const speech = ['-i', jfk]

interface Given { transcriber?: Transcriber | null, voice?: VoiceDetector | null, more?: Partial<StageTools> }

function tools({ transcriber = testTranscriber(), voice = inference.voiceDetector(silero()), more = {} }: Given = {}): StageTools {
  const models = { pictures: async () => null, text: async () => null, voice: async () => voice, speech: async () => transcriber, embedderOf: async () => null }
  return { ...scanTools(media.tools), ffmpeg, models, ...more }
}

async function inputOf(file: string, resumeFrom: string | null = null): Promise<StageInput> {
  return { id: VideoId.parse(1), path: file, media: await ffmpeg.probe(file, NEVER), resumeFrom, isFirstLook: false }
}

async function chunksOf(file: string, stageTools: StageTools, resumeFrom: string | null = null): Promise<Chunk[]> {
  return Array.fromAsync(transcription.run(await inputOf(file, resumeFrom), stageTools, NEVER))
}

const rowsOf = (chunks: Chunk[]): SegmentRow[] => chunks.flatMap(({ rows }) => rows).filter((row) => row.kind === 'segment')

describe.skipIf(!hasShared)('what is said in a video without subtitles, with the real voice detector (skipped without the shared media)', () => {
  let talk: string
  beforeAll(() => { talk = film('talk.mkv', silence(3), speech, music(6), speech, silence(5)) })

  it('is heard where somebody speaks, and nowhere else', async () => {
    const transcriber = testTranscriber()
    const chunks = await chunksOf(talk, tools({ transcriber }))
    const rows = rowsOf(chunks)
    // Two speeches of 11 s, the second of which begins in the 20th second: no piece goes over the music.
    expect(transcriber.asked.map(({ seconds }) => seconds.map(Math.round))).toEqual([[11, 11]])
    const words = rows.flatMap((row) => row.words)
    const isIn = ({ start, end }: { start: number, end: number }): boolean => (start >= 3 && end <= 14.3) || (start >= 19.8 && end <= 31.3)
    expect([words.length > 30, words.every(isIn), rows.every((row) => isIn({ start: row.startSeconds, end: row.endSeconds }))]).toEqual([true, true, true])
    expect(rows[0]).toMatchObject({ source: 'model:test-whisper', language: 'en', words: [{ confidence: 0.9 }, {}, {}, {}, {}, {}] })
    expect(rows[0]!.startSeconds).toBeGreaterThan(3)
    expect(rows[0]!.startSeconds).toBeLessThan(3.5)
    expect(chunks.map(({ replaces, progress, note }) => [replaces, progress, note])).toEqual([[{ from: Number.MIN_SAFE_INTEGER, to: Number.MAX_SAFE_INTEGER }, 1, undefined]])
  })

  it('is nothing where there is silence and music', async () => {
    const transcriber = testTranscriber(() => { throw new Error('there is nothing to be heard') })
    const chunks = await chunksOf(film('no-talk.mkv', silence(5), music(10), silence(2)), tools({ transcriber }))
    expect(chunks.map(({ rows, progress }) => [rows, progress])).toEqual([[[], 1]])
  })

  it('is what the person says how it is to be heard', async () => {
    const transcriber = testTranscriber()
    const settings = { ...usualSettings, speech: { language: 'de', prompt: 'Kennedy', translateToEnglish: true } }
    const rows = rowsOf(await chunksOf(talk, tools({ transcriber, more: { settings: () => settings, othersAtWork: () => true } })))
    expect(transcriber.asked).toMatchObject([{ language: 'de', prompt: 'Kennedy', translateToEnglish: true, temperature: 0, threads: 1 }])
    expect(new Set(rows.map(({ language }) => language))).toEqual(new Set(['en']))
  })

  it('ends with the pictures', async () => {
    const scenes = [{ id: SceneId.parse(1), startPts: 0, endPts: 8000, keyframePath: null, frames: [] }]
    const rows = rowsOf(await chunksOf(talk, tools({ more: { storedScenes: () => scenes } })))
    expect(rows.at(-1)!.endSeconds).toBeLessThanOrEqual(8)
    expect(rows.at(-1)!.endSeconds).toBeGreaterThan(7)
  })
})

describe.skipIf(!hasShared)('a long talk (skipped without the shared media)', () => {
  let talk: string
  let whole: Chunk[]
  const heard = testTranscriber()
  beforeAll(async () => {
    talk = film('long.mkv', ...Array.from({ length: 5 }, () => [speech, silence(4)]).flat(), speech, speech, speech)
    whole = await chunksOf(talk, tools({ transcriber: heard }))
  })

  it('is stored a few pieces at a time, in chunks that cover all time without a gap', () => {
    expect(heard.asked.map(({ seconds }) => seconds.map(Math.round))).toEqual([[11, 11, 11, 11, 11], [24, 8]])
    const spans = whole.map(({ replaces }) => replaces!)
    expect(spans.map(({ from }) => from)).toEqual([Number.MIN_SAFE_INTEGER, ...spans.slice(0, -1).map(({ to }) => to)])
    expect(whole.every((chunk, index) => rowsOf([chunk]).every(({ startSeconds, endSeconds }) => startSeconds >= spans[index]!.from && endSeconds <= spans[index]!.to))).toBe(true)
    expect(whole.map(({ progress }) => progress)).toEqual([...whole.map(({ progress }) => progress)].sort((a, b) => a - b))
    expect(whole.at(-1)!.progress).toBe(1)
  })

  it('goes on where it was killed: to the same words, and nothing is heard twice', async () => {
    for (const [index, { position }] of whole.entries()) {
      const transcriber = testTranscriber()
      const rest = await chunksOf(talk, tools({ transcriber }), position)
      expect(rest).toEqual(index === whole.length - 1 ? [expect.objectContaining({ rows: [], progress: 1 })] : whole.slice(index + 1))
      expect(transcriber.asked).toEqual(heard.asked.slice(index + 1))
    }
  })

  it('says what was left out, and goes on counting after a kill', async () => {
    const says = (piece: HeardPiece): HeardPiece => ({ ...piece, segments: [{ text: ' Thanks for watching!', start: 1, end: 2, words: [] }, ...piece.segments.slice(1)] })
    const chunks = await chunksOf(talk, tools({ transcriber: testTranscriber(says) }))
    const notes = chunks.map(({ note }) => note)
    expect(notes).toEqual(['left out: 5 that nobody said', 'left out: 7 that nobody said'])
    const rest = await chunksOf(talk, tools({ transcriber: testTranscriber(says) }), chunks[0]!.position)
    expect(rest.map(({ note }) => note)).toEqual(notes.slice(1))
    expect(rowsOf(chunks).some(({ text }) => text.includes('Thanks'))).toBe(false)
  })

  it('stops within one piece, whoever is at work', async () => {
    const stop = new AbortController()
    const stopping = testTranscriber((piece) => {
      stop.abort(new Error('enough'))
      return piece
    })
    await expect(Array.fromAsync(transcription.run(await inputOf(talk), tools({ transcriber: stopping }), stop.signal))).rejects.toThrow('enough')
    expect(stopping.asked.map(({ seconds }) => seconds.length)).toEqual([expect.any(Number)])

    const early = new AbortController()
    const listening: VoiceDetector = { id: 'stopping', hear: async (samples, state, signal) => {
      early.abort(new Error('too soon'))
      return inference.voiceDetector(silero()).hear(samples, state, signal)
    } }
    const transcriber = testTranscriber()
    await expect(Array.fromAsync(transcription.run(await inputOf(talk), tools({ transcriber, voice: listening }), early.signal))).rejects.toThrow('too soon')
    expect(transcriber.asked).toEqual([])
  })
})

describe('the stage is skipped and says why', () => {
  const spoken = (): Promise<StageInput> => inputOf(media.make('spoken.mp4', '-f lavfi -i testsrc=r=5:s=64x36:d=1 -f lavfi -i sine=d=1 -c:v libx264 -c:a aac'))
  const skipped = async (input: StageInput, stageTools: StageTools): Promise<unknown> => {
    try {
      return await Array.fromAsync(transcription.run(input, stageTools, NEVER))
    } catch (error) {
      return error
    }
  }
  const subtitle = { source: 'embedded:2', language: 'en', startSeconds: 0, endSeconds: 1, text: 'Hello', words: [] }

  it('where there are subtitles, but not over what it has stored itself', async () => {
    const input = await spoken()
    expect(await skipped(input, tools({ more: { storedSegments: () => [subtitle] } }))).toEqual(new StageSkipped('subtitles are there'))
    expect(await skipped(input, tools({ transcriber: null, more: { storedSegments: () => [{ ...subtitle, source: 'model:whisper-base/q5' }] } }))).toMatchObject({ code: 'MODEL_MISSING', message: 'no speech model: what is said is known where there are subtitles' })
  })

  it('without sound, without a model for voices', async () => {
    const mute = await inputOf(media.make('mute.mp4', '-f lavfi -i testsrc=r=5:s=64x36:d=1 -c:v libx264'))
    expect(await skipped(mute, tools())).toEqual(new StageSkipped('no sound'))
    expect(await skipped(await spoken(), tools({ voice: null }))).toMatchObject({ code: 'MODEL_MISSING', message: 'no voice model: it tells the speech model where somebody speaks' })
  })

  it.skipIf(!hasShared)('without the program, as if there was no model (skipped without the shared media)', async () => {
    const missing = testTranscriber(() => { throw new AppError('TOOL_MISSING', { message: 'whisper-cli was not found.', hint: 'Run npm install.' }) })
    expect(await skipped(await inputOf(film('short.mkv', speech)), tools({ transcriber: missing }))).toMatchObject({ code: 'MODEL_MISSING', message: 'whisper-cli was not found.', hint: 'Run npm install.' })
  })
})

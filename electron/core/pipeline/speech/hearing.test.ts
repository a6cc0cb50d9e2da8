import { describe, expect, it } from 'vitest'
import type { HeardPiece } from '../../ports.ts'
import type { Ask, PieceOfSound } from './hearing.ts'
import { Hearing, majorityOf, noteOf } from './hearing.ts'
import { testTranscriber } from './test-transcriber.ts'

const NEVER = new AbortController().signal

/** A hum of so many seconds, all of it speech as far as anybody knows. */
function hum(seconds: number): PieceOfSound {
  return { samples: new Float32Array(seconds * 16_000).fill(0.25), seconds, voice: [{ start: 0, end: seconds }] }
}

function ask(transcriber: Ask['transcriber'], more: Partial<Ask> = {}): Ask {
  return { transcriber, language: null, prompt: '', translateToEnglish: false, threads: 1, ...more }
}

const nothing = { votes: {}, leftOut: {} }
const loop = (piece: HeardPiece): HeardPiece => ({ ...piece, segments: piece.segments.map((segment) => ({ ...segment, text: ' and so and so and so and so and so and so' })) })
const textOf = ({ segments }: { segments: { text: string }[] }): string => segments.map(({ text }) => text.trim()).join(' ')

describe('what the guards refuse', () => {
  it('is asked for again at higher temperatures, and only that', async () => {
    const transcriber = testTranscriber((piece, { temperature, pieces }) => pieces[piece.index]?.length === 64_000 && temperature < 0.8 ? loop(piece) : piece)
    const hearing = new Hearing(ask(transcriber), nothing, NEVER)
    const said = await hearing.hear([hum(3), hum(4), hum(5)])
    expect(transcriber.asked.map(({ temperature, seconds }) => [temperature, seconds])).toEqual([[0, [3, 4, 5]], [0.4, [4]], [0.8, [4]]])
    expect(textOf(said[1]!)).toBe('c0 c1 c2 c3 c4 c5. c6 c7.')
    expect(noteOf(hearing.leftOut)).toBeNull()
  })

  it('is left out and counted when it stays so, with what was counted before', async () => {
    const always = new Hearing(ask(testTranscriber(loop)), { votes: {}, leftOut: { 'repeated': 1, 'on-silence': 2 } }, NEVER)
    expect((await always.hear([hum(3)])).map(textOf)).toEqual([''])
    expect(noteOf(always.leftOut)).toBe('left out: 2 repeated, 2 on silence')
  })

  it('of several attempts of which none is right the one is taken that leaves most', async () => {
    const partly = testTranscriber((piece, { temperature }) => ({ ...piece, segments: [...piece.segments.slice(0, temperature === 0.4 ? 1 : 0), ...loop(piece).segments] }))
    const [said] = await new Hearing(ask(partly), nothing, NEVER).hear([hum(3)])
    expect(textOf(said!)).toBe('c0 c1 c2 c3 c4 c5.')
  })
})

describe('the language', () => {
  const spoken = (of: (seconds: number) => string): ReturnType<typeof testTranscriber> => testTranscriber((piece, { pieces, language }) =>
    ({ ...piece, language: language ?? of((pieces[piece.index]?.length ?? 0) / 16_000) }))

  it('is found out for each piece, and may change within a video', async () => {
    const said = await new Hearing(ask(spoken((seconds) => seconds === 4 ? 'de' : 'en')), nothing, NEVER).hear([hum(6), hum(4), hum(5)])
    expect(said.map(({ language }) => language)).toEqual(['en', 'de', 'en'])
  })

  it('of less than three seconds of speech is the one that was spoken most', async () => {
    const transcriber = spoken((seconds) => seconds < 3 ? 'cy' : 'en')
    const hearing = new Hearing(ask(transcriber), nothing, NEVER)
    const said = await hearing.hear([hum(1), hum(6)])
    expect(said.map(({ language }) => language)).toEqual(['en', 'en'])
    expect(transcriber.asked.map(({ language, seconds }) => [language, seconds])).toEqual([[null, [6]], ['en', [1]]])
    expect(majorityOf(hearing.votes)).toBe('en')
  })

  it('of the first words of a video is found out, however short they are', async () => {
    const transcriber = spoken(() => 'fr')
    expect((await new Hearing(ask(transcriber), nothing, NEVER).hear([hum(1)]))[0]?.language).toBe('fr')
    expect(transcriber.asked[0]?.language).toBeNull()
  })

  it('that the person says is not asked about', async () => {
    const transcriber = spoken(() => 'fr')
    await new Hearing(ask(transcriber, { language: 'nl', prompt: 'Scheveningen', translateToEnglish: true }), nothing, NEVER).hear([hum(1), hum(6)])
    expect(transcriber.asked).toEqual([{ language: 'nl', prompt: 'Scheveningen', translateToEnglish: true, temperature: 0, threads: 1, seconds: [1, 6] }])
  })
})

it('nothing is heard once it was stopped', async () => {
  const stop = new AbortController()
  const transcriber = testTranscriber((piece) => {
    stop.abort(new Error('enough'))
    return piece
  })
  await expect(new Hearing(ask(transcriber), nothing, stop.signal).hear([hum(3), hum(3)])).rejects.toThrow('enough')
  expect(transcriber.asked).toHaveLength(1)
})

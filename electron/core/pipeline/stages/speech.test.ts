import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { usualSettings } from '../../../contract/settings.ts'
import { SceneId, VideoId } from '../../../contract/ids.ts'
import { createFfmpeg } from '../../../../native/ffmpeg/ffmpeg.ts'
import { locateTools } from '../../../../native/ffmpeg/locate.ts'
import { runToEnd } from '../../../../native/ffmpeg/process.ts'
import { createPictures } from '../../../../native/pictures/sharp-pictures.ts'
import type { SegmentRow } from '../rows.ts'
import type { Chunk, StageInput, StageTools } from '../stage.ts'
import { StageSkipped } from '../stage.ts'
import { speech } from './speech.ts'

const NEVER = new AbortController().signal
const nasa = path.join(process.env['SCENEDEX_SHARED'] ?? path.resolve(import.meta.dirname, '../../../../../shared'), 'media/videos/nasa_13013.mp4')
const folder = mkdtempSync(path.join(tmpdir(), 'scenedex-speech-'))
const ffmpeg = createFfmpeg()
afterAll(() => { rmSync(folder, { recursive: true }) })

let folders = 0
let picture: Promise<string> | null = null

async function make(args: string[]): Promise<void> {
  const { code, stderr } = await runToEnd({ program: locateTools().ffmpeg, args: ['-v', 'error', '-y', ...args], signal: NEVER })
  if (code !== 0) throw new Error(stderr.join('\n'))
}

async function pictureOnly(): Promise<string> {
  const file = path.join(folder, 'picture.mkv')
  await make(['-f', 'lavfi', '-i', 'testsrc=s=64x64:r=10:d=4', '-c:v', 'libx264', '-threads', '1', file])
  return file
}

/** A folder of its own with a four-second video in it, subtitle files beside it, and tracks in it. */
async function video(beside: Record<string, string>, tracks: { text: string, language: string, disposition?: string }[] = []): Promise<string> {
  folders += 1
  const own = path.join(folder, String(folders))
  mkdirSync(own)
  for (const [name, text] of Object.entries(beside)) writeFileSync(path.join(own, name), text)
  const inputs = tracks.flatMap((track, index) => {
    const file = path.join(folder, `${String(folders)}-${String(index)}.srt`)
    writeFileSync(file, track.text)
    return ['-i', file]
  })
  const outputs = tracks.flatMap((track, index) => ['-map', String(index + 1), `-metadata:s:s:${String(index)}`, `language=${track.language}`, `-disposition:s:${String(index)}`, track.disposition ?? '0'])
  const file = path.join(own, 'film.mkv')
  await make(['-i', await (picture ??= pictureOnly()), ...inputs, '-map', '0', ...outputs, '-c:v', 'copy', '-c:s', 'srt', file])
  return file
}

function srt(...texts: string[]): string {
  return texts.map((text, index) => `${String(index + 1)}\n00:00:0${String(index)},000 --> 00:00:0${String(index + 1)},000\n${text}\n`).join('\n')
}

const unused = (): never => { throw new Error('speech does not ask for this') }

function tools(log: string[] = [], endPts: number | null = null): StageTools {
  const note = (text: string): void => { log.push(text) }
  return {
    ffmpeg,
    pictures: createPictures(),
    models: { pictures: unused, text: unused, voice: unused, speech: unused, embedderOf: unused },
    clock: { now: Date.now, monotonic: () => performance.now(), sleep: unused },
    log: { info: note, warn: note, error: note },
    threads: null,
    othersAtWork: () => false,
    storedScenes: () => endPts === null ? [] : [{ id: SceneId.parse(1), startPts: 0, endPts, keyframePath: null, frames: [] }],
    storedSegments: () => [], storedPictureVectors: () => [], storedPictureSample: () => [], storedSilences: () => [], settings: () => usualSettings, labels: () => [],
  }
}

async function inputOf(file: string, more: Partial<StageInput> = {}): Promise<StageInput> {
  return { id: VideoId.parse(1), path: file, media: await ffmpeg.probe(file, NEVER), resumeFrom: null, isFirstLook: false, ...more }
}

async function chunksOf(input: StageInput, stageTools: StageTools = tools()): Promise<Chunk[]> {
  const chunks: Chunk[] = []
  for await (const chunk of speech.run(input, stageTools, NEVER)) chunks.push(chunk)
  return chunks
}

function segments(chunks: Chunk[]): SegmentRow[] {
  return chunks.flatMap((chunk) => chunk.rows).filter((row) => row.kind === 'segment')
}

async function said(file: string): Promise<[string, string | null, string][]> {
  return segments(await chunksOf(await inputOf(file))).map((row) => [row.source, row.language, row.text])
}

describe('what is said in a real film', () => {
  it.skipIf(!existsSync(nasa))('is in its subtitles, once, with the time of each word (skipped without ../shared/media)', async () => {
    const copy = path.join(folder, 'nasa.mp4')
    copyFileSync(nasa, copy)
    const rows = segments(await chunksOf(await inputOf(copy)))
    expect(rows.map((row) => [row.source, row.language, row.startSeconds, row.text])).toEqual([
      ['embedded:2', 'en', 0.21, 'NAR: This is the optical and science segment of the Webb'],
      ['embedded:2', 'en', 4.26, 'space telescope in one of the largest cleanrooms in the world'],
      ['embedded:2', 'en', 8.35, 'at NASA’s Goddard Space Flight Center in Greenbelt, Maryland.'],
      ['embedded:2', 'en', 12.47, 'This half of the observatory element successfully'],
    ])
    // the track says 16.57, which is after the last picture
    expect(rows.at(-1)?.endSeconds).toBeLessThan(13.1)
    expect(rows[1]?.words.slice(0, 2)).toEqual([{ text: 'space', start: 4.26, end: 4.595 }, { text: 'telescope', start: 4.662, end: 5.266 }])
  })
})

describe('which subtitles are taken', () => {
  const english = { text: srt('one', 'two'), language: 'eng' }

  it('a file beside the video before a track in it', async () => {
    expect(await said(await video({ 'film.en.srt': srt('mine') }, [english]))).toEqual([['sidecar:film.en.srt', 'en', 'mine']])
  })

  it('one of each language, all languages', async () => {
    const file = await video({ 'film.de.vtt': 'WEBVTT\n\n00:00.500 --> 00:01.000\nHallo\n', 'film.en-GB.srt': srt('colour') }, [english, { text: srt('un'), language: 'fre' }, { text: srt('more'), language: 'eng' }])
    expect(await said(file)).toEqual([['sidecar:film.en-GB.srt', 'en-GB', 'colour'], ['embedded:1', 'en', 'one'], ['embedded:2', 'fr', 'un'], ['sidecar:film.de.vtt', 'de', 'Hallo'], ['embedded:1', 'en', 'two']])
  })

  it('the plain one and not the one for people who do not hear', async () => {
    expect(await said(await video({}, [{ text: srt('[door] hello'), language: 'eng', disposition: 'hearing_impaired' }, { text: srt('hello'), language: 'eng' }]))).toEqual([['embedded:2', 'en', 'hello']])
  })

  it('that one too where there is no other', async () => {
    expect(await said(await video({ 'film.en.sdh.srt': srt('[door] hello') }))).toEqual([['sidecar:film.en.sdh.srt', 'en', '[door] hello']])
  })

  it('the default track of several', async () => {
    expect(await said(await video({}, [english, { text: srt('default'), language: 'eng', disposition: 'default' }]))).toEqual([['embedded:2', 'en', 'default']])
  })

  it('forced ones only where there is nothing else', async () => {
    const forced = { text: srt('only the foreign line'), language: 'eng', disposition: 'forced' }
    expect(await said(await video({}, [forced, { text: srt('tout'), language: 'fre' }]))).toEqual([['embedded:2', 'fr', 'tout']])
    expect(await said(await video({ 'film.en.forced.srt': srt('only this') }))).toEqual([['sidecar:film.en.forced.srt', 'en', 'only this']])
  })

  it('the same text only once, also when one of the two does not name its language', async () => {
    expect(await said(await video({ 'film.srt': english.text }, [english]))).toEqual([['sidecar:film.srt', null, 'one'], ['sidecar:film.srt', null, 'two']])
  })

  it('the next one of the language where the first is empty, too large or broken', async () => {
    const file = await video({ 'film.en.srt': 'no cues in here', 'film.en.ass': '' }, [english])
    truncateSync(path.join(path.dirname(file), 'film.en.ass'), 21 * 1024 * 1024)
    const log: string[] = []
    const rows = segments(await chunksOf(await inputOf(file), tools(log)))
    expect(rows.map((row) => row.source)).toEqual(['embedded:1', 'embedded:1'])
    expect(log).toContain(`${file}: film.en.ass is larger than 20 MB`)
    expect(log).toContain(`${file}: sidecar:film.en.srt holds no text within the video`)
  })
})

describe('without subtitles', () => {
  it('the stage is skipped and says why', async () => {
    const file = await video({})
    await expect(chunksOf(await inputOf(file))).rejects.toThrow(new StageSkipped('no subtitles'))
  })

  it('that hold any text, it is skipped too and names them', async () => {
    const file = await video({ 'film.srt': '♪\n' })
    await expect(chunksOf(await inputOf(file))).rejects.toThrow(new StageSkipped('no subtitles; sidecar:film.srt holds no text within the video'))
  })
})

describe('the end of the video', () => {
  it('is the decoded one, and what comes after it is left out', async () => {
    const file = await video({ 'film.srt': srt('one', 'two', 'three', 'four', 'five') })
    const ends = async (endPts: number | null, isFirstLook: boolean): Promise<unknown[]> =>
      segments(await chunksOf(await inputOf(file, { isFirstLook }), tools([], endPts))).slice(-1).map((row) => [row.text, row.endSeconds])
    expect(await ends(null, false)).toEqual([['four', 4]])
    expect(await ends(2500, false)).toEqual([['three', 2.5]])
    expect(await ends(2500, true)).toEqual([['four', 4]])
  })
})

describe('in chunks', () => {
  // 900 cues in two languages that start together: a chunk must hold both of each time
  const many = (language: string): string => Array.from({ length: 450 }, (_, index) => (index * 8 / 1000).toFixed(3).replace('.', ','))
    .map((seconds, index) => `00:00:0${seconds} --> 00:00:0${seconds}\n${language} ${String(index)}\n`).join('\n')

  /** Cues 0.1 s apart over a minute and a half; the scenes say that the video is that long. */
  const spaced = (language: string): string => Array.from({ length: 450 }, (_, index) => `00:0${String(Math.floor(index / 300))}:${(index % 300 / 5).toFixed(3).padStart(6, '0')} --> 00:09:00.000\n${language} ${String(index)}\n`).join('\n')

  it('all rows come, and chunks cover all time without a gap', async () => {
    const file = await video({ 'film.en.srt': spaced('en'), 'film.de.srt': spaced('de') })
    const chunks = await chunksOf(await inputOf(file), tools([], 600_000))
    expect(chunks.map((chunk) => chunk.rows.length)).toEqual([200, 200, 200, 200, 100])
    const spans = chunks.map((chunk) => chunk.replaces ?? { from: Number.NaN, to: Number.NaN })
    expect(spans.map((span) => span.from)).toEqual([Number.MIN_SAFE_INTEGER, ...spans.slice(0, -1).map((span) => span.to)])
    expect(spans.at(-1)?.to).toBe(Number.MAX_SAFE_INTEGER)
    const isInside = chunks.map((chunk, index) => segments([chunk]).every((row) => row.startSeconds >= spans[index]!.from && row.startSeconds < spans[index]!.to))
    expect(isInside).toEqual([true, true, true, true, true])
    expect(chunks.map((chunk) => Math.round(chunk.progress * 9))).toEqual([2, 4, 6, 8, 9])
  })

  it('it goes on where it stopped: the rest and nothing else', async () => {
    const file = await video({ 'film.en.srt': spaced('en') })
    const whole = await chunksOf(await inputOf(file), tools([], 600_000))
    const rest = await chunksOf(await inputOf(file, { resumeFrom: whole[0]?.position ?? null }), tools([], 600_000))
    expect(rest).toEqual(whole.slice(1))
    expect(await chunksOf(await inputOf(file, { resumeFrom: 'not a position' }), tools([], 600_000))).toEqual(whole)
  })

  it('it stops between two of them', async () => {
    const file = await video({ 'film.en.srt': spaced('en') })
    const stop = new AbortController()
    const work = async (): Promise<void> => {
      for await (const chunk of speech.run(await inputOf(file), tools([], 600_000), stop.signal)) {
        expect(chunk.rows).toHaveLength(200)
        stop.abort()
      }
    }
    await expect(work()).rejects.toThrow('aborted')
  })

  it('cues closer than a tenth of a second share one segment', async () => {
    const file = await video({ 'film.en.srt': many('en') })
    const rows = segments(await chunksOf(await inputOf(file)))
    expect(rows.length).toBeLessThan(40)
    expect(rows.every((row, index) => row.startSeconds - (rows[index - 1]?.startSeconds ?? -1) >= 0.1)).toBe(true)
  })
})

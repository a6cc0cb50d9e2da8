import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { lineText } from '../../electron/core/pipeline/subtitles/cue.ts'
import { readDocument } from '../../electron/core/pipeline/subtitles/read-document.ts'
import type { VideoFacts } from '../../electron/core/facts.ts'
import { VideoId } from '../../electron/contract/ids.ts'
import { createFfmpeg } from './ffmpeg.ts'
import { locateTools } from './locate.ts'
import { runToEnd } from './process.ts'

const NEVER = new AbortController().signal
const shared = process.env['SCENEDEX_SHARED'] ?? path.resolve(import.meta.dirname, '../../../shared')
const folder = mkdtempSync(path.join(tmpdir(), 'scenedex-subtitles-'))
const ffmpeg = createFfmpeg()
afterAll(() => { rmSync(folder, { recursive: true }) })

function written(name: string, content: string | Uint8Array): string {
  const file = path.join(folder, name)
  writeFileSync(file, content)
  return file
}

const SRT = written('lines.srt', '1\n00:00:00,500 --> 00:00:01,500\n<i>First</i> line\n\n2\n00:00:02,000 --> 00:00:03,250\nZweite Zeile: ü &amp; 漢字\n')
const VTT = written('lines.vtt', 'WEBVTT\n\n00:00.500 --> 00:01.500\n<v Ann>First</v> <00:01.000>line\n\n00:02.000 --> 00:03.250\nZweite Zeile: ü &amp; 漢字\n')
const ASS = written('lines.ass', '[Script Info]\nScriptType: v4.00+\n\n[V4+ Styles]\nFormat: Name, Fontname, Fontsize\nStyle: Default,Arial,20\n\n[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n'
  + 'Dialogue: 0,0:00:00.50,0:00:01.50,Default,,0,0,0,,{\\i1\\k50}First {\\k50}line{\\p1}m 0 0 l 9 9{\\p0}\nDialogue: 0,0:00:02.00,0:00:03.25,Default,,0,0,0,,Zweite Zeile: ü & 漢字\n')
const LINES = [[0.5, 1.5, 'First line'], [2, 3.25, 'Zweite Zeile: ü & 漢字']]

async function make(name: string, args: string[]): Promise<string> {
  const file = path.join(folder, name)
  const { code, stderr } = await runToEnd({ program: locateTools().ffmpeg, args: ['-v', 'error', '-y', ...args, file], signal: NEVER })
  if (code !== 0) throw new Error(stderr.join('\n'))
  return file
}

const H264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-threads', '1']
const PICTURE = ['-f', 'lavfi', '-i', 'testsrc=s=64x64:r=10:d=4']

async function opened(file: string): Promise<VideoFacts> {
  return { id: VideoId.parse(1), path: file, media: await ffmpeg.probe(file, NEVER) }
}

async function linesOf(video: VideoFacts, track = 0): Promise<{ lines: unknown[], times: (number | null)[] }> {
  const stream = video.media.subtitles[track]
  expect(stream?.isText).toBe(true)
  const { cues } = await readDocument(await ffmpeg.subtitleTrack(video, stream?.index ?? -1, NEVER), 1000, NEVER)
  return {
    lines: cues.map((cue) => [cue.startSeconds, cue.endSeconds, cue.lines.map(lineText).join(' ')]),
    times: cues.flatMap((cue) => cue.lines.flat().map((piece) => piece.atSeconds)),
  }
}

describe('an embedded text track', () => {
  it.each([
    { name: 'mov_text in mp4', file: 'a.mp4', source: SRT, codecs: [...H264, '-c:s', 'mov_text'] },
    { name: 'mov_text in mov', file: 'a.mov', source: SRT, codecs: [...H264, '-c:s', 'mov_text'] },
    { name: 'SubRip in mkv', file: 'a.mkv', source: SRT, codecs: [...H264, '-c:s', 'srt'] },
    { name: 'WebVTT in mkv', file: 'b.mkv', source: VTT, codecs: [...H264, '-c:s', 'copy'] },
    { name: 'WebVTT in webm', file: 'b.webm', source: VTT, codecs: ['-c:v', 'libvpx', '-c:s', 'copy'] },
    { name: 'ASS in mkv', file: 'c.mkv', source: ASS, codecs: [...H264, '-c:s', 'copy'] },
  ])('gives every line with its times: $name', async ({ file, source, codecs }) => {
    const video = await opened(await make(file, [...PICTURE, '-i', source, '-map', '0', '-map', '1', ...codecs]))
    expect((await linesOf(video)).lines).toEqual(LINES)
  })

  it.each([
    { name: 'WebVTT', file: 'd.mkv', source: VTT, times: [null, null, 1, null] },
    { name: 'ASS karaoke', file: 'e.mkv', source: ASS, times: [0.5, 1, null] },
  ])('keeps the times inside a line: $name', async ({ file, source, times }) => {
    const video = await opened(await make(file, [...PICTURE, '-i', source, '-map', '0', '-map', '1', ...H264, '-c:s', 'copy']))
    expect((await linesOf(video)).times).toEqual(times)
  })

  it.each(['ts10.mkv', 'ts100000.mkv'])('counts from the first picture where the file starts later: %s', async (name) => {
    const offset = /\d+/.exec(name)?.[0] ?? ''
    const video = await opened(await make(name, [...PICTURE, '-i', SRT, '-map', '0', '-map', '1', ...H264, '-c:s', 'srt', '-output_ts_offset', offset]))
    expect(video.media.picture.startPts).toBe(Number(offset) * 1000)
    expect((await linesOf(video)).lines).toEqual(LINES)
  })

  it('counts from the first picture where sound starts before it', async () => {
    const args = ['-f', 'lavfi', '-i', 'sine=d=5', '-itsoffset', '2', ...PICTURE, '-i', SRT, '-map', '1', '-map', '0', '-map', '2', ...H264, '-c:a', 'aac', '-c:s', 'srt']
    const video = await opened(await make('late.mkv', args))
    expect((await linesOf(video)).lines).toEqual([[0, 1.25, 'Zweite Zeile: ü & 漢字']])
  })

  it('is read in the encoding it has, also where that breaks the rules of the container', async () => {
    const latin = written('latin.srt', Buffer.from('1\n00:00:00,500 --> 00:00:01,500\nO\u00F9 est pass\u00E9e la cl\u00E9 de la for\u00EAt ? L\u00E0-bas.\n', 'latin1'))
    const video = await opened(await make('latin.mkv', [...PICTURE, '-sub_charenc', 'latin1', '-i', latin, '-map', '0', '-map', '1', ...H264, '-c:s', 'copy']))
    expect((await linesOf(video)).lines).toEqual([[0.5, 1.5, 'Où est passée la clé de la forêt ? Là-bas.']])
  })

  it('that is not there is an error with a sentence', async () => {
    const video = await opened(await make('f.mp4', [...PICTURE, ...H264]))
    await expect(ffmpeg.subtitleTrack(video, 7, NEVER)).rejects.toMatchObject({ code: 'DECODE_FAILED', message: expect.stringContaining('subtitle track 7') as unknown })
  })

  it('is not waited for after a stop', async () => {
    const video = await opened(await make('g.mkv', [...PICTURE, '-i', SRT, '-map', '0', '-map', '1', ...H264, '-c:s', 'srt']))
    await expect(ffmpeg.subtitleTrack(video, 1, AbortSignal.abort())).rejects.toThrow('aborted')
  })

  const real = ['videos/nasa_13013.mp4', 'corpus/pytorch_torchcodec/nasa_13013.mp4'].map((name) => path.join(shared, 'media', name)).filter((file) => existsSync(file))
  it.skipIf(real.length === 0).each(real)('of a real narrated film says what the narrator says (skipped without ../shared/media): %s', async (file) => {
    const video = await opened(file)
    expect(video.media.subtitles).toMatchObject([{ index: 2, codec: 'mov_text', language: 'eng' }, { index: 5, codec: 'mov_text', language: 'eng' }])
    for (const track of [0, 1]) {
      expect((await linesOf(video, track)).lines).toEqual([
        [0.21, 4.26, 'NAR: This is the optical and science segment of the Webb'],
        [4.26, 8.35, 'space telescope in one of the largest cleanrooms in the world'],
        [8.35, 12.47, 'at NASA’s Goddard Space Flight Center in Greenbelt, Maryland.'],
        [12.47, 16.57, 'This half of the observatory element successfully'],
      ])
    }
  })
})

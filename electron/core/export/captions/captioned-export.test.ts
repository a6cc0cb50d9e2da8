import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ExportInput, ExportReport } from '../../../contract/exports.ts'
import { usualExportChoices } from '../../../contract/export-choices.ts'
import { AppError } from '../../errors.ts'
import { lineText } from '../../pipeline/subtitles/cue.ts'
import { parseCaptions } from '../../pipeline/subtitles/parse-captions.ts'
import type { SpokenSegment } from '../clip-lookup.ts'
import { exportClips } from '../export.ts'
import { factsOf, ffmpegOutput, libraryOf, never, realFfmpeg, temporaryFolder, toolsWith, videoId } from '../test-library.ts'
import { withCaptions } from './captioned-clip.ts'
import { cuesOfClip } from './cues.ts'
import { sidecarLimits } from './reading-limits.ts'

const WIDTH = 320
const HEIGHT = 180

let folder = ''
/** 3 s of grey, 25 pictures a second, with sound. */
let grey = ''
let out = ''
beforeAll(async () => {
  folder = await temporaryFolder()
  grey = path.join(folder, 'grey.mp4')
  await ffmpegOutput([
    '-f', 'lavfi', '-i', `color=c=gray:s=${WIDTH}x${HEIGHT}:r=25:d=3`, '-f', 'lavfi', '-i', 'sine=d=3', '-c:v', 'libx264', '-preset', 'ultrafast', '-g', '25', '-pix_fmt', 'yuv420p', '-c:a', 'aac', grey,
  ])
})
beforeEach(() => { out = mkdtempSync(path.join(folder, 'out-')) })
afterAll(() => { rmSync(folder, { recursive: true, force: true }) })

const WORDS = ['red', 'brown', 'fox']
const fox: SpokenSegment = {
  startSeconds: 0.5, endSeconds: 2.5, text: 'red <b> fox', language: 'de-AT',
  words: [{ text: 'red', start: 0.5, end: 1, confidence: 1 }, { text: 'b', start: 1.2, end: 1.6, confidence: 1 }, { text: 'fox', start: 2, end: 2.5, confidence: 1 }],
}
const spoken = (text: string): SpokenSegment =>
  ({ startSeconds: 0.4, endSeconds: 1.6, text, words: text.split(' ').map((word, at) => ({ text: word, start: 0.4 + at * 0.4, end: 0.8 + at * 0.4, confidence: 1 })) })

async function run(said: SpokenSegment[], choices: Partial<ExportInput>, file = grey): Promise<ExportReport> {
  return exportClips({
    ...usualExportChoices, encoding: { crf: 18, preset: 'ultrafast', hardware: false }, mode: 'exact', outFolder: out, clips: [{ kind: 'span', videoId, start: 0.2, end: 2.6 }], ...choices,
  }, toolsWith(await libraryOf(file, { spoken: said })), never)
}

/** The pixels of one picture of the clip that are brighter or darker than grey can be: where they are, and how many. */
async function written(clip: string, seconds: number): Promise<{ count: number, yellow: number, left: number, right: number, top: number, bottom: number } | null> {
  const { media: { picture: { width } } } = await factsOf(clip)
  const pixels = await ffmpegOutput(['-ss', String(seconds), '-i', clip, '-frames:v', '1', '-f', 'rawvideo', '-pix_fmt', 'rgb24', '-'])
  const at: { x: number, y: number }[] = []
  let yellow = 0
  for (let index = 0; index * 3 < pixels.length; index += 1) {
    const [red = 0, green = 0, blue = 0] = pixels.subarray(index * 3, index * 3 + 3)
    if (Math.abs(green - 128) > 40) at.push({ x: index % width, y: Math.floor(index / width) })
    if (red > 190 && green > 150 && blue < 110) yellow += 1
  }
  if (at.length === 0) return null
  const [xs, ys] = [at.map(({ x }) => x), at.map(({ y }) => y)]
  return { count: at.length, yellow, left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) }
}

const clipOf = (report: ExportReport): string => {
  expect(report.failed).toEqual([])
  return report.files[0]!.path
}

describe('burned captions', () => {
  it('are on the pictures while they are said, at the foot, and nowhere else', async () => {
    const report = await run([spoken(WORDS.join(' '))], { captions: 'burned' })
    const clip = clipOf(report)
    expect(report.files[0]?.notes).toEqual([])
    // Said from 0.2 to 1.4 s of the clip: picture 5 is the first, picture 35 the first without.
    expect(await written(clip, 0.16)).toBeNull()
    expect(await written(clip, 1.4)).toBeNull()
    const shown = (await written(clip, 0.2))!
    expect(shown).toMatchObject({ yellow: 0 })
    expect((shown.left + shown.right) / 2).toBeCloseTo(WIDTH / 2, -1)
    expect(shown.top).toBeGreaterThan(HEIGHT * 0.8)
    expect(shown.bottom).toBeLessThan(HEIGHT * 0.95)
    expect(await written(clip, 1.36)).not.toBeNull()
    expect(readdirSync(out)).toHaveLength(1)
  })

  it('light the word up that is said', async () => {
    const style = { ...usualExportChoices.captionStyle, highlight: true, size: 'large' as const, position: 'top' as const }
    const clip = clipOf(await run([spoken(WORDS.join(' '))], { captions: 'burned', captionStyle: style }))
    const all = (await written(clip, 0.24))!
    expect(all.bottom).toBeLessThan(HEIGHT * 0.25)
    for (const at of [0.56, 0.6, 1.36]) expect((await written(clip, at))!.yellow).toBeGreaterThan(5)
    const before = await ffmpegOutput(['-ss', '0.56', '-i', clip, '-frames:v', '1', '-f', 'rawvideo', '-pix_fmt', 'rgb24', '-'])
    const after = await ffmpegOutput(['-ss', '0.6', '-i', clip, '-frames:v', '1', '-f', 'rawvideo', '-pix_fmt', 'rgb24', '-'])
    expect(before.equals(after)).toBe(false)
  })

  it('are none, and said so, where nothing is said or no font has the letters', async () => {
    const silent = await run([], { captions: 'burned' })
    expect(silent.files[0]?.notes).toEqual(['No captions: nothing is known to be said there.'])
    // A letter of a script that nobody has a font of: Unicode keeps this place free for ever.
    const unwritable = await run([spoken('a \u{10FFFD}x'), { ...spoken('red fox'), startSeconds: 1.7, endSeconds: 2.4 }], { captions: 'burned' })
    expect(unwritable.files[0]?.notes).toEqual([expect.stringContaining('no font here has them') as unknown])
    expect(await written(clipOf(unwritable), 0.4)).not.toBeNull()
  })

  it('are for the shape of the clip, above the buttons of a phone', async () => {
    const clip = clipOf(await run([spoken(WORDS.join(' '))], { captions: 'burned', framing: { how: 'fill', aspect: '9:16', around: 'centre' } }))
    const { media: { picture: { width, height } } } = await factsOf(clip)
    const shown = (await written(clip, 0.4))!
    expect(shown.left).toBeGreaterThan(width * 0.05)
    expect(shown.right).toBeLessThan(width * 0.95)
    expect(shown.bottom).toBeLessThan(height * 0.8)
  })

  it.skipIf(process.platform === 'win32')('come from a file whose name ffmpeg could take for something else', async () => {
    const odd = path.join(folder, 'a\'b\\c:d,[e];f = %{x}')
    mkdirSync(odd)
    const before = process.env['TMPDIR']
    process.env['TMPDIR'] = odd
    try {
      expect(await written(clipOf(await run([spoken(WORDS.join(' '))], { captions: 'burned' })), 0.4)).not.toBeNull()
    } finally {
      if (before === undefined) delete process.env['TMPDIR']
      else process.env['TMPDIR'] = before
    }
    expect(readdirSync(odd)).toEqual([])
  })
})

interface Track { index: number, codec: string, language: string | null, cues: unknown[] }

async function trackOf(clip: string): Promise<Track> {
  const video = await factsOf(clip)
  const [track] = video.media.subtitles
  expect(video.media.subtitles).toHaveLength(1)
  expect(track).toMatchObject({ isText: true, isDefault: true })
  const { bytes, format, zeroSeconds } = await realFfmpeg.subtitleTrack(video, track!.index, never)
  if (format === 'ass') throw new Error('not for this test')
  const cues = await parseCaptions({ text: Buffer.from(bytes).toString('utf8'), format, zeroSeconds }, never)
  return { index: track!.index, codec: track!.codec, language: track!.language, cues: cues.map((cue) => [cue.startSeconds, cue.endSeconds, cue.lines.map(lineText).join(' ').replaceAll('\u2060', '')]) }
}

describe('embedded captions', () => {
  it.each(['exact', 'smart', 'copy'] as const)('are a text track with its language, in time with a clip that was made %s', async (mode) => {
    const report = await run([fox], { captions: 'embedded', mode, acceptShift: true })
    const clip = clipOf(report)
    const { start } = report.files[0]!
    const { cues, ...track } = await trackOf(clip)
    expect(track).toEqual({ index: 2, codec: 'mov_text', language: expect.stringMatching(/^de/) as unknown })
    expect(cues).toEqual([[expect.closeTo(0.5 - start, 3), expect.closeTo(2.5 - start, 3), 'red <b> fox']])
    expect(report.files[0]?.sidecars).toEqual([])
    expect(report.files[0]?.verified.checks).toContain('captions read back, picture and sound unchanged by them')
    expect(readdirSync(out)).toHaveLength(1)
  })

  const containers: [string, string[], string][] = [
    ['.mov', ['-c', 'copy'], 'mov_text'],
    ['.mkv', ['-c', 'copy'], 'subrip'],
    ['.webm', ['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8', '-c:a', 'libopus'], 'webvtt'],
  ]
  it.each(containers)('leave picture and sound of a %s as they are', async (extension, codecs, codec) => {
    const made = path.join(out, `made${extension}`)
    await ffmpegOutput(['-i', grey, ...codecs, made])
    const packets = async (file: string): Promise<string> => (await ffmpegOutput(['-copyts', '-i', file, '-map', '0:v', '-map', '0:a', '-c', 'copy', '-f', 'framemd5', '-'])).toString('utf8')
    const before = await packets(made)
    const cues = cuesOfClip([fox], { start: 0, end: 3 }, sidecarLimits)
    const clip = await withCaptions({
      part: made, extension, mode: 'copy', why: '', start: 0, end: 3, durationSeconds: 3, notes: [],
      verified: { frames: 75, expectedFrames: 75, firstFrameMatches: true, lastFrameMatches: true, decodedToTheEnd: true, audioOffset: 0, checks: [] },
    }, { cues, language: 'de', size: { width: WIDTH, height: HEIGHT } }, { ffmpeg: realFfmpeg, folder: out, choices: { ...usualExportChoices, captions: 'embedded' }, signal: never })
    expect(clip.notes).toEqual([])
    expect(await packets(clip.part)).toBe(before)
    const named = path.join(out, `named${extension}`)
    await ffmpegOutput(['-copyts', '-i', clip.part, '-map', '0', '-c', 'copy', named])
    expect(await trackOf(clip.part)).toMatchObject({ codec, cues: [[expect.closeTo(0.5, 3), expect.closeTo(2.5, 3), 'red <b> fox']] })
  })

  it('stand beside the clip, and that is said, where its file can not hold them', async () => {
    const made = path.join(out, 'made.mp3')
    await ffmpegOutput(['-i', grey, '-vn', made])
    const cues = cuesOfClip([fox], { start: 0, end: 3 }, sidecarLimits)
    const clip = await withCaptions({
      part: made, extension: '.mp3', mode: 'exact', why: '', start: 0, end: 3, durationSeconds: 3, notes: [],
      verified: { frames: 0, expectedFrames: 0, firstFrameMatches: true, lastFrameMatches: true, decodedToTheEnd: true, audioOffset: 0, checks: [] },
    }, { cues, language: null, size: { width: WIDTH, height: HEIGHT } }, { ffmpeg: realFfmpeg, folder: out, choices: { ...usualExportChoices, captions: 'embedded' }, signal: never })
    expect(clip).toMatchObject({ part: made, notes: ['The captions stand beside the clip: a .mp3 file can not hold them.'], sidecars: [{ extension: '.srt' }] })
  })

  it('leave nothing behind when they fail', async () => {
    const full = new AppError('DISK_FULL', { message: 'The disk is full.' })
    const report = await exportClips({
      ...usualExportChoices, mode: 'exact', captions: 'embedded', outFolder: out, clips: [{ kind: 'span', videoId, start: 0.4, end: 0.8 }],
    }, toolsWith(await libraryOf(grey, { spoken: [fox] }), { ffmpeg: { ...realFfmpeg, embedCaptions: async () => Promise.reject(full) } }), never)
    expect(report.failed.map(({ error }) => error.code)).toEqual(['DISK_FULL'])
    expect(readdirSync(out)).toEqual([])
  })
})

describe('captions beside a clip', () => {
  it.each([['ass', '[Script Info]']] as const)('are written in the format that was chosen: %s', async (captionFormat, beginning) => {
    const report = await run([fox], { captions: 'sidecar', captionFormat, clips: [{ kind: 'span', videoId, start: 0.4, end: 0.8 }] })
    expect(report.files[0]?.sidecars).toEqual([clipOf(report).replace(/mp4$/, captionFormat)])
    expect(readFileSync(report.files[0]!.sidecars[0]!, 'utf8').startsWith(beginning)).toBe(true)
  })

  it('are laid out on the picture as it was framed, and not on that of the source', async () => {
    const report = await run([fox], { captions: 'sidecar', captionFormat: 'ass', framing: { how: 'fill', aspect: '9:16', around: 'centre' } })
    const { media: { picture: { width, height } } } = await factsOf(clipOf(report))
    expect(height).toBeGreaterThan(width)
    expect(readFileSync(report.files[0]!.sidecars[0]!, 'utf8')).toContain(`PlayResX: ${String(width)}\nPlayResY: ${String(height)}`)
  })
})

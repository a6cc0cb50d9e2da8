import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { hearFile } from '../../../../native/ffmpeg/formats/sound-file.ts'
import { createPictures } from '../../../../native/pictures/sharp-pictures.ts'
import type { ExportChoices } from '../../../contract/export-choices.ts'
import { usualExportChoices } from '../../../contract/export-choices.ts'
import type { ExportReport } from '../../../contract/exports.ts'
import type { ExportTools } from '../export.ts'
import { exportClips } from '../export.ts'
import { ffmpegOutput, libraryOf, never, NO_MEDIA, realFfmpeg, realMedia, temporaryFolder, tools, toolsWith, videoId } from '../test-library.ts'

let folder = ''
/** New for each test. */
let out = ''
/** 2 s of 25 pictures a second, 640x360, a tone that begins after one second. */
let small = ''
/** Two minutes without sound. */
let long = ''
beforeAll(async () => {
  folder = await temporaryFolder()
  small = path.join(folder, 'small.mp4')
  long = path.join(folder, 'long.mp4')
  const coding = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p']
  await ffmpegOutput(['-f', 'lavfi', '-i', 'testsrc2=s=640x360:r=25:d=2', '-f', 'lavfi', '-i', 'sine=d=1,adelay=1000', ...coding, '-c:a', 'aac', '-ar', '48000', small])
  await ffmpegOutput(['-f', 'lavfi', '-i', 'color=red:s=64x36:r=1:d=120', ...coding, long])
})
beforeEach(() => { out = mkdtempSync(path.join(folder, 'out-')) })
afterAll(() => { rmSync(folder, { recursive: true, force: true }) })

interface Wanted { file?: string, from?: number, to?: number, changed?: Partial<ExportTools> }

async function run(choices: Partial<ExportChoices>, { file = small, from = 0.52, to = 1.56, changed = {} }: Wanted = {}): Promise<ExportReport> {
  const clips = [{ kind: 'span' as const, videoId, start: from, end: to, title: 'clip' }]
  return exportClips({ ...usualExportChoices, ...choices, clips, outFolder: out }, toolsWith(await libraryOf(file), changed), never)
}

describe('moving pictures', () => {
  it.for(['gif', 'webp'] as const)('as %s are 480 wide, 12.5 a second, and last as long as the clip', async (format) => {
    const { files: [file], failed } = await run({ format })
    expect(failed).toEqual([])
    expect(file).toMatchObject({ path: path.join(out, `clip.${format}`), mode: 'exact', start: 0.52, end: 1.56, duration: 1.04, sidecars: [], verified: { frames: 13, expectedFrames: 13 } })
    const shown = await createPictures().shownInFile(file?.path ?? '')
    expect([shown.width, shown.height, shown.delaysMs]).toEqual([480, 270, Array.from({ length: 13 }, () => 80)])
    expect(readdirSync(out)).toEqual([`clip.${format}`])
  })

  it('are framed as was chosen', async () => {
    const { files: [file] } = await run({ format: 'gif', framing: { how: 'fill', aspect: '9:16', around: 'centre' } }, { to: 0.7 })
    const { width, height } = await createPictures().shownInFile(file?.path ?? '')
    expect([width, height]).toEqual([202, 360])
  })

  it('that all look the same become one, in the colours of the video', async () => {
    const { files: [file], failed } = await run({ format: 'webp' }, { file: long, from: 3, to: 5 })
    expect(failed).toEqual([])
    const { delaysMs, first } = await createPictures().shownInFile(file?.path ?? '')
    expect(delaysMs).toHaveLength(1)
    const [red = 0, green = 0, blue = 0] = first
    expect([red > 245, green < 10, blue < 10]).toEqual([true, true, true])
  })

  it('of more than a minute are refused, with what to do', async () => {
    const { failed } = await run({ format: 'gif' }, { file: long, from: 0, to: 61 })
    expect(failed.map(({ error }) => error)).toEqual([{ code: 'USAGE', message: 'The clip is 61.0 s long: as gif it may have 60 s.', hint: 'Choose a shorter part, or export it as a video.' }])
    expect(readdirSync(out)).toEqual([])
  })

  it('are thrown away when they are those of another clip', async () => {
    const ffmpeg: ExportTools['ffmpeg'] = { ...realFfmpeg, animation: (job, signal) => realFfmpeg.animation({ ...job, source: long }, signal) }
    const { failed } = await run({ format: 'gif' }, { changed: { ffmpeg } })
    expect(failed.map(({ error }) => error.code)).toEqual(['EXPORT_UNVERIFIED'])
    expect(readdirSync(out)).toEqual([])
  })
})

describe('a single picture', () => {
  it('is the first of the clip, all of it', async () => {
    const { files: [file], failed } = await run({ format: 'frame' })
    expect(failed).toEqual([])
    expect(file).toMatchObject({ path: path.join(out, 'clip.png'), start: 0.52, end: 0.56, duration: 0, verified: { frames: 1 } })
    const picture = async (of: string[]): Promise<Buffer> => ffmpegOutput([...of, '-frames:v', '1', '-vf', 'scale=flags=bicubic+accurate_rnd+full_chroma_int+full_chroma_inp,format=rgb24', '-f', 'rawvideo', '-'])
    const [shown, source] = await Promise.all([picture(['-i', file?.path ?? '']), picture(['-ss', '0.52', '-i', small])])
    expect(shown.length).toBe(640 * 360 * 3)
    expect(shown.equals(source)).toBe(true)
  })

  it('of a turned video is upright', async ({ skip }) => {
    const { file, isThere } = realMedia('videos/issue-134-rotate.mp4')
    skip(!isThere, NO_MEDIA)
    const { files: [made] } = await run({ format: 'frame' }, { file, from: 1, to: 2 })
    const { width, height } = await createPictures().shownInFile(made?.path ?? '')
    expect([width, height]).toEqual([544, 1280])
  })
})

describe('sound alone', () => {
  it.for([['m4a', 'aac', 0.05], ['mp3', 'mp3', 0.05], ['wav', 'pcm_s16le', 0], ['flac', 'flac', 0]] as const)('as %s is as long as the clip and can be heard', async ([audioFormat, codec, tolerance]) => {
    const { files: [file], failed } = await run({ format: 'audio', audioFormat, mode: 'exact' })
    expect(failed).toEqual([])
    expect(file).toMatchObject({ path: path.join(out, `clip.${audioFormat}`), mode: 'exact', start: 0.52, end: 1.56 })
    const heard = await hearFile(tools, file?.path ?? '', never)
    expect(heard).toMatchObject({ codec, errors: [] })
    expect(Math.abs(heard.seconds - 1.04)).toBeLessThanOrEqual(tolerance)
    expect(heard.peak).toBeGreaterThan(0.08)
  })

  it('begins to the sample where the clip does', async () => {
    const { files: [file] } = await run({ format: 'audio', audioFormat: 'wav' })
    const samples = await ffmpegOutput(['-i', file?.path ?? '', '-f', 's16le', '-ac', '1', '-'])
    const loud = Array.from({ length: samples.length / 2 }, (_, at) => Math.abs(samples.readInt16LE(at * 2)) > 500).indexOf(true)
    // The tone begins at 1 s: 0.48 s into the clip. AAC of the source smears it by less than a block.
    expect(Math.abs(loud / 48_000 - 0.48)).toBeLessThan(0.022)
  })

  it('that is AAC is taken as it is, in its blocks', async () => {
    const { files: [file] } = await run({ format: 'audio' })
    expect(file?.mode).toBe('copy')
    expect(Math.abs((file?.duration ?? 0) - 1.04)).toBeLessThan(0.044)
    expect((await run({ format: 'audio', fades: { inSeconds: 0.1, outSeconds: 0 } })).files[0]?.mode).toBe('exact')
  })

  it('of a video without sound is refused', async () => {
    const { failed } = await run({ format: 'audio' }, { file: long })
    expect(failed.map(({ error }) => error)).toEqual([{ code: 'USAGE', message: '"long" has no sound.', hint: 'Choose another format.' }])
    expect(readdirSync(out)).toEqual([])
  })
})

import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { runToEnd } from '../../../native/ffmpeg/process.ts'
import { usualExportChoices } from '../../contract/export-choices.ts'
import type { ClipSource, ExportReport } from '../../contract/exports.ts'
import type { AppEvent } from '../../contract/events.ts'
import { exportClips } from './export.ts'
import type { ExportTools } from './export.ts'
import { factsOf, ffmpegOutput, libraryOf, never, NO_MEDIA, realFfmpeg, realMedia, sceneId, temporaryFolder, toolsWith, videoId } from './test-library.ts'

let folder = ''
/** 4 s of 25 pictures a second with sound. */
let small = ''
/** New for each test. */
let out = ''
beforeAll(async () => {
  folder = await temporaryFolder()
  small = path.join(folder, 'small.mp4')
  await ffmpegOutput(['-f', 'lavfi', '-i', 'testsrc2=s=320x180:r=25:d=4', '-f', 'lavfi', '-i', 'sine=d=4', '-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-c:a', 'aac', small])
})
beforeEach(() => { out = mkdtempSync(path.join(folder, 'out-')) })
afterAll(() => { rmSync(folder, { recursive: true, force: true }) })

const span = (start: number, end: number): ClipSource => ({ kind: 'span', videoId, start, end })

interface Wanted { file?: string, clips?: ClipSource[], changed?: Partial<ExportTools>, captions?: 'none' | 'sidecar', outFolder?: string, signal?: AbortSignal }

async function run({ file = small, clips = [span(1, 1.4)], changed = {}, captions = 'none', outFolder = out, signal = never }: Wanted): Promise<ExportReport> {
  const tools = toolsWith(changed.clips ?? await libraryOf(file), changed)
  return exportClips({ ...usualExportChoices, clips, outFolder, mode: 'exact', captions }, tools, signal)
}

describe('an export', () => {
  it('writes the clip that was asked for, verified, and nothing else', async () => {
    const before = readFileSync(small)
    const { files, failed } = await run({ clips: [span(1, 2.04)] })
    const checks = [
      '26 pictures, as many as the source has there', 'every picture at its time', 'first and last picture compared with the source and with the pictures beside them',
      'every picture compared with what was cut', 'decoded to the end without a complaint', '1.040 s long', 'index (moov) in front',
      'sound begins with the picture, as it should, to 5 ms', 'sound is heard', 'h264, 320x180', 'upright', 'colours not marked', 'SDR',
    ]
    expect(failed).toEqual([])
    expect(files).toEqual([{
      path: path.join(out, 'small (0m01s-0m02.04s).mp4'), mode: 'exact', start: 1, end: 2.04, duration: 1.04, sidecars: [],
      verified: { frames: 26, expectedFrames: 26, firstFrameMatches: true, lastFrameMatches: true, decodedToTheEnd: true, audioOffset: 0, checks },
      why: 'Encoded anew, as asked.', notes: [], parts: [],
    }])
    expect(readdirSync(out)).toEqual(['small (0m01s-0m02.04s).mp4'])
    expect(readFileSync(small).equals(before)).toBe(true)
  })

  it('takes a scene by its pts and names it', async () => {
    const clips = await libraryOf(small, { scene: { index: 1, startPts: 12_800, endPts: 12_800 + 7 * 512 } })
    const { files } = await run({ clips: [{ kind: 'scene', sceneId }], changed: { clips } })
    expect(files.map((file) => [path.basename(file.path), file.verified.frames])).toEqual([['small (scene 2, 0m01s).mp4', 7]])
  })

  it('exports one picture, the shortest there is', async () => {
    const { files } = await run({ clips: [span(1.04, 1.08)] })
    expect(files.map((file) => [file.verified.frames, file.start, file.end])).toEqual([[1, 1.04, 1.08]])
  })

  it('takes a time that was rounded for reading as the picture that was meant', async () => {
    const file = path.join(folder, 'ntsc.mp4')
    await ffmpegOutput(['-f', 'lavfi', '-i', 'testsrc2=s=160x90:r=30000/1001:d=3', '-c:v', 'libx264', '-pix_fmt', 'yuv420p', file])
    // Picture 32 is at 1.0677 s and picture 40 at 1.3347 s.
    const { files } = await run({ file, clips: [span(1.068, 1.335)] })
    expect(files.map((each) => each.verified.frames)).toEqual([8])
    expect(files[0]?.start).toBeCloseTo(32 * 1001 / 30_000, 9)
    expect(files[0]?.end).toBeCloseTo(40 * 1001 / 30_000, 9)
  })

  it('shows the picture that is on screen when a clip begins in the middle of it', async ({ skip }) => {
    const { file, isThere } = realMedia('videos/lake_test_video.mp4')
    skip(!isThere, NO_MEDIA)
    const { files, failed } = await run({ file, clips: [span(3, 5)] })
    expect(failed).toEqual([])
    expect(files.map((each) => [each.start, each.end, each.verified.frames])).toEqual([[3, 5, 1]])
    const clip = await factsOf(files[0]?.path ?? '')
    expect(clip.media.durationSeconds).toBeCloseTo(2, 2)
  })

  const real: [string, number, number, number][] = [
    ['videos/nasa_13013.mp4', 3.337, 4.338, 30],
    ['videos/bear-vp9-opus.webm', 0.5, 1.5, 30],
    ['videos/issue-236-split-copy.mkv', 0.5, 0.7, 5],
    ['videos/issue-134-rotate.mp4', 1, 1.25, 6],
    ['videos/fire2.mp4', 0.3, 1.1, 9],
    ['corpus/androidx_media/sample_h264.ts', 0.3, 0.8, 15],
    ['corpus/androidx_media/sample.avi', 1.3, 2.3, 24],
  ]
  it.for(real)('of %s from %f to %f s has %i pictures', async ([name, start, end, frames], { skip }) => {
    const { file, isThere } = realMedia(name)
    skip(!isThere, NO_MEDIA)
    const { files, failed } = await run({ file, clips: [span(start, end)] })
    expect(failed).toEqual([])
    expect(files.map((each) => [each.verified.frames, each.verified.firstFrameMatches, each.verified.lastFrameMatches])).toEqual([[frames, true, true]])
  })

  it.for(['-i.mp4', 'http:x.mp4', 'pipe:0', '%03d.mp4', 'a\'b"c.mp4', '$(touch x).mp4', 'new\nline.mp4', 'exe\u202egpj.mp4', `${'n'.repeat(251)}.mp4`])('works for a source named %j', async (name, { skip }) => {
    skip(process.platform === 'win32', 'Windows has no such names')
    const file = path.join(folder, name)
    copyFileSync(small, file)
    const { files, failed } = await run({ file, clips: [span(1, 1.08)] })
    expect(failed).toEqual([])
    expect(files.map((each) => each.verified.frames)).toEqual([2])
    expect(readdirSync(out)).toHaveLength(1)
    rmSync(file)
  })

  it('never overwrites what is there', async () => {
    writeFileSync(path.join(out, 'small (0m01s-0m01.08s).mp4'), 'mine')
    const { files } = await run({ clips: [span(1, 1.08), span(1, 1.08)] })
    expect(files.map((file) => path.basename(file.path))).toEqual(['small (0m01s-0m01.08s) (2).mp4', 'small (0m01s-0m01.08s) (3).mp4'])
    expect(readFileSync(path.join(out, 'small (0m01s-0m01.08s).mp4'), 'utf8')).toBe('mine')
  })

  it('refuses to take the place of its source', async () => {
    const file = path.join(out, 'small (0m01s-0m01.08s).mp4')
    copyFileSync(small, file)
    const { failed } = await run({ file, clips: [span(1, 1.08)], changed: { clips: await libraryOf(file, { title: 'small' }) } })
    expect(failed.map(({ error }) => error.code)).toEqual(['SAME_FILE'])
    expect(readdirSync(out)).toHaveLength(1)
  })

  it('puts captions beside the clip, in time with it', async () => {
    const spoken = [{ startSeconds: 0.5, endSeconds: 1.5, text: 'red fox', words: [{ text: 'red', start: 0.5, end: 0.9 }, { text: 'fox', start: 1.1, end: 1.5 }] }]
    const { files } = await run({ clips: [span(1, 2)], captions: 'sidecar', changed: { clips: await libraryOf(small, { spoken }) } })
    expect(readdirSync(out).sort()).toEqual(['small (0m01s-0m02s).mp4', 'small (0m01s-0m02s).srt'])
    expect(files[0]?.sidecars).toEqual([path.join(out, 'small (0m01s-0m02s).srt')])
    expect(readFileSync(path.join(out, 'small (0m01s-0m02s).srt'), 'utf8')).toBe('1\r\n00:00:00,100 --> 00:00:01,000\r\nfox\r\n')
  })

  it('tells how far it is, never backwards', async () => {
    const events: AppEvent[] = []
    await run({ clips: [span(0, 3), span(1, 1.2)], changed: { emit: (event) => events.push(event) } })
    const shares = events.filter((event) => event.type === 'export-progress').map((event) => event.clip + event.progress)
    expect(shares).toEqual([...shares].sort((a, b) => a - b))
    expect([shares[0], shares.at(-1)]).toEqual([0, 2])
  })

  it('tells of each clip as soon as its file is there, or why there is none', async () => {
    const events: AppEvent[] = []
    const { files, failed } = await run({ clips: [span(9, 10), span(1, 1.2)], changed: { emit: (event) => events.push(event) } })
    const told = events.filter((event) => event.type === 'export-file')
    expect(told).toEqual([{ type: 'export-file', exportId: 1, clip: 0, file: null, error: failed[0]?.error }, { type: 'export-file', exportId: 1, clip: 1, file: files[0], error: null }])
  })

  it('tells of its end also when it is refused for its name template', async () => {
    const ends: string[] = []
    const emit = (event: AppEvent): void => { if (event.type === 'export-ended') ends.push(event.outcome) }
    const input = { ...usualExportChoices, clips: [span(0, 1)], outFolder: out, nameTemplate: '{who}' }
    await expect(exportClips(input, toolsWith(await libraryOf(small), { emit }), never)).rejects.toThrow('{who}')
    expect(ends).toEqual(['failed'])
  })
})

describe('the end of an export', () => {
  const told = async (wanted: Wanted): Promise<AppEvent[]> => {
    const events: AppEvent[] = []
    await run({ ...wanted, changed: { exportId: 7, emit: (event) => events.push(event) } }).catch(() => undefined)
    expect(events.filter((event) => 'exportId' in event && event.exportId !== 7)).toEqual([])
    return events.slice(-1)
  }

  it('is told when all clips were dealt with, also when one of them could not be written', async () => {
    expect(await told({ clips: [span(1, 1.2), span(9, 10)] })).toEqual([{ type: 'export-ended', exportId: 7, outcome: 'done' }])
  })

  it('is told when it was cancelled, and when nothing could be written', async () => {
    expect(await told({ signal: AbortSignal.abort() })).toEqual([{ type: 'export-ended', exportId: 7, outcome: 'cancelled' }])
    expect(await told({ outFolder: small })).toEqual([{ type: 'export-ended', exportId: 7, outcome: 'failed' }])
  })
})

describe('an export that can not be', () => {
  it('reports the clip that failed and goes on with the others', async () => {
    const { files, failed } = await run({ clips: [span(9, 10), span(1, 1.08), span(2, 1)] })
    expect(files).toHaveLength(1)
    expect(failed.map(({ clip, error }) => [clip, error.code])).toEqual([[span(9, 10), 'USAGE'], [span(2, 1), 'USAGE']])
  })

  it('is refused when the source was changed, moved or unplugged after it was imported', async () => {
    const file = path.join(folder, 'drive', 'changed.mp4')
    mkdirSync(path.dirname(file))
    copyFileSync(small, file)
    const clips = await libraryOf(file)
    const code = async (): Promise<string | undefined> => (await run({ changed: { clips } })).failed[0]?.error.code
    utimesSync(file, new Date(), new Date(Date.now() + 5000))
    expect(await code()).toBe('CHANGED')
    rmSync(file)
    expect(await code()).toBe('NOT_FOUND')
    rmSync(path.dirname(file), { recursive: true })
    expect(await code()).toBe('OFFLINE')
    expect(readdirSync(out)).toEqual([])
  })

  it('leaves nothing behind when it is stopped in the middle of the cut', async () => {
    const stop = new AbortController()
    const seen: string[][] = []
    const ffmpeg: ExportTools['ffmpeg'] = {
      ...realFfmpeg,
      cut: (job, onProgress, signal) => realFfmpeg.cut(job, (share, frames) => {
        onProgress(share, frames)
        seen.push(readdirSync(out))
        stop.abort()
      }, signal),
    }
    await expect(run({ clips: [span(0, 4)], changed: { ffmpeg }, signal: stop.signal })).rejects.toThrow('abort')
    expect(seen[0]).toEqual([expect.stringMatching(/^\.scenedex-.*\.part$/)])
    expect(readdirSync(out)).toEqual([])
  })

  it('throws away a clip that has a picture too many', async () => {
    const ffmpeg: ExportTools['ffmpeg'] = { ...realFfmpeg, cut: (job, onProgress, signal) => realFfmpeg.cut({ ...job, endPts: job.endPts + 512, lastPts: job.lastPts + 512 }, onProgress, signal) }
    const { files, failed } = await run({ changed: { ffmpeg } })
    expect(files).toEqual([])
    expect(failed.map(({ error }) => error.code)).toEqual(['EXPORT_UNVERIFIED'])
    expect(readdirSync(out)).toEqual([])
  })

  it('says that the folder is a file', async () => {
    await expect(run({ outFolder: small })).rejects.toMatchObject({ code: 'USAGE' })
    await expect(run({ outFolder: path.join(small, 'deeper') })).rejects.toMatchObject({ code: 'USAGE' })
  })

  it('makes the folder when it is not there', async () => {
    const { files } = await run({ outFolder: path.join(out, 'new', 'deep'), clips: [span(1, 1.08)] })
    expect(existsSync(files[0]?.path ?? '')).toBe(true)
  })
})

async function succeeds(program: string, args: string[]): Promise<boolean> {
  return runToEnd({ program, args, signal: never }).then(({ code }) => code === 0, () => false)
}

/** Does the work on a small drive of our own. False where we may not mount one. */
async function onSmallDrive(options: string, work: (drive: string) => Promise<void>): Promise<boolean> {
  const drive = mkdtempSync(path.join(folder, 'drive-'))
  if (!await succeeds('mount', ['-t', 'tmpfs', '-o', options, 'none', drive])) return false
  try {
    await work(drive)
  } finally {
    await succeeds('umount', [drive])
  }
  return true
}

const NO_MOUNT = 'only root can mount a small drive'

describe('a full disk', () => {
  it('is seen before the cut, with the bytes that are needed', async ({ skip }) => {
    const mounted = await onSmallDrive('size=64k', async (drive) => {
      const { failed } = await run({ outFolder: drive, clips: [span(0, 4)] })
      expect(failed.map(({ error }) => error.code)).toEqual(['DISK_FULL'])
      expect(failed[0]?.error.message).toMatch(/needs about 0\.1 MB \(\d{5,} bytes\)/)
      expect(readdirSync(drive)).toEqual([])
    })
    skip(!mounted, NO_MOUNT)
  })

  it('in the middle of the cut leaves neither a clip nor a part of it', async ({ skip }) => {
    const noise = path.join(folder, 'noise.mp4')
    await ffmpegOutput(['-f', 'lavfi', '-i', 'nullsrc=s=320x180:r=25:d=4,geq=random(1)*255:128:128', '-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', noise])
    const mounted = await onSmallDrive('size=1m', async (drive) => {
      const { failed } = await run({ file: noise, outFolder: drive, clips: [span(0, 4)] })
      expect(failed.map(({ error }) => error.code)).toEqual(['DISK_FULL'])
      expect(Number(/\((\d+) bytes\)/.exec(failed[0]?.error.message ?? '')?.[1])).toBeGreaterThan(900_000)
      expect(readdirSync(drive)).toEqual([])
    })
    expect(statSync(noise).size).toBeGreaterThan(1_000_000)
    skip(!mounted, NO_MOUNT)
  })

  it('is not mixed up with a drive that is read only', async ({ skip }) => {
    const mounted = await onSmallDrive('size=1m,ro', async (drive) => {
      const { failed } = await run({ outFolder: drive, clips: [span(1, 1.08)] })
      expect(failed.map(({ error }) => error.code)).toEqual(['NO_ACCESS'])
    })
    skip(!mounted, NO_MOUNT)
  })
})

import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { makeNumberedVideo } from '../../../../e2e/fixtures/numbered-video.ts'
import { readNumberedVideo } from '../../../../e2e/fixtures/numbered-video-reader.ts'
import { usualSpec } from '../../../../e2e/fixtures/numbered-video-spec.ts'
import type { AppEvent } from '../../../contract/events.ts'
import type { ExportReport } from '../../../contract/exports.ts'
import type { ExportTools } from '../export.ts'
import { factsOf, ffmpegOutput, NO_MEDIA, realFfmpeg, realMedia, temporaryFolder } from '../test-library.ts'
import type { WantedReel } from './test-reels.ts'
import { runReel, span, titled } from './test-reels.ts'

let folder = ''
/** New for each test. */
let out = ''
/** By number from 1: 25 and 30 pictures a second with sound, and one without that is taller than wide. */
let files: string[] = []
beforeAll(async () => {
  folder = await temporaryFolder()
  const seconds = 2.4
  const tall = path.join(folder, 'tall.mp4')
  await ffmpegOutput(['-f', 'lavfi', '-i', 'color=white:s=90x160:r=25:d=1', '-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', tall])
  files = [
    makeNumberedVideo({ ...usualSpec, seconds }, folder, 'one'),
    makeNumberedVideo({ ...usualSpec, rate: '30', container: 'mkv', sound: 'opus', seconds }, folder, 'two'),
    tall,
  ]
})
beforeEach(() => { out = mkdtempSync(path.join(folder, 'out-')) })
afterAll(() => { rmSync(folder, { recursive: true, force: true }) })

async function run(wanted: Partial<WantedReel> & Pick<WantedReel, 'clips'>): Promise<ExportReport> {
  return runReel({ of: files, out, ...wanted, choices: { mode: 'exact', ...wanted.choices } })
}

/** Pictures 5 to 24 of the first video, 0.8 s from picture 12 of the second on, pictures 30 to 44 of the first. */
const three = [titled('First', span(1, 0.2, 1)), titled('a=b;c#d\\e', span(2, 0.4, 1.2)), span(1, 1.2, 1.8)]
const firstNumbers = Array.from({ length: 20 }, (_, at) => 5 + at)
const secondNumbers = Array.from({ length: 20 }, (_, at) => 12 + Math.floor(at * 30 / 25 + 0.25))
const thirdNumbers = Array.from({ length: 15 }, (_, at) => 30 + at)

describe('a reel of clips of different rates, containers and codecs', () => {
  /** Joined with hard cuts, for several tests. */
  let plain: ExportReport['files'][number] | undefined
  let plainFolder = ''
  beforeAll(async () => {
    plainFolder = mkdtempSync(path.join(folder, 'plain-'))
    out = plainFolder
    const { files: [file], failed } = await run({ clips: three })
    expect(failed).toEqual([])
    plain = file
  })

  it('has every picture of every clip in its place, and each beep at its flash', async () => {
    const reading = await readNumberedVideo(plain?.path ?? '', 'a:0')
    expect(reading.complaints).toEqual([])
    expect(reading.pictures.map(({ number }) => number)).toEqual([...firstNumbers, ...secondNumbers, ...thirdNumbers])
    for (const [at, { ptsSeconds }] of reading.pictures.entries()) expect(ptsSeconds).toBeCloseTo(at / 25, 6)
    // Flashes of the first video are pictures 10, 20 (in the first part) and 30, 40 (in the last); of the second 12, 24.
    const flashes = reading.pictures.flatMap(({ isFlash, ptsSeconds, number }, at) => isFlash && number !== reading.pictures[at - 1]?.number ? [ptsSeconds] : [])
    expect(flashes).toHaveLength(6)
    for (const flash of flashes) expect(Math.min(...reading.beeps.map(({ atSeconds }) => Math.abs(atSeconds - flash)))).toBeLessThanOrEqual(0.04)
  })

  it('says where each clip is, has a chapter for each, and what was checked', async () => {
    expect(plain).toMatchObject({ path: path.join(plainFolder, 'Best of.mp4'), mode: 'exact', start: 0, end: 2.2, duration: 2.2, why: '3 clips brought to 192x108 at 25 pictures a second' })
    expect(plain?.parts).toEqual([
      { clip: three[0], at: 0, duration: 0.8, title: 'First' }, { clip: three[1], at: 0.8, duration: 0.8, title: 'a=b;c#d\\e' }, { clip: three[2], at: 1.6, duration: 0.6, title: 'one' },
    ])
    expect(plain?.verified).toMatchObject({ frames: 55, expectedFrames: 55, firstFrameMatches: true, lastFrameMatches: true, decodedToTheEnd: true, audioOffset: 0 })
    const { media } = await factsOf(plain?.path ?? '')
    expect(media.chapters.map(({ startSeconds, title }) => [startSeconds, title])).toEqual([[0, 'First'], [0.8, 'a=b;c#d\\e'], [1.6, 'one']])
    expect(media.durationSeconds).toBeCloseTo(2.2, 1)
    expect(readdirSync(plainFolder)).toEqual(['Best of.mp4'])
  })

  it('goes over from clip to clip where that is wanted: shorter by it, and nothing else is touched', async () => {
    const { files: [file], failed } = await run({ clips: three, reel: { crossfadeSeconds: 0.2 } })
    expect(failed).toEqual([])
    const { pictures, complaints } = await readNumberedVideo(file?.path ?? '', 'a:0')
    expect(complaints).toEqual([])
    const numbers = pictures.map(({ number }) => number)
    expect(numbers).toHaveLength(45)
    expect(numbers.slice(0, 15)).toEqual(firstNumbers.slice(0, 15))
    expect(numbers.slice(20, 30)).toEqual(secondNumbers.slice(5, 15))
    expect(numbers.slice(35)).toEqual(thirdNumbers.slice(5))
    expect(file?.parts.map(({ at }) => at)).toEqual([0, 0.6, 1.2])
    expect(file?.notes).toEqual([])
  })

  it('says that a crossfade is shorter where a clip is too short for it', async () => {
    const { files: [file] } = await run({ clips: [span(1, 0, 0.8), span(1, 1, 1.16)], reel: { crossfadeSeconds: 1 } })
    expect(file?.verified.frames).toBe(20 + 4 - 2)
    expect(file?.notes).toEqual(['At one place the crossfade is shorter than 1.00 s (down to 0.08 s): never more than half of a clip goes into it.'])
  })

  it('has a card with the title before each clip, silence where a clip has no sound, and black beside a tall one', async () => {
    const { files: [file], failed } = await run({ clips: [titled('{\\b1}שלום 日本語', span(3, 0, 0.4)), span(1, 0, 0.8)], reel: { titleCards: true } })
    expect(failed).toEqual([])
    expect(file?.parts.map(({ at, duration }) => [at, duration])).toEqual([[2, 0.4], [4.4, 0.8]])
    const { beeps, pictures } = await readNumberedVideo(file?.path ?? '', 'a:0')
    expect(pictures.map(({ number }) => number).slice(110)).toEqual(Array.from({ length: 20 }, (_, at) => at))
    expect(beeps.every(({ atSeconds }) => atSeconds > 4.35)).toBe(true)
    const at = async (seconds: number): Promise<Buffer> => ffmpegOutput(['-ss', String(seconds), '-i', `file:${file?.path ?? ''}`, '-frames:v', '1', '-vf', 'scale=12:6:flags=area,format=gray', '-f', 'rawvideo', '-'])
    const [card, tall] = [await at(1), await at(2.2)]
    expect(Math.max(...card)).toBeGreaterThan(10)
    // White in the middle third, black beside it.
    expect([tall[12 * 3], tall[12 * 3 + 6], tall[12 * 3 + 11]].map((value) => (value ?? 0) > 128)).toEqual([false, true, false])
  })
})

describe('a reel that can not be', () => {
  it('is not made at all when one clip can not be, and says which and why', async () => {
    const tooLate = titled('Too late', span(2, 9, 10))
    const { files: made, failed } = await run({ clips: [span(1, 0.2, 1), tooLate] })
    expect(made).toEqual([])
    expect(failed).toHaveLength(1)
    expect(failed[0]).toMatchObject({ clip: tooLate, error: { code: 'USAGE', hint: 'Choose an earlier start.' } })
    expect(failed[0]?.error.message).toMatch(/^The reel was not made because of clip 2 \("Too late"\): "two" is only 2\.4\d* s long\.$/)
    expect(readdirSync(out)).toEqual([])
  })

  it('leaves nothing behind when it is stopped in the middle', async () => {
    const stop = new AbortController()
    const events: AppEvent[] = []
    const ffmpeg: ExportTools['ffmpeg'] = { ...realFfmpeg, crossfade: (job, signal) => { stop.abort(); return realFfmpeg.crossfade(job, signal) } }
    await expect(run({ clips: [span(1, 0, 0.4), span(1, 1, 1.4)], reel: { crossfadeSeconds: 0.2 }, changed: { ffmpeg, emit: (event) => events.push(event) }, signal: stop.signal })).rejects.toThrow('abort')
    expect(readdirSync(out)).toEqual([])
    expect(events.at(-1)).toMatchObject({ type: 'export-ended', outcome: 'cancelled' })
  })

  it('is thrown away when a part is in the wrong place', async () => {
    const ffmpeg: ExportTools['ffmpeg'] = { ...realFfmpeg, joinReel: ({ pictures, ...job }, signal) => realFfmpeg.joinReel({ ...job, pictures: pictures.how === 'pieces' ? { ...pictures, pieces: pictures.pieces.toReversed() } : pictures }, signal) }
    const { files: made, failed } = await run({ clips: [span(1, 0, 0.4), span(1, 1, 1.4)], changed: { ffmpeg } })
    expect(made).toEqual([])
    expect(failed.map(({ error }) => [error.code, /part 1 has other pictures/.test(error.message)])).toEqual([['EXPORT_UNVERIFIED', true]])
    expect(readdirSync(out)).toEqual([])
  })

  it('is thrown away when its sound is late', async () => {
    const late = path.join(folder, 'late.raw')
    const ffmpeg: ExportTools['ffmpeg'] = {
      ...realFfmpeg,
      joinReel: async (job, signal) => {
        await ffmpegOutput(['-f', 'f32le', '-ar', '48000', '-ac', '2', '-i', `file:${job.sound ?? ''}`, '-af', 'adelay=50:all=1', '-f', 'f32le', late])
        await realFfmpeg.joinReel({ ...job, sound: late }, signal)
      },
    }
    const { failed } = await run({ clips: [span(1, 0.2, 1)], changed: { ffmpeg } })
    expect(failed.map(({ error }) => [error.code, /its sound is off by 0\.05/.test(error.message)])).toEqual([['EXPORT_UNVERIFIED', true]])
  })
})

describe('a reel of real videos', () => {
  it('brings different sizes, rates and orientations together', async ({ skip }) => {
    const real = ['fire2.mp4', 'issue-134-rotate.mp4', 'bear-vp9-opus.webm'].map((name) => realMedia(`videos/${name}`))
    skip(real.some(({ isThere }) => !isThere), NO_MEDIA)
    const { files: [file], failed } = await run({
      of: real.map(({ file: each }) => each), clips: [span(1, 0.5, 1.1), span(2, 1, 1.6), span(3, 0.5, 1.3)], reel: { crossfadeSeconds: 0.2 },
      choices: { fades: { inSeconds: 0.2, outSeconds: 0.2 } },
    })
    expect(failed).toEqual([])
    expect(file?.why).toBe('3 clips brought to 1280x960 at 29.97 pictures a second')
    expect(file?.verified).toMatchObject({ frames: 18 + 18 + 24 - 12, audioOffset: 0 })
  })
})

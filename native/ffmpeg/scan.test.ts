import { existsSync, rmSync, truncateSync, statSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import sharp from 'sharp'
import { VideoId } from '../../electron/contract/ids.ts'
import { AppError } from '../../electron/core/errors.ts'
import type { MediaFacts } from '../../electron/core/facts.ts'
import type { ScanEvent, ScanRequest } from '../../electron/core/ports.ts'
import { probeFile } from './probe.ts'
import { scanVideo } from './scan.ts'
import { createTestMedia, scanAll, truePts } from './scan/test-media.ts'

const media = createTestMedia()
const { tools, make } = media
afterAll(() => media.remove())

const shared = path.resolve(process.env['SCENEDEX_SHARED'] ?? path.join(import.meta.dirname, '../../../shared'), 'media')
const hasShared = existsSync(shared)
const video = (name: string): string => path.join(shared, 'videos', name)
const X264 = '-c:v libx264 -preset ultrafast -pix_fmt yuv420p'

/** Mean of each colour channel in a part of a picture. */
async function meanOf(jpeg: Uint8Array, part: { left: number, top: number, width: number, height: number }): Promise<number[]> {
  const { channels } = await sharp(await sharp(jpeg).extract(part).toBuffer()).stats()
  return channels.map(({ mean }) => Math.round(mean))
}

function isAbout(actual: number[], wanted: number[], tolerance = 24): boolean {
  return wanted.every((value, at) => Math.abs((actual[at] ?? -999) - value) <= tolerance)
}

describe.skipIf(!hasShared)('the pictures of real videos (needs ../shared/media)', () => {
  it.each(['issue-195-aspect-ratio.mp4', 'nasa_13013.mp4', 'issue-236-split-copy.mkv', 'demo_22.mp4', 'fire2.mp4', 'lake_test_video.mp4', 'bear-vp9-opus.webm'])('%s: every picture comes once, at its true pts', async (name) => {
    const scanned = await scanAll(tools, video(name))
    expect(scanned.pts).toEqual(truePts(media, video(name), scanned.media.picture.index))
    expect(scanned.end).toEqual({ kind: 'end', decodeErrors: 0, firstError: null })
  })

  it('takes a 4:3 picture stored as 704x576 as what is shown: square pixels', async () => {
    const { candidates } = await scanAll(tools, video('issue-195-aspect-ratio.mp4'))
    const { width, height, format } = await sharp(candidates[0]!.jpeg).metadata()
    expect({ format, ratio: (width / height).toFixed(2) }).toEqual({ format: 'jpeg', ratio: '1.78' })
  })

  it('gives the same candidates after a seek, and every wanted picture', async () => {
    const file = video('issue-195-aspect-ratio.mp4')
    const whole = await scanAll(tools, file)
    const fromPts = 12_800 * 14
    const rest = await scanAll(tools, file, { fromPts })
    expect(rest.pts[0]).toBeGreaterThan(0)
    expect(rest.pts[0]).toBeLessThanOrEqual(fromPts)
    expect(rest.pts.filter((pts) => pts >= fromPts)).toEqual(whole.pts.filter((pts) => pts >= fromPts))
    expect(rest.levels.slice(-100)).toEqual(whole.levels.slice(-100))
    expect(rest.candidates.filter(({ pts }) => pts >= fromPts)).toEqual(whole.candidates.filter(({ pts }) => pts >= fromPts))
  })

  it('reads key frames only for a first look', async () => {
    const { pts } = await scanAll(tools, video('nasa_13013.mp4'), { keyFramesOnly: true })
    expect(pts.length).toBeGreaterThan(1)
    expect(pts.length).toBeLessThan(30)
  })

  it('counts what the decoder complains about', async () => {
    const damaged = path.join(shared, 'corpus/dmlc_decord/corrupted.mp4')
    const { end, damages, pts } = await scanAll(tools, damaged)
    expect(pts.length).toBeGreaterThan(10)
    expect(end?.decodeErrors).toBeGreaterThan(0)
    expect(damages).toBe(end?.decodeErrors)
  })
})

describe('times', () => {
  it('start times of 10 s and 100,000 s are kept, the sound is told from the first picture', async () => {
    const file = make('late-start.ts', `-f lavfi -i testsrc=r=25:s=160x90:d=2 -f lavfi -i sine=r=48000:d=2 ${X264} -c:a aac -output_ts_offset 100000 -f mpegts`)
    const { pts, sound, media: facts } = await scanAll(tools, file)
    expect(pts).toEqual(truePts(media, file))
    expect(pts[0]).toBe(facts.picture.startPts)
    expect(pts[0]).toBeGreaterThan(100_000 * 90_000 % 2 ** 33 - 1)
    expect(Math.abs(sound!.startSeconds)).toBeLessThan(0.1)
  })

  it('a variable rate keeps each pts, through a seek too', async () => {
    const file = make('vfr.mkv', `-f lavfi -i testsrc=r=30:s=160x90:d=12 -vf select='mod(n\\,7)*mod(n\\,5)+eq(n\\,0)' -fps_mode passthrough ${X264} -g 20`)
    const all = await scanAll(tools, file)
    expect(all.pts).toEqual(truePts(media, file))
    const rest = await scanAll(tools, file, { fromPts: 8_000 })
    expect(rest.pts[0]).toBeGreaterThan(0)
    expect(rest.pts.filter((pts) => pts >= 8_000)).toEqual(all.pts.filter((pts) => pts >= 8_000))
  })

  it('1000 pictures a second become at most 65, at true times', async () => {
    const file = make('fast.mp4', `-f lavfi -i testsrc=r=1000:s=64x36:d=2 ${X264} -video_track_timescale 16000`)
    const { pts } = await scanAll(tools, file)
    expect(pts).toHaveLength(130)
    expect(pts.every((one) => one % 16 === 0)).toBe(true)
  })

  it('60 pictures a second are all there', async () => {
    const file = make('sixty.mp4', `-f lavfi -i testsrc=r=60:s=64x36:d=2 ${X264}`)
    expect((await scanAll(tools, file)).pts).toHaveLength(120)
  })

  it.each([['one picture', 'testsrc=r=25:s=64x36:d=0.04', 1], ['16x16', 'testsrc=r=25:s=16x16:d=1', 25]])('%s', async (_name, source, frames) => {
    const file = make('tiny.mp4', `-f lavfi -i ${source} ${X264}`)
    const { pts, candidates } = await scanAll(tools, file)
    expect(pts).toHaveLength(frames)
    expect(candidates[0]?.pts).toBe(0)
  })

  it('853x479 in 4:4:4 with an odd size gives candidates too', async () => {
    const file = make('odd.mp4', '-f lavfi -i testsrc=r=25:s=853x479:d=1 -c:v libx264 -preset ultrafast -pix_fmt yuv444p')
    const { pts, candidates } = await scanAll(tools, file)
    expect(pts).toHaveLength(25)
    expect(await sharp(candidates[0]!.jpeg).metadata()).toMatchObject({ width: 320, height: 180 })
  })
})

describe('the sound', () => {
  it('that starts 2 s late starts 2 s late: the first loud sample is the first of the file', async () => {
    const file = make('late-sound.mp4', `-f lavfi -i testsrc=r=25:s=160x90:d=5 -itsoffset 2 -f lavfi -i sine=f=440:r=48000:d=3 ${X264} -c:a aac`)
    const { sound } = await scanAll(tools, file)
    const first = sound!.samples.findIndex((value) => Math.abs(value) > 1000)
    expect(sound!.startSeconds + first / 16_000).toBeCloseTo(2, 1)
    expect(sound!.startSeconds + sound!.samples.length / 16_000).toBeCloseTo(5, 1)
  })

  it('with a gap keeps its times: the gap is silence', async () => {
    const file = make('gap.mkv', `-f lavfi -i testsrc=r=25:s=64x36:d=6 -f lavfi -i sine=f=440:r=16000:d=6 ${X264} -af aselect='lt(t\\,2)+gt(t\\,4)' -c:a pcm_s16le`)
    const { sound } = await scanAll(tools, file)
    expect(sound!.samples.length / 16_000).toBeCloseTo(6, 1)
    const loudest = (from: number, to: number): number => Math.max(...sound!.samples.subarray(from * 16_000, to * 16_000).map(Math.abs))
    expect(loudest(1, 1.9)).toBeGreaterThan(1000)
    expect(loudest(2.2, 3.8)).toBe(0)
    expect(loudest(4.2, 5)).toBeGreaterThan(1000)
  })

  it('is bit for bit the same after a seek', async () => {
    const file = make('seek-sound.mp4', `-f lavfi -i testsrc=r=25:s=64x36:d=20 -f lavfi -i anoisesrc=r=44100:a=0.2:d=20:seed=3 ${X264} -g 25 -c:a aac`)
    const whole = (await scanAll(tools, file)).sound!
    const rest = (await scanAll(tools, file, { fromPts: 12_800 * 10 })).sound!
    expect(rest.startSeconds).toBeGreaterThan(5)
    const at = (seconds: number, of: typeof rest): number[] => [...of.samples.subarray(Math.round((seconds - of.startSeconds) * 16_000)).subarray(0, 8000)]
    expect(at(10.5, rest)).toEqual(at(10.5, whole))
  })

  it('is not there where there is none', async () => {
    const file = make('silent.mp4', `-f lavfi -i testsrc=r=25:s=64x36:d=1 ${X264}`)
    expect((await scanAll(tools, file)).sound).toBeNull()
  })
})

describe('candidates', () => {
  // left half red, right half blue, the upper quarter of the left one white
  const CHART = 'color=red:s=160x90:r=25:d=1,drawbox=x=80:w=80:h=90:color=blue:t=fill,drawbox=w=80:h=30:color=white:t=fill'

  it.each([90, 180, 270])('stand upright where the file says %i degrees, as ffmpeg itself shows them', async (degrees) => {
    const plain = make('plain.mp4', `-f lavfi -i ${CHART} ${X264}`)
    const turned = make(`turned-${degrees}.mp4`, `-i ${plain} -c copy -metadata:s:v:0 rotate=${degrees}`)
    const shown = make('shown.png', `-i ${turned} -frames:v 1`)
    const { candidates, media: facts } = await scanAll(tools, turned)
    expect(facts.picture.rotationDegrees).not.toBe(0)
    const ours = await sharp(candidates[0]!.jpeg).resize(90, 90, { fit: 'fill' }).removeAlpha().raw().toBuffer()
    const theirs = await sharp(readFileSync(shown)).resize(90, 90, { fit: 'fill' }).removeAlpha().raw().toBuffer()
    const difference = ours.reduce((sum, value, at) => sum + Math.abs(value - (theirs[at] ?? 0)), 0) / ours.length
    expect(difference).toBeLessThan(8)
  })

  it('have the colours of the file, also where it does not say which matrix it uses', async () => {
    const file = make('hd.mp4', `-f lavfi -i color=0xff0000:s=1280x720:r=25:d=1 -vf scale=out_color_matrix=bt709 ${X264}`)
    const { candidates } = await scanAll(tools, file)
    const mean = await meanOf(candidates[0]!.jpeg, { left: 100, top: 50, width: 100, height: 50 })
    expect(isAbout(mean, [254, 0, 0], 6)).toBe(true)
  })

  it('of HDR10 are brought to the range of a plain screen', async () => {
    const file = make('hdr.mp4', '-f lavfi -i color=0x404040:s=320x180:r=25:d=1 -vf format=yuv420p10le -c:v libx265 -preset ultrafast -x265-params log-level=none -color_primaries bt2020 -color_trc smpte2084 -colorspace bt2020nc')
    const { candidates, levels } = await scanAll(tools, file)
    const [red = 0, green = 0, blue = 0] = await meanOf(candidates[0]!.jpeg, { left: 10, top: 10, width: 100, height: 100 })
    // a quarter of PQ's range is 5 nits, 2.5 % of a white sheet: darker than the 64 that the plain code says
    expect(Math.max(red, green, blue) - Math.min(red, green, blue)).toBeLessThan(6)
    expect(red).toBeGreaterThan(15)
    expect(red).toBeLessThan(52)
    expect(Math.abs((levels[0] ?? 0) - red)).toBeLessThan(8)
  })
})

describe('what goes wrong', () => {
  function requestWith(file: string, facts: MediaFacts): ScanRequest {
    return {
      video: { id: VideoId.parse(1), path: file, media: facts },
      fromPts: null,
      keyFramesOnly: false,
      smallFrame: { width: 48, height: 27 },
      candidate: { perSecond: 2, longEdge: 320 },
      withSound: true,
    }
  }

  const requestFor = async (file: string): Promise<ScanRequest> => requestWith(file, await probeFile(tools, file, new AbortController().signal))

  it('a file that is cut short gives what is in it', async () => {
    const file = make('cut.mkv', `-f lavfi -i testsrc=r=25:s=320x180:d=8 -f lavfi -i sine=d=8 ${X264} -c:a aac`)
    truncateSync(file, Math.floor(statSync(file).size / 2))
    const { pts, end } = await scanAll(tools, file)
    expect(pts.length).toBeGreaterThan(60)
    expect(pts.length).toBeLessThan(160)
    expect(end?.kind).toBe('end')
  })

  it('sound that does not decode does not cost the pictures', async () => {
    const file = make('bad-sound.mkv', `-f lavfi -i testsrc=r=25:s=64x36:d=2 -f lavfi -i sine=d=2 ${X264} -c:a mp2`)
    const bytes = readFileSync(file)
    // every MP2 frame begins with 0xff 0xfd: without it, it is none
    for (let at = bytes.indexOf(Buffer.from([0xff, 0xfd])); at >= 0; at = bytes.indexOf(Buffer.from([0xff, 0xfd]), at)) bytes.fill(0, at, at + 2)
    const facts = (await requestFor(file)).video.media
    writeFileSync(file, bytes)
    const signal = new AbortController().signal
    let frames = 0
    for await (const events of scanVideo(tools, requestWith(file, facts), signal)) frames += events.filter(({ kind }) => kind === 'frame').length
    expect(frames).toBe(50)
  })

  it('stops at once on abort, in the middle of a file', async () => {
    const file = make('long.mp4', `-f lavfi -i testsrc=r=25:s=320x180:d=60 ${X264}`)
    const stop = new AbortController()
    const events: ScanEvent[] = []
    const work = (async () => {
      for await (const batch of scanVideo(tools, await requestFor(file), stop.signal)) {
        events.push(...batch)
        if (events.length > 10) stop.abort(new AppError('CANCELLED', { message: 'Stopped.' }))
      }
    })()
    await expect(work).rejects.toMatchObject({ code: 'CANCELLED' })
    expect(events.some(({ kind }) => kind === 'end')).toBe(false)
  })

  it('waits for a slow consumer and holds no more than a bound meanwhile', async () => {
    const file = make('plenty.mp4', `-f lavfi -i testsrc=r=50:s=320x180:d=60 ${X264}`)
    const iterator = scanVideo(tools, await requestFor(file), new AbortController().signal)
    await iterator.next()
    await new Promise((resolve) => setTimeout(resolve, 1500))
    const { value } = await iterator.next()
    const frames = (value ?? []).filter(({ kind }) => kind === 'frame')
    // 3000 pictures of 3888 bytes are 11.7 MB; 2 MB and what lies in the pipes are let in
    expect(frames.length).toBeLessThan(1000)
    await iterator.return(undefined)
  })

  it('a file that went away is OFFLINE, not short', async () => {
    const file = make('gone.mp4', `-f lavfi -i testsrc=r=25:s=64x36:d=1 ${X264}`)
    const request = await requestFor(file)
    rmSync(file)
    await expect(Array.fromAsync(scanVideo(tools, request, new AbortController().signal))).rejects.toMatchObject({ code: 'OFFLINE' })
  })
})

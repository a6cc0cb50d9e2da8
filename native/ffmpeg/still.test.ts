import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { VideoId } from '../../electron/contract/ids.ts'
import type { VideoFacts } from '../../electron/core/facts.ts'
import { ptsToSeconds } from '../../electron/core/facts.ts'
import { probeFile } from './probe.ts'
import type { TestMedia } from './scan/test-media.ts'
import { createTestMedia, scanAll, truePts } from './scan/test-media.ts'
import { stillPicture } from './still.ts'

const videos = path.join(process.env['SCENEDEX_SHARED'] ?? path.join(import.meta.dirname, '..', '..', '..', 'shared'), 'media', 'videos')
const never = new AbortController().signal

let media: TestMedia
beforeAll(() => { media = createTestMedia() })
afterAll(() => { media.remove() })

const factsOf = async (file: string): Promise<VideoFacts> => ({ id: VideoId.parse(1), path: file, media: await probeFile(media.tools, file, never) })

// The number of each picture is written into it as eight black or white bars.
const BITS = 8
const BAR = 20
const NUMBERED = ['-f', 'lavfi', '-i', `nullsrc=s=${BITS * BAR}x64:r=25:d=6,format=gray,geq=lum='if(mod(floor(N/pow(2\\,floor(X/${BAR})))\\,2)\\,235\\,16)',format=yuv420p`]
const H264 = ['-c:v', 'libx264', '-preset', 'veryfast', '-g', '100', '-bf', '3']

function numbered(name: string, ...more: string[]): Promise<VideoFacts> {
  const file = path.join(media.folder, name)
  execFileSync(media.tools.ffmpeg, ['-v', 'error', '-y', ...NUMBERED, ...H264, ...more, file])
  return factsOf(file)
}

async function numberIn(jpeg: Uint8Array): Promise<number> {
  const { data, info } = await sharp(jpeg).greyscale().raw().toBuffer({ resolveWithObject: true })
  return Array.from({ length: BITS }, (_, bit) => (data[(info.height >> 1) * info.width + bit * BAR + (BAR >> 1)] ?? 0) > 128 ? 2 ** bit : 0).reduce((sum, value) => sum + value, 0)
}

const numberAt = async (video: VideoFacts, atSeconds: number): Promise<[number, number]> => {
  const { jpeg, atSeconds: shownAt } = await stillPicture(media.tools, { video, atSeconds, longEdge: 512 }, never)
  return [await numberIn(jpeg), shownAt]
}

describe('a still picture', () => {
  it('is the one that is on the screen at the time, not one before or after, and says since when it is', async () => {
    const video = await numbered('plain.mp4')
    // 0.04 s a picture: on its first moment, in its middle, just before the next, far into a group of pictures, and in the next group
    for (const [at, number] of [[0, 0], [0.04, 1], [0.06, 1], [0.0794, 1], [0.08, 2], [3.96, 99], [4, 100], [4.0001, 100], [5.96, 149]] as const) {
      expect([at, ...await numberAt(video, at)]).toEqual([at, number, expect.closeTo(number * 0.04, 6)])
    }
  })

  it('is the one that begins at a time written with three digits', async () => {
    const video = await numbered('ntsc.mp4', '-vf', 'settb=1/30000,setpts=N*1001,fps=30000/1001')
    // picture 10 comes at 0.33366...
    expect(await numberAt(video, 0.3336)).toEqual([10, expect.closeTo(0.333667, 5)])
    expect(await numberAt(video, 0.333)).toEqual([9, expect.closeTo(0.3003, 5)])
  })

  it('is the last one after the end and the first one at the beginning, also of a file that begins late', async () => {
    const late = await numbered('late.mp4', '-output_ts_offset', '7')
    expect(late.media.picture.startPts).toBeGreaterThan(0)
    expect([await numberAt(late, 0), await numberAt(late, 2), await numberAt(late, 1000)]).toEqual([
      [0, 0], [50, expect.closeTo(2, 6)], [149, expect.closeTo(5.96, 6)],
    ])
  })

  it('is found without an index too', async () => {
    const stream = await numbered('stream.ts')
    expect([await numberAt(stream, 0), await numberAt(stream, 4.5), await numberAt(stream, 99)]).toEqual([
      [0, 0], [112, expect.closeTo(4.48, 6)], [149, expect.closeTo(5.96, 6)],
    ])
  })

  it('is the one that still stands where pictures come now and then', async () => {
    const rare = await numbered('rare.mkv', '-vf', String.raw`select='lt(n\,10)+eq(n\,70)+gte(n\,140)'`, '-fps_mode', 'vfr')
    expect([await numberAt(rare, 0.36), await numberAt(rare, 2.79), await numberAt(rare, 2.8), await numberAt(rare, 5.5), await numberAt(rare, 5.6)]).toEqual([
      [9, expect.closeTo(0.36, 3)], [9, expect.closeTo(0.36, 3)], [70, expect.closeTo(2.8, 3)], [70, expect.closeTo(2.8, 3)], [140, expect.closeTo(5.6, 3)],
    ])
  })

  it('is upright, with square pixels, and never made larger', async (test) => {
    if (!existsSync(videos)) test.skip('the shared media are not there')
    const sizeOf = async (name: string, longEdge: number): Promise<[number, number]> => {
      const { jpeg } = await stillPicture(media.tools, { video: await factsOf(path.join(videos, name)), atSeconds: 1, longEdge }, never)
      const { width, height } = await sharp(jpeg).metadata()
      return [width, height]
    }
    expect(await sizeOf('issue-134-rotate.mp4', 512)).toEqual([218, 512])
    expect(await sizeOf('issue-195-aspect-ratio.mp4', 512)).toEqual([512, 288])
    expect(await sizeOf('rabbit320.mp4', 5000)).toEqual([320, 240])
  })

  it('is exact in real videos: each of its pictures gives itself', async (test) => {
    if (!existsSync(videos)) test.skip('the shared media are not there')
    for (const name of ['crystal.webm', 'nasa_13013.mp4', 'issue-236-split-copy.mkv']) {
      const video = await factsOf(path.join(videos, name))
      const { picture } = video.media
      const pts = truePts(media, video.path, picture.index)
      for (const part of [0.3, 0.999]) {
        const at = ptsToSeconds(picture, pts[Math.floor(part * pts.length)] ?? NaN)
        const { atSeconds } = await stillPicture(media.tools, { video, atSeconds: at, longEdge: 64 }, never)
        expect([name, atSeconds]).toEqual([name, at])
      }
    }
  })

  it('is, at the time of a key frame, that key frame to the byte', async (test) => {
    if (!existsSync(videos)) test.skip('the shared media are not there')
    for (const name of ['issue-134-rotate.mp4', 'issue-195-aspect-ratio.mp4']) {
      const file = path.join(videos, name)
      const scanned = await scanAll(media.tools, file, { withSound: false, candidate: { perSecond: 2, longEdge: 512 } })
      const { pts, jpeg } = scanned.candidates.at(-1)!
      const video = { id: VideoId.parse(1), path: file, media: scanned.media }
      const still = await stillPicture(media.tools, { video, atSeconds: ptsToSeconds(scanned.media.picture, pts), longEdge: 512 }, never)
      expect(Buffer.compare(still.jpeg, jpeg), name).toBe(0)
    }
  })

  it('is refused in words where the file is gone or holds no picture there, and stops when asked to', async () => {
    const video = await numbered('gone.mp4')
    await expect(stillPicture(media.tools, { video: { ...video, path: `${video.path}.not` }, atSeconds: 1, longEdge: 64 }, never)).rejects.toMatchObject({ code: 'OFFLINE' })
    const text = path.join(media.folder, 'text.mp4')
    execFileSync(process.execPath, ['-e', `require('node:fs').writeFileSync(${JSON.stringify(text)}, 'no video')`])
    await expect(stillPicture(media.tools, { video: { ...video, path: text }, atSeconds: 1, longEdge: 64 }, never)).rejects.toMatchObject({ code: 'DECODE_FAILED' })
    await expect(stillPicture(media.tools, { video, atSeconds: 1, longEdge: 64 }, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough')
  })
})

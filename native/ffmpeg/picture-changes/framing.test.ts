import { rm } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { factsOf, ffmpegOutput, never, temporaryFolder, tools, unchanged } from '../../../electron/core/export/test-library.ts'
import type { VideoFacts } from '../../../electron/core/facts.ts'
import type { PlannedFraming } from '../../../electron/core/ports.ts'
import { cutExact } from '../cut.ts'

let folder = ''
let video: VideoFacts | null = null
beforeAll(async () => {
  folder = await temporaryFolder()
  // Ten columns of 32 pixels, each lighter than the one to its left; a black line at the top and a white one at the bottom.
  const file = path.join(folder, 'steps.mp4')
  const columns = "geq=lum='if(lt(Y,20),16,if(gte(Y,160),235,30+20*floor(X/32)))':cb=128:cr=128"
  await ffmpegOutput(['-f', 'lavfi', '-i', `color=gray:s=320x180:r=25:d=0.04,format=yuv420p,${columns},loop=loop=49:size=1,setpts=N/25/TB`, '-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '10', '-g', '25', file])
  video = await factsOf(file)
})
afterAll(async () => { await rm(folder, { recursive: true, force: true }) })

const pts = (picture: number): number => picture * 512

/** The pictures 10 to 39 of the video, framed: size, and brightness of a pixel in each picture. */
async function framed(framing: PlannedFraming, source: VideoFacts) {
  expect(source.media.picture.timeBase).toEqual({ num: 1, den: 12_800 })
  const target = path.join(folder, `${String(Math.random()).slice(2)}.mp4`)
  await cutExact(tools, {
    ...unchanged, video: source, startPts: pts(10), endPts: pts(40), firstPts: pts(10), lastPts: pts(39), target, changes: { framing, captions: null },
    encoding: { crf: 5, preset: 'ultrafast', hardware: false },
  }, { onProgress: () => undefined, signal: never })
  const { media: { picture } } = await factsOf(target)
  const luma = await ffmpegOutput(['-i', target, '-vf', 'extractplanes=y', '-f', 'rawvideo', '-'])
  const at = (frame: number, { x, y }: { x: number, y: number }): number => luma[(frame * picture.height + y) * picture.width + x] ?? -1
  return { width: picture.width, height: picture.height, sampleAspect: picture.sampleAspect, frames: luma.length / picture.width / picture.height, at }
}

function source(): VideoFacts {
  if (video === null) throw new Error('no video')
  return video
}

const window = { width: 100, height: 180 }
const crop = (corners: { pts: number, x: number }[]): PlannedFraming => ({ how: 'crop', ...window, window, path: corners.map((corner) => ({ ...corner, y: 0 })) })
/** What was in column `x` of the source, in what ffmpeg makes of it when it is told that all is grey. */
const step = (x: number): number => 30 + 20 * Math.floor(x / 32)
const near = (value: number, expected: number): void => { expect(Math.abs(value - expected)).toBeLessThan(10) }

describe('a crop', () => {
  it('that rests shows what is there, pixel by pixel', async () => {
    const { at, frames, ...size } = await framed(crop([{ pts: 0, x: 64 }]), source())
    expect([size, frames]).toEqual([{ width: 100, height: 180, sampleAspect: { num: 1, den: 1 } }, 30])
    near(at(0, { x: 4, y: 90 }), step(68))
    near(at(29, { x: 95, y: 90 }), step(159))
    expect(at(0, { x: 50, y: 5 })).toBeLessThan(30)
    expect(at(0, { x: 50, y: 175 })).toBeGreaterThan(220)
  })

  it('has its new place from the first picture after a cut on, not one earlier or later', async () => {
    const { at } = await framed(crop([{ pts: pts(10), x: 0 }, { pts: pts(25) - 1, x: 0 }, { pts: pts(25), x: 220 }, { pts: pts(40), x: 220 }]), source())
    near(at(14, { x: 16, y: 90 }), step(16))
    near(at(15, { x: 20, y: 90 }), step(240))
    near(at(29, { x: 20, y: 90 }), step(240))
  })

  it('glides between corners', async () => {
    const { at } = await framed(crop([{ pts: pts(10), x: 0 }, { pts: pts(30), x: 160 }]), source())
    for (const frame of [0, 2, 6, 10, 14, 18, 20, 29]) near(at(frame, { x: 16, y: 90 }), step(16 + Math.min(160, 8 * frame)))
  })

  it('goes a way of many corners, back and forth', async () => {
    const corners = Array.from({ length: 400 }, (_, index) => ({ pts: pts(10) + index * 38, x: index % 2 === 0 ? 0 : 96 }))
    const { frames } = await framed(crop(corners), source())
    expect(frames).toBe(30)
  })

  it('is enlarged without a change of shape where that is asked for', async () => {
    const { width, height, at } = await framed({ how: 'crop', width: 200, height: 360, window, path: [{ pts: 0, x: 64, y: 0 }] }, source())
    expect([width, height]).toEqual([200, 360])
    near(at(0, { x: 16, y: 180 }), step(72))
  })
})

describe('a picture that is fitted', () => {
  it('is whole in the middle, with black above and below', async () => {
    const { width, height, at } = await framed({ how: 'fit', width: 320, height: 568, sides: 'black' }, source())
    expect([width, height]).toEqual([320, 568])
    expect(at(0, { x: 160, y: 100 })).toBe(16)
    near(at(0, { x: 16, y: 284 }), step(16))
    near(at(0, { x: 304, y: 284 }), step(304))
    expect(at(0, { x: 160, y: 370 })).toBeGreaterThan(200)
    expect(at(0, { x: 160, y: 500 })).toBe(16)
  })

  it('has a blurred and darker one of itself behind it', async () => {
    const { width, height, frames, at } = await framed({ how: 'fit', width: 320, height: 568, sides: 'blurred' }, source())
    expect([width, height, frames]).toEqual([320, 568, 30])
    near(at(7, { x: 16, y: 284 }), step(16))
    near(at(7, { x: 304, y: 284 }), step(304))
    const row = Array.from({ length: 320 }, (_, x) => at(7, { x, y: 100 }))
    expect(Math.max(...row.slice(1).map((value, x) => Math.abs(value - row[x]!)))).toBeLessThan(8)
    expect(row[300]! - row[20]!).toBeGreaterThan(15)
    expect(row[160]!).toBeLessThan(step(160))
  })
})

describe('a split', () => {
  it('has one part above and the other below, each in its shape', async () => {
    const above = { x: 0, y: 20, width: 128, height: 112 }
    const below = { x: 256, y: 20, width: 64, height: 56 }
    const { width, height, at } = await framed({ how: 'split', width: 128, height: 224, above, below, aboveHeight: 112 }, source())
    expect([width, height]).toEqual([128, 224])
    near(at(0, { x: 16, y: 50 }), step(16))
    near(at(0, { x: 112, y: 50 }), step(112))
    near(at(0, { x: 30, y: 170 }), step(271))
    near(at(0, { x: 100, y: 170 }), step(306))
  })
})

describe('any framing', () => {
  it('comes after the picture is upright', async () => {
    const lying = path.join(folder, 'lying.mp4')
    await ffmpegOutput(['-i', source().path, '-c', 'copy', '-metadata:s:v', 'rotate=90', lying])
    const turned = await factsOf(lying)
    expect([90, 270]).toContain(turned.media.picture.rotationDegrees)
    const { width, height, at } = await framed({ how: 'crop', width: 180, height: 100, window: { width: 180, height: 100 }, path: [{ pts: 0, x: 0, y: 0 }] }, turned)
    expect([width, height]).toEqual([180, 100])
    // The columns are rows now.
    near(at(0, { x: 90, y: 16 }), at(0, { x: 40, y: 16 }))
    expect(Math.abs(at(0, { x: 90, y: 16 }) - at(0, { x: 90, y: 80 }))).toBeGreaterThan(30)
  })

  it.each(['yuv420p10le', 'yuv444p', 'yuvj420p', 'gbrp'])('takes %s', async (format) => {
    const file = path.join(folder, `${format}.mkv`)
    await ffmpegOutput(['-f', 'lavfi', '-i', 'color=red:s=160x90:r=25:d=0.2', '-pix_fmt', format, '-c:v', format === 'gbrp' ? 'ffv1' : 'libx264', file])
    const red = await factsOf(file)
    const moving: PlannedFraming = { how: 'crop', width: 50, height: 90, window: { width: 50, height: 90 }, path: [{ pts: 0, x: 0, y: 0 }, { pts: 160, x: 60, y: 0 }] }
    for (const framing of [moving, { how: 'fit', width: 90, height: 160, sides: 'blurred' } as const]) {
      const target = path.join(folder, `${format}-${framing.how}.mp4`)
      const job = { ...unchanged, video: red, startPts: 0, endPts: 200, firstPts: 0, lastPts: 160, target, changes: { framing, captions: null } }
      await cutExact(tools, job, { onProgress: () => undefined, signal: never })
      const [r = 0, g = 0, b = 0] = await ffmpegOutput(['-i', target, '-frames:v', '1', '-vf', `format=rgb24,crop=1:1:20:${framing.height / 2}`, '-f', 'rawvideo', '-'])
      expect(r).toBeGreaterThan(240)
      expect(Math.max(g, b)).toBeLessThan(16)
      if (framing.how === 'crop') continue
      const [behind = 0, ...others] = await ffmpegOutput(['-i', target, '-frames:v', '1', '-vf', 'format=rgb24,crop=1:1:20:8', '-f', 'rawvideo', '-'])
      // Darker, and as red as before.
      expect(behind).toBeGreaterThan(150)
      expect(behind).toBeLessThan(230)
      expect(Math.max(...others)).toBeLessThan(25)
    }
  })
})

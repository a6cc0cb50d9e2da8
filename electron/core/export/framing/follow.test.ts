import { rm } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { scanVideo } from '../../../../native/ffmpeg/scan.ts'
import type { VideoFacts } from '../../facts.ts'
import { secondsToPts } from '../../facts.ts'
import { factsOf, ffmpegOutput, never, temporaryFolder, tools } from '../test-library.ts'
import { planFraming } from './plan-framing.ts'

let folder = ''
beforeAll(async () => { folder = await temporaryFolder() })
afterAll(async () => { await rm(folder, { recursive: true, force: true }) })

const ffmpeg = { scan: (...[request, signal]: [Parameters<typeof scanVideo>[1], AbortSignal]) => scanVideo(tools, request, signal) }
const X264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '23', '-pix_fmt', 'yuv420p']

async function made(name: string, filter: string, more: string[] = []): Promise<VideoFacts> {
  const file = path.join(folder, name)
  await ffmpegOutput(['-f', 'lavfi', '-i', filter, ...more, ...X264, file])
  return factsOf(file)
}

/** A still picture of many things, with a white square of 40 pixels whose left edge is at `x` (an expression of t). */
const squareAt = (x: string, seconds: number): string => [
  `smptebars=s=320x180:r=25:d=${seconds},hue=s=0.4[still]`,
  `color=white:s=40x40:r=25:d=${seconds}[square]`,
  `[still][square]overlay=x='${x}':y=70`,
].join(';')

const ticks = ({ media: { picture } }: VideoFacts, seconds: number): number => secondsToPts(picture, seconds)

async function follow(video: VideoFacts, { seconds, cuts = [], from = 0 }: { seconds: number, cuts?: number[], from?: number }) {
  const planned = await planFraming({ how: 'fill', aspect: '9:16', around: 'follow' }, {
    video, startPts: ticks(video, from), endPts: ticks(video, seconds), shotStarts: cuts.map((second) => ticks(video, second)),
  }, { ffmpeg, signal: never })
  if (planned?.how !== 'crop') throw new Error('no crop')
  const { path: corners, window } = planned
  const xAt = (second: number): number => {
    const pts = ticks(video, second)
    const next = corners.findIndex((corner) => corner.pts > pts)
    const [before, after] = [corners[next === -1 ? corners.length - 1 : Math.max(0, next - 1)]!, corners.at(next)!]
    return next <= 0 ? before.x : before.x + (after.x - before.x) * (pts - before.pts) / (after.pts - before.pts)
  }
  return { planned, window, xAt }
}

describe('a window that follows', () => {
  it('keeps a square that slides through the picture whole, smoothly', async () => {
    const video = await made('slide.mp4', squareAt('20+40*t', 6))
    const { window, xAt } = await follow(video, { seconds: 6 })
    expect(window).toEqual({ width: 102, height: 180 })
    const seconds = Array.from({ length: 148 }, (_, frame) => frame / 25)
    for (const second of seconds) {
      expect(xAt(second)).toBeLessThanOrEqual(20 + 40 * second + 4)
      expect(xAt(second) + window.width).toBeGreaterThanOrEqual(20 + 40 * second + 40 - 4)
    }
    const steps = seconds.slice(1).map((second, index) => xAt(second) - xAt(seconds[index]!))
    // 40 pixels a second are 1.6 a picture: never far from it, never backwards.
    for (const step of steps) expect(step).toBeGreaterThanOrEqual(-0.01)
    expect(Math.max(...steps)).toBeLessThan(3.2)
    for (const [index, step] of steps.slice(1).entries()) expect(Math.abs(step - steps[index]!)).toBeLessThan(0.8)
  })

  it('does not move at all where nothing does', async () => {
    const { planned } = await follow(await made('still.mp4', squareAt('230', 2)), { seconds: 2 })
    expect(planned.path).toHaveLength(1)
    expect(planned.path[0]!.x % 2).toBe(0)
  })

  it('jumps with a cut, to the picture', async () => {
    const video = await made('cut.mp4', squareAt('if(lt(t,2),20+6*sin(9*t),260+6*sin(9*t))', 4))
    const { planned, xAt } = await follow(video, { seconds: 4, cuts: [2] })
    expect(xAt(2 - 1 / 25)).toBe(xAt(0.5))
    expect(xAt(2)).toBe(xAt(3.5))
    expect(xAt(1)).toBeLessThan(20)
    expect(xAt(3)).toBeGreaterThan(180)
    const jump = planned.path.findIndex(({ pts }) => pts === ticks(video, 2))
    expect(planned.path[jump - 1]!.pts).toBe(ticks(video, 2) - 1)
  })

  it('stands upright where the video lies on its side, and begins with the clip', async () => {
    const source = await made('lying.mp4', squareAt('20+6*sin(9*t)', 3))
    const file = path.join(folder, 'turned.mp4')
    // Turned clockwise by 180 degrees the square is on the right.
    await ffmpegOutput(['-display_rotation', '180', '-i', source.path, '-c', 'copy', file]).catch(async () => ffmpegOutput(['-i', source.path, '-c', 'copy', '-metadata:s:v', 'rotate=180', file]))
    const video = await factsOf(file)
    expect(video.media.picture.rotationDegrees).toBe(180)
    const { planned, xAt } = await follow(video, { from: 1, seconds: 2.5 })
    expect(planned.path[0]!.pts).toBe(ticks(video, 1))
    expect(xAt(1.5)).toBeGreaterThan(180)
  })

  it('stops when it is told to', async () => {
    const video = await made('stopped.mp4', squareAt('20+40*t', 2))
    const stop = new AbortController()
    const planning = planFraming({ how: 'fill', aspect: '9:16', around: 'follow' }, { video, startPts: 0, endPts: ticks(video, 2), shotStarts: [] }, {
      ffmpeg: { scan: (request, signal) => { stop.abort(); return ffmpeg.scan(request, signal) } }, signal: stop.signal,
    })
    await expect(planning).rejects.toThrow(/abort/i)
  })
})

describe('a framing that is not followed', () => {
  it('is one window, which nobody looks at the video for', async () => {
    const video = await made('plain.mp4', squareAt('20', 1))
    const clip = { video, startPts: 0, endPts: ticks(video, 1), shotStarts: [] }
    const unlooked = { ffmpeg: { scan: () => { throw new Error('looked') } }, signal: never }
    expect(await planFraming({ how: 'whole' }, clip, unlooked)).toBe(null)
    expect(await planFraming({ how: 'fill', aspect: '16:9', around: 'follow' }, clip, unlooked)).toBe(null)
    expect(await planFraming({ how: 'fill', aspect: '1:1', around: 'centre' }, clip, unlooked)).toEqual({ how: 'crop', width: 180, height: 180, window: { width: 180, height: 180 }, path: [{ pts: 0, x: 70, y: 0 }] })
    expect(await planFraming({ how: 'fill', aspect: '1:1', around: { x: 1, y: 0 } }, clip, unlooked)).toMatchObject({ path: [{ x: 140, y: 0 }] })
    expect(await planFraming({ how: 'fit', aspect: '9:16', sides: 'black' }, clip, unlooked)).toEqual({ how: 'fit', width: 320, height: 568, sides: 'black' })
  })
})

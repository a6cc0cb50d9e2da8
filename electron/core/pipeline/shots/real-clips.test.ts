import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { createShotDetector, SMALL_FRAME, WARM_UP_SECONDS } from './detector.ts'
import type { ShotBoundary, SmallFrame } from './detector.ts'

const clips = path.resolve(import.meta.dirname, '../../../../../shared/media/videos')
const ffmpeg = process.env.SCENEDEX_FFMPEG ?? 'ffmpeg'
const FRAME_BYTES = SMALL_FRAME.width * SMALL_FRAME.height * 3

/** The frames of a clip at a steady rate; pts are frame numbers. */
function framesOf(clip: string, fps: number): SmallFrame[] {
  const scale = `scale=${SMALL_FRAME.width}:${SMALL_FRAME.height}:flags=area,format=rgb24`
  const args = ['-nostdin', '-v', 'error', '-i', path.join(clips, clip), '-map', '0:v:0', '-fps_mode', 'passthrough', '-vf', scale, '-f', 'rawvideo', 'pipe:1']
  const { stdout } = spawnSync(ffmpeg, args, { maxBuffer: 64 * 1024 * 1024 })
  return Array.from({ length: stdout.length / FRAME_BYTES }, (_, i) => ({ pts: i, seconds: i / fps, pixels: stdout.subarray(i * FRAME_BYTES, (i + 1) * FRAME_BYTES) }))
}

function boundariesOf(frames: readonly SmallFrame[]): ShotBoundary[] {
  const detector = createShotDetector()
  return [...frames.flatMap((frame) => detector.push(frame).boundaries), ...detector.flush()]
}

const cutsAt = (...frames: number[]): ShotBoundary[] => frames.map((at) => ({ kind: 'cut', startPts: at, endPts: at }))

// skipped where ../shared/media is absent
describe.skipIf(!existsSync(clips))('real clips', () => {
  it('a film scene has its five cuts, and a hand sweeping past the lens is none', () => {
    expect(boundariesOf(framesOf('issue-195-aspect-ratio.mp4', 25))).toEqual(cutsAt(70, 170, 301, 421, 484))
  })

  it('a dark screen recording has its two cuts', () => {
    expect(boundariesOf(framesOf('issue-134-rotate.mp4', 23.976))).toEqual(cutsAt(90, 210))
  })

  it('a slide show of nature has its fades and its dissolve', () => {
    const found = boundariesOf(framesOf('testvideo.mp4', 29.97)).filter(({ startPts, endPts }) => endPts > 50 && startPts < 668)
    expect(found.map(({ kind }) => kind)).toEqual(['fade', 'fade', 'dissolve'])
    for (const [i, [start, end]] of ([[170, 235], [350, 412], [526, 568]] as const).entries()) {
      expect(found[i]?.startPts).toBeLessThan(end)
      expect(found[i]?.endPts).toBeGreaterThan(start)
    }
  })

  it.each([['hitting_baseball.mp4', 30], ['dog_barking.mp4', 24], ['chaplin.mp4', 25]])('one shot is one shot: %s', (clip, fps) => {
    expect(boundariesOf(framesOf(clip, fps))).toEqual([])
  })

  it('resume exactly on a real video', () => {
    const frames = [...framesOf('issue-195-aspect-ratio.mp4', 25), ...framesOf('chaplin.mp4', 25), ...framesOf('issue-195-aspect-ratio.mp4', 25)].map((frame, i) => ({ ...frame, pts: i, seconds: i / 25 }))
    const whole = boundariesOf(frames)
    expect(whole.length).toBeGreaterThan(10)
    for (let from = WARM_UP_SECONDS; from < frames.length / 25; from += 7.3) {
      const after = (boundaries: readonly ShotBoundary[]): ShotBoundary[] => boundaries.filter(({ startPts }) => startPts / 25 >= from)
      expect(after(boundariesOf(frames.filter(({ seconds }) => seconds >= from - WARM_UP_SECONDS)))).toEqual(after(whole))
    }
  })
})

import { createBoundaryQueue } from './boundary-queue.ts'
import { CUT_CONTEXT, isCut, wholePictureChange } from './cut-decision.ts'
import { FADE_CONTEXT, findFade, LONGEST_FADE } from './fade-decision.ts'
import { createFrameHistory, pictureOf, slotOf } from './frame-history.ts'
import { CELLS, createFramePlanes, fillPlanes, fillProfile } from './frame-planes.ts'
import { findGradual, GRADUAL_CONTEXT } from './gradual-decision.ts'
import { cellsOf, createSampleHistory, inStreamTime, lumaOf, profileOf, SAMPLE_RATE, sampleSeconds, sampleSlot } from './sample-history.ts'
import { findSlide } from './slide-decision.ts'
import type { ShotBoundary } from './boundary.ts'

export { SMALL_FRAME } from './frame-planes.ts'
export type { ShotBoundary } from './boundary.ts'

/** One decoded frame scaled to SMALL_FRAME. */
export interface SmallFrame {
  /** integer, in the stream's time base */
  pts: number
  seconds: number
  /** rgb24, width * height * 3 */
  pixels: Uint8Array
}

/** Facts of one frame that others reuse. */
export interface FrameLook {
  pts: number
  seconds: number
  /** 0..1: change from the frame before, 1 where nothing is where it was */
  motion: number
  /** 0..1: mean luma */
  brightness: number
  /** 0..1: standard deviation of luma over 16x9 cells, doubled; 0 is a flat picture */
  contrast: number
}

export interface ShotDetector {
  push(frame: SmallFrame): { look: FrameLook; boundaries: ShotBoundary[] }
  flush(): ShotBoundary[]
  /** boundaries are final for all frames before this pts */
  readonly settledPts: number
}

/** Samples this far behind the newest frame have all the context their decisions look at, seconds. */
const CONTEXT = Math.max(GRADUAL_CONTEXT, FADE_CONTEXT, CUT_CONTEXT)
/** A find can begin this long before the sample it is found at, seconds. */
const SETTLE = LONGEST_FADE
/**
 * A detector started this many seconds before P gives the same boundaries after P as one that saw everything:
 * a cut may hang on a find around it, that on a stronger one overlapping it, and that on its context.
 */
export const WARM_UP_SECONDS = Math.ceil(2 * LONGEST_FADE + CONTEXT + 1)

const NO_BOUNDARIES: ShotBoundary[] = []

/** A detector of cuts, fades, dissolves and wipes with memory of a few seconds. */
export function createShotDetector(): ShotDetector {
  return new Detector()
}

class Detector implements ShotDetector {
  settledPts = Number.NEGATIVE_INFINITY
  private readonly frames = createFrameHistory()
  private readonly samples = createSampleHistory()
  private readonly planes = createFramePlanes()
  private readonly queue = createBoundaryQueue(LONGEST_FADE)
  private nextCut = 0
  private nextSample = 0
  private nextSettled = 0
  private bucket = Number.NaN

  push(frame: SmallFrame): { look: FrameLook; boundaries: ShotBoundary[] } {
    fillPlanes(frame.pixels, this.planes)
    const look = this.remember(frame)
    return { look, boundaries: this.decide(frame.seconds) }
  }

  flush(): ShotBoundary[] {
    const boundaries = this.decide(Number.POSITIVE_INFINITY)
    this.settledPts = Number.POSITIVE_INFINITY
    return boundaries
  }

  private remember(frame: SmallFrame): FrameLook {
    const frames = this.frames
    const n = frames.count++
    const slot = slotOf(n)
    const picture = pictureOf(frames, n)
    picture.set(this.planes.half)
    frames.pts[slot] = frame.pts
    frames.seconds[slot] = frame.seconds
    frames.change[slot] = n === 0 ? 0 : wholePictureChange(pictureOf(frames, n - 1), picture)
    const { level, contrast } = lightOf(this.planes.cells)
    frames.level[slot] = level
    this.sample(frame, level, contrast)
    const motion = Math.min(1, (frames.change[slot] ?? 0) / 64)
    return { pts: frame.pts, seconds: frame.seconds, motion, brightness: level / 255, contrast: Math.min(1, contrast / 127.5) }
  }

  private sample(frame: SmallFrame, level: number, contrast: number): void {
    const bucket = Math.floor(frame.seconds * SAMPLE_RATE)
    if (bucket === this.bucket) return
    this.bucket = bucket
    const samples = this.samples
    const n = samples.count++
    const slot = sampleSlot(n)
    cellsOf(samples, n).set(this.planes.cells)
    lumaOf(samples, n).set(this.planes.luma)
    fillProfile(this.planes.luma, profileOf(samples, n))
    samples.pts[slot] = frame.pts
    samples.seconds[slot] = frame.seconds
    samples.level[slot] = level
    samples.contrast[slot] = contrast
    samples.cut[slot] = 0
    samples.colour[slot] = colourOf(this.planes.cells)
  }

  /** Decides all that has its context when the video is known up to `now` seconds. */
  private decide(now: number): ShotBoundary[] {
    const { frames, samples } = this
    for (; this.nextCut < frames.count && (frames.seconds[slotOf(this.nextCut)] ?? 0) + CUT_CONTEXT < now; this.nextCut++) {
      if (isCut(frames, this.nextCut)) this.noteCut(this.nextCut)
    }
    for (; this.nextSample < samples.count && sampleSeconds(samples, this.nextSample) + CONTEXT < now; this.nextSample++) {
      const find = findFade(samples, this.nextSample) ?? findSlide(samples, this.nextSample) ?? findGradual(samples, this.nextSample)
      if (find !== undefined) this.queue.addFind(inStreamTime(samples, find))
    }
    return this.settle(now - CONTEXT - SETTLE)
  }

  private noteCut(n: number): void {
    const pts = this.frames.pts[slotOf(n)] ?? 0
    const seconds = this.frames.seconds[slotOf(n)] ?? 0
    this.queue.addCut(pts, seconds)
    let sample = this.samples.count
    while (sample > 0 && sampleSeconds(this.samples, sample - 1) >= seconds) sample--
    if (sample < this.samples.count) this.samples.cut[sampleSlot(sample)] = 1
  }

  private settle(until: number): ShotBoundary[] {
    const { samples } = this
    let moved = false
    for (; this.nextSettled < samples.count && sampleSeconds(samples, this.nextSettled) < until; this.nextSettled++) moved = true
    if (!moved) return NO_BOUNDARIES
    this.settledPts = samples.pts[sampleSlot(this.nextSettled - 1)] ?? 0
    return this.queue.settle(Number.isFinite(until) ? sampleSeconds(samples, this.nextSettled - 1) : until)
  }
}

function lightOf(cells: Float32Array): { level: number; contrast: number } {
  const count = CELLS
  let sum = 0
  let squares = 0
  for (let i = 0; i < count; i++) {
    const value = cells[i] ?? 0
    sum += value
    squares += value * value
  }
  const level = sum / count
  return { level, contrast: Math.sqrt(Math.max(0, squares / count - level ** 2)) }
}

function colourOf(cells: Float32Array): number {
  const count = CELLS
  let sum = 0
  for (let i = count; i < 3 * count; i++) sum += Math.abs(cells[i] ?? 0)
  return sum / (2 * count)
}

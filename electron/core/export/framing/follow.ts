import type { Ffmpeg, ScanRequest } from '../../ports.ts'
import type { VideoFacts } from '../../facts.ts'
import type { Corner } from './corners.ts'
import { fewCorners } from './corners.ts'
import type { Profiles } from './salience.ts'
import { profilesOf } from './salience.ts'
import type { Shot, Window } from './shot-path.ts'
import { shotPath } from './shot-path.ts'
import type { Cells } from './small-grid.ts'
import { cellsOf, codedGrid } from './small-grid.ts'

/** A person walks a small part of a picture in this time. */
const SLOT_SECONDS = 0.1
/** A picture is held against the one so many slots before: what goes slowly moves by less than a cell in one. */
const COMPARED_SLOTS = 2
/** Of a longer clip each slot is longer, so that memory has a bound. */
const MOST_SLOTS = 36_000

export interface FollowRequest {
  video: VideoFacts
  startPts: number
  endPts: number
  /** pts of the first pictures of shots. */
  shotStarts: readonly number[]
  window: Window
}

interface Slots { slotTicks: number, slotSeconds: number }

function slotsFor({ video, startPts, endPts }: FollowRequest): Slots {
  const tick = video.media.picture.timeBase.num / video.media.picture.timeBase.den
  const slotSeconds = Math.max(SLOT_SECONDS, (endPts - startPts) * tick / MOST_SLOTS)
  return { slotTicks: slotSeconds / tick, slotSeconds }
}

const scanRequest = (request: FollowRequest): ScanRequest => ({
  video: request.video, fromPts: request.startPts, keyFramesOnly: false, smallFrame: codedGrid(request.video.media.picture),
  // None is wanted: this is as few as can be asked for.
  candidate: { perSecond: 0.001, longEdge: 16 }, withSound: false,
})

/** Gathers what is seen in one shot, slot by slot. A slot without a picture of its own shows the one before. */
class OpenShot {
  readonly #profiles: Profiles[] = []
  readonly #span: { startPts: number, endPts: number }
  readonly #slots: Slots
  readonly #before: Cells[] = []

  constructor(span: { startPts: number, endPts: number }, slots: Slots) {
    this.#span = span
    this.#slots = slots
  }

  /** False when a picture of this slot was seen already. */
  wants(pts: number): boolean {
    return this.#profiles.length === 0 || (pts - this.#span.startPts) / this.#slots.slotTicks >= this.#profiles.length
  }

  add(pts: number, cells: Cells, window: Window): void {
    const slot = Math.max(0, Math.floor((pts - this.#span.startPts) / this.#slots.slotTicks))
    const profiles = profilesOf(this.#before[0] ?? null, cells, window.axis)
    this.#before.push(cells)
    if (this.#before.length > COMPARED_SLOTS) this.#before.shift()
    this.#fill(slot, profiles)
    this.#profiles.push(profiles)
  }

  #fill(upTo: number, profiles: Profiles): void {
    const shown = this.#profiles.at(-1) ?? profiles
    while (this.#profiles.length < upTo) this.#profiles.push({ motion: new Float32Array(shown.motion.length), contrast: shown.contrast })
  }

  /** Null when nothing was seen. */
  close(): Shot | null {
    const last = this.#profiles.at(-1)
    if (last === undefined) return null
    this.#fill(Math.ceil((this.#span.endPts - this.#span.startPts) / this.#slots.slotTicks), last)
    return { ...this.#span, ...this.#slots, profiles: this.#profiles }
  }
}

/** The pictures of the span, one by one. One decode; it stops when it is left. */
async function* picturesOf(request: FollowRequest, ffmpeg: Pick<Ffmpeg, 'scan'>, signal: AbortSignal): AsyncGenerator<{ pts: number, pixels: Uint8Array }> {
  for await (const events of ffmpeg.scan(scanRequest(request), signal)) {
    for (const event of events) {
      if (event.kind !== 'frame' || event.pts < request.startPts) continue
      if (event.pts >= request.endPts) return
      yield event
    }
  }
}

/** Each shot, or the part of it that is in the span, with its pictures' profiles. */
async function* shotsOf(request: FollowRequest, ffmpeg: Pick<Ffmpeg, 'scan'>, signal: AbortSignal): AsyncGenerator<Shot> {
  const { startPts, endPts, window, video: { media: { picture } } } = request
  const starts = [startPts, ...request.shotStarts.filter((pts) => pts > startPts && pts < endPts), endPts]
  const slots = slotsFor(request)
  let index = 0
  let shot = new OpenShot({ startPts, endPts: starts[1] ?? endPts }, slots)
  for await (const { pts, pixels } of picturesOf(request, ffmpeg, signal)) {
    for (let end = starts[index + 1] ?? endPts; pts >= end; end = starts[index + 1] ?? endPts) {
      const seen = shot.close()
      if (seen !== null) yield seen
      index++
      shot = new OpenShot({ startPts: end, endPts: starts[index + 1] ?? endPts }, slots)
    }
    if (shot.wants(pts)) shot.add(pts, cellsOf(pixels, picture), window)
  }
  const seen = shot.close()
  if (seen !== null) yield seen
}

/**
 * The way of a window that follows what is going on: within a shot it rests or glides, at a cut it jumps. Empty when no picture was seen. Stops within a
 * picture. Throws what decoding throws.
 */
export async function followPath(request: FollowRequest, ffmpeg: Pick<Ffmpeg, 'scan'>, signal: AbortSignal): Promise<Corner[]> {
  const corners: Corner[] = []
  for await (const shot of shotsOf(request, ffmpeg, signal)) {
    signal.throwIfAborted()
    corners.push(...shotPath(shot, request.window))
  }
  return fewCorners(corners)
}

import { cellDifference } from './cell-comparison.ts'
import { SMALL_FRAME } from './frame-planes.ts'
import { cellsOf, isAfterCut, lumaOf, oldestSample, profileOf, SAMPLE_RATE, sampleSeconds, windowAround } from './sample-history.ts'
import type { SampledFind, SampleHistory, SampleSpan } from './sample-history.ts'

/** Lengths looked for, seconds. */
const LENGTHS = [0.25, 0.36, 0.52, 0.75, 1.1, 1.6]
/** Least difference of the pictures before and after, 0..255. */
const LEAST_DIFFERENCE = 12
/** A push shorter than this, seconds, moves further from frame to frame than motion search reaches. */
const BRIEF = 0.4
/** Samples beside the window that must look like its ends, and the share of the change they may differ by. */
const BESIDE = 2
const MOST_BESIDE = 0.3
/** Most of the middle picture's difference from both ends that the profile of two pushed pictures may leave open. */
const OPEN_PROFILE = 0.35
/** The same for whole pictures at each moment looked at. */
const OPEN_PICTURE = 0.33
/** The seam between both pictures against the step between neighbouring columns: a pan shows one scene and has no seam. */
const LEAST_SEAM = 2
const LEAST_STEP = 8
/** Columns by which pictures of one pan may overlap. */
const OVERLAP = 5
/** Moments of a window at which the pushed pictures must fit. */
const MOMENTS = 8

/** One way to push: along columns (x) or rows (y). `near` is where the moving picture's content goes on at its far side. */
interface Axis {
  size: number
  /** pixels from one column (row) to the next, and from one pixel of it to the next */
  step: number
  across: number
  breadth: number
  /** where this axis starts in a profile */
  profile: number
}

const axes: readonly Axis[] = [
  { size: SMALL_FRAME.width, step: 1, across: SMALL_FRAME.width, breadth: SMALL_FRAME.height, profile: 0 },
  { size: SMALL_FRAME.height, step: SMALL_FRAME.width, across: 1, breadth: SMALL_FRAME.width, profile: SMALL_FRAME.width },
]

/** Two pictures side by side along an axis; a push shows a frame-wide part of them that moves from one to the other. */
interface Strip {
  axis: Axis
  left: number
  right: number
}

/** A push or slide of one whole picture by the next with its middle near sample `centre`, or undefined. */
export function findSlide(history: SampleHistory, centre: number): SampledFind | undefined {
  const bucket = Math.floor(sampleSeconds(history, centre) * SAMPLE_RATE)
  for (const length of LENGTHS) {
    if (bucket % Math.max(1, Math.floor(length * 3)) !== 0) continue
    const window = windowAround(history, centre, length)
    if (window === undefined || !standsStill(history, window)) continue
    const find = slideIn(history, window, centre)
    if (find !== undefined) return find
  }
  return undefined
}

/** Whether the window holds a change that begins and ends in it: inside a pan it would be moving already. */
function standsStill(history: SampleHistory, { first, last }: SampleSpan): boolean {
  const net = cellDifference(cellsOf(history, first), cellsOf(history, last))
  if (net < LEAST_DIFFERENCE || first - BESIDE < oldestSample(history) || last + BESIDE >= history.count) return false
  const before = cellDifference(cellsOf(history, first - BESIDE), cellsOf(history, first))
  const after = cellDifference(cellsOf(history, last), cellsOf(history, last + BESIDE))
  return Math.max(before, after) < MOST_BESIDE * net
}

function slideIn(history: SampleHistory, window: SampleSpan, centre: number): SampledFind | undefined {
  for (const axis of axes) {
    const forwards = { axis, left: window.first, right: window.last }
    const backwards = { axis, left: window.last, right: window.first }
    for (const strip of [forwards, backwards]) {
      if (!profileFits(history, strip, centre) || !hasSeam(history, strip)) continue
      const span = pushedSpan(history, strip, window)
      if (span !== undefined) return { ...span, kind: 'wipe', strength: 1.5 }
    }
  }
  return undefined
}

/** Quick look: do the column (row) means of the middle picture show both pictures pushed half-way? */
function profileFits(history: SampleHistory, { axis, left, right }: Strip, centre: number): boolean {
  const a = profileOf(history, left)
  const b = profileOf(history, right)
  const x = profileOf(history, centre)
  const { size, profile } = axis
  const low = Math.round(size * 0.3)
  const open = OPEN_PROFILE * Math.min(profileDifference(a, x, axis), profileDifference(b, x, axis))
  for (let shift = low; shift <= size - low; shift++) {
    let sum = 0
    for (let i = 0; i < size; i++) {
      const from = i + shift
      const value = from < size ? a[profile + from] : b[profile + from - size]
      sum += Math.abs((x[profile + i] ?? 0) - (value ?? 0))
    }
    if (sum <= open) return true
  }
  return false
}

function profileDifference(a: Float32Array, b: Float32Array, { size, profile }: Axis): number {
  let sum = 0
  for (let i = profile; i < profile + size; i++) sum += Math.abs((a[i] ?? 0) - (b[i] ?? 0))
  return sum
}

/**
 * Whether the end of the left picture and the start of the right one do not belong together. After a pan by about the
 * whole width they do, or overlap by a few columns.
 */
function hasSeam(history: SampleHistory, { axis, left, right }: Strip): boolean {
  const a = lumaOf(history, left)
  const b = lumaOf(history, right)
  const end = axis.size - 1
  const usual = (lineDifference(axis, { p: a, i: end, q: a, k: end - 1 }) + lineDifference(axis, { p: b, i: 0, q: b, k: 1 })) / 2
  let seam = Number.POSITIVE_INFINITY
  for (let k = 0; k <= OVERLAP; k++) {
    seam = Math.min(seam, lineDifference(axis, { p: a, i: end, q: b, k }), lineDifference(axis, { p: a, i: end - k, q: b, k: 0 }))
  }
  return seam > LEAST_SEAM * usual && seam > LEAST_STEP
}

/** Mean absolute difference of line `i` of `p` and line `k` of `q` across the axis, 0..255. */
function lineDifference(axis: Axis, { p, i, q, k }: { p: Uint8Array; i: number; q: Uint8Array; k: number }): number {
  let sum = 0
  for (let n = 0; n < axis.breadth; n++) sum += Math.abs((p[i * axis.step + n * axis.across] ?? 0) - (q[k * axis.step + n * axis.across] ?? 0))
  return sum / axis.breadth
}

/** The samples in which the frame moves over the strip, or undefined when it does not do so steadily. */
function pushedSpan(history: SampleHistory, strip: Strip, window: SampleSpan): SampleSpan | undefined {
  const { size } = strip.axis
  const forwards = strip.left === window.first
  const stride = Math.max(1, Math.floor((window.last - window.first) / MOMENTS))
  let { first, last } = { first: window.last, last: window.first }
  let before = 0
  for (let k = window.first + 1; k < window.last; k += stride) {
    const shift = bestShift(history, strip, k)
    if (shift === undefined) return undefined
    const pushed = forwards ? shift : size - shift
    if (pushed < before - 1) return undefined
    before = pushed
    if (pushed > 1) first = Math.min(first, k)
    if (pushed < size - 1) last = Math.max(last, k)
  }
  if (first >= last) return undefined
  // the moments looked at are `stride` apart: the ends lie at most that much further out
  first = Math.max(window.first + 1, first - stride + 1)
  last = Math.min(window.last, last + stride)
  return isCutElsewhere(history, window, { first, last }) ? undefined : { first, last }
}

/** A push of a few frames looks like cuts from frame to frame; any other cut in the window is another boundary. */
function isCutElsewhere(history: SampleHistory, window: SampleSpan, push: SampleSpan): boolean {
  const brief = sampleSeconds(history, push.last) - sampleSeconds(history, push.first) < BRIEF
  for (let k = window.first + 1; k <= window.last; k++) {
    if (isAfterCut(history, k) && !(brief && k >= push.first && k <= push.last + 1)) return true
  }
  return false
}

/** How far the frame at sample `n` has moved along the strip, pixels, or undefined when it shows something else. */
function bestShift(history: SampleHistory, { axis, left, right }: Strip, n: number): number | undefined {
  const a = lumaOf(history, left)
  const b = lumaOf(history, right)
  const x = lumaOf(history, n)
  let best = Number.POSITIVE_INFINITY
  let shift = 0
  for (let s = 0; s <= axis.size; s++) {
    const value = stripDifference(axis, s, { a, b, x })
    if (value >= best) continue
    best = value
    shift = s
  }
  const both = Math.max(stripDifference(axis, 0, { a, b, x }), stripDifference(axis, axis.size, { a, b, x }))
  return best < OPEN_PICTURE * both ? shift : undefined
}

function stripDifference(axis: Axis, shift: number, { a, b, x }: { a: Uint8Array; b: Uint8Array; x: Uint8Array }): number {
  let sum = 0
  for (let i = 0; i < axis.size; i++) {
    const from = i + shift
    const picture = from < axis.size ? a : b
    let p = i * axis.step
    let q = (from < axis.size ? from : from - axis.size) * axis.step
    for (let k = 0; k < axis.breadth; k++, p += axis.across, q += axis.across) sum += Math.abs((x[p] ?? 0) - (picture[q] ?? 0))
  }
  return sum
}

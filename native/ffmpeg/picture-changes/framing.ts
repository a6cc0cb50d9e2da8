import type { PixelRegion, PlannedFraming } from '../../../electron/core/ports.ts'

type Crop = Extract<PlannedFraming, { how: 'crop' }>
type Fit = Extract<PlannedFraming, { how: 'fit' }>
type Split = Extract<PlannedFraming, { how: 'split' }>

/** Seconds of the clip at which a pts of the source is shown, before any rounding. */
export type ClipClock = (pts: number) => number

/** Blurred at this part of the size: a wide blur costs as much as a narrow one then, and nobody sees the difference. */
const BLUR_SHRINK = 8
/** Of the shorter edge: no face or letter is left that draws the eye (looked at 2026-11-21). */
const BLUR_SHARE = 0.022
/** Only where each pixel has its own colour: `drawbox` goes over a colour once for each pixel that shares it, and little of it would be left. */
const DARKER = 'format=yuv444p|yuvj444p|rgb24,drawbox=c=black@0.25:t=fill'
const SMOOTH_LINES = 1080
const MOST_BLOWN_UP = 3

const rounded = (value: number): string => String(Number(value.toFixed(9)))

/** ffmpeg reads sums of less than 100 terms, and nothing nested deeper than that (tried with 5.1, 2026-11-21). */
const TERMS_TOGETHER = 40

function sumOf(terms: readonly string[]): string {
  const groups = Array.from({ length: Math.ceil(terms.length / TERMS_TOGETHER) }, (_, group) => terms.slice(group * TERMS_TOGETHER, (group + 1) * TERMS_TOGETHER))
  return groups.map((group) => `(${group.join('+').replaceAll('+-', '-')})`).join('+')
}

/**
 * One coordinate of the corner as an expression of `t`: the first value and then what each step adds. Two corners that are a tick apart are a
 * cut: exact to the picture.
 */
function coordinate({ path }: Crop, axis: 'x' | 'y', { clock, factor }: { clock: ClipClock, factor: number }): string {
  const [first] = path
  const steps = path.slice(1).flatMap((corner, index) => {
    const before = path[index] ?? corner
    const by = (corner[axis] - before[axis]) * factor
    if (by === 0) return []
    const [from, to] = [clock(before.pts), clock(corner.pts)]
    return corner.pts - before.pts <= 1
      ? [`${rounded(by)}*gte(t\\,${rounded((from + to) / 2)})`]
      : [`${rounded(by)}*clip((t-${rounded(from)})/${rounded(to - from)}\\,0\\,1)`]
  })
  return sumOf([rounded((first?.[axis] ?? 0) * factor), ...steps])
}

/** In formats that have a colour for each pixel, and larger where there are few pixels: so a slow window glides and does not tick. */
function movingCrop(crop: Crop, clock: ClipClock): string[] {
  const { window } = crop
  const factor = Math.min(MOST_BLOWN_UP, Math.max(1, Math.round(SMOOTH_LINES / Math.max(window.width, window.height))))
  return [
    ...factor === 1 ? [] : [`scale=iw*${factor}:ih*${factor}:flags=bicubic+accurate_rnd+full_chroma_int`],
    'format=yuv444p|yuvj444p|yuv444p10le|gbrp|gbrp10le',
    `crop=w=${window.width * factor}:h=${window.height * factor}:x=${coordinate(crop, 'x', { clock, factor })}:y=${coordinate(crop, 'y', { clock, factor })}:exact=1`,
    ...factor === 1 ? [] : [`scale=${window.width}:${window.height}:flags=bicubic+accurate_rnd+full_chroma_int`],
  ]
}

const lanczos = (width: number, height: number): string => `scale=${width}:${height}:flags=lanczos+accurate_rnd`

function cropFilters(crop: Crop, clock: ClipClock): string[] {
  const { path: [first], path, window, width, height } = crop
  const isStill = path.every(({ x, y }) => x === first?.x && y === first.y)
  return [
    ...isStill ? [`crop=${window.width}:${window.height}:${first?.x ?? 0}:${first?.y ?? 0}`] : movingCrop(crop, clock),
    ...window.width === width && window.height === height ? [] : [lanczos(width, height)],
  ]
}

function inside(width: number, height: number): string {
  return `${lanczos(width, height)}:force_original_aspect_ratio=decrease:force_divisible_by=2`
}

function fitFilters({ width, height, sides }: Fit): string[] {
  const middle = { x: 'floor((ow-iw)/4)*2', y: 'floor((oh-ih)/4)*2' }
  if (sides === 'black') return [inside(width, height), `pad=${width}:${height}:${middle.x}:${middle.y}`]
  const [wide, high] = [Math.ceil(width / BLUR_SHRINK), Math.ceil(height / BLUR_SHRINK)]
  return [
    'split[shown][behind];[behind]'
      + `scale=${wide}:${high}:flags=area:force_original_aspect_ratio=increase`, `crop=${wide}:${high}`,
    `gblur=sigma=${rounded(Math.max(1, Math.min(wide, high) * BLUR_SHARE))}:steps=3`, DARKER, `scale=${width}:${height}:flags=bicubic`,
    `setsar=1[blurred];[shown]${inside(width, height)}`,
    'setsar=1[sharp];[blurred][sharp]overlay=x=floor((W-w)/4)*2:y=floor((H-h)/4)*2:format=auto',
  ]
}

function placed({ x, y, width, height }: PixelRegion, place: { width: number, height: number }): string {
  return `crop=${width}:${height}:${x}:${y},${lanczos(place.width, place.height)},setsar=1`
}

function splitFilters({ width, height, above, below, aboveHeight }: Split): string[] {
  return [
    `split[first][second];[first]${placed(above, { width, height: aboveHeight })}[upper]`
      + `;[second]${placed(below, { width, height: height - aboveHeight })}[lower];[upper][lower]vstack`,
  ]
}

function shaped(framing: PlannedFraming, clock: ClipClock): string[] {
  switch (framing.how) {
    case 'crop': return cropFilters(framing, clock)
    case 'fit': return fitFilters(framing)
    case 'split': return splitFilters(framing)
  }
}

/**
 * Filters that frame an upright picture of square pixels and even size; a part of a chain, so that what comes before and after is joined with
 * commas. `clock`: the times in the chain count from the beginning of the clip, those of the plan in pts of the source.
 */
export function framingFilters(framing: PlannedFraming | null, clock: ClipClock): string[] {
  return framing === null ? [] : [...shaped(framing, clock), 'setsar=1']
}

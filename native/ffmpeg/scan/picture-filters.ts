import type { PictureStream } from '../../../electron/core/facts.ts'
import type { ScanRequest } from '../../../electron/core/ports.ts'
import { sdrFilters, uprightFilters } from '../shown-picture.ts'

/** Pictures a second that are looked at, at most. A cell is shorter than a frame at 60 a second, so that none of those is dropped. */
const CELLS_PER_SECOND = 65
const HIGH_RATE = 61
/** Lines that are left for the small frame: 5 for each of its 27. Fewer show stripes as flicker. */
const FEWEST_LINES = 135

/** Chooses the first picture of each cell of 1 / `perSecond` seconds, on a grid from time 0 that no seek moves. */
function onePerCell(perSecond: number): string {
  return `select='isnan(prev_t)+gt(floor(t*${perSecond})\\,floor(prev_t*${perSecond}))'`
}

/** Drops pictures by time where there are far more than anybody can see; empty otherwise. Times stay what they are. */
export function rateLimit(picture: PictureStream): string[] {
  return picture.frameRate === null || picture.frameRate > HIGH_RATE ? [onePerCell(CELLS_PER_SECOND)] : []
}

/**
 * Every second line, several times: `field` only doubles the stride, so it costs nothing, and the scaler then reads a part
 * of the picture. Measured 2026-11-21, 3600 pictures of 720p: the small frame costs 1.0 CPU s of all lines, 0.3 of every fourth.
 */
function fewerLines(height: number): string[] {
  const halvings = Math.max(0, Math.floor(Math.log2(height / FEWEST_LINES)))
  return Array.from({ length: halvings }, () => 'field')
}

/** High dynamic range to the range of a plain screen, on the picture that is already small. 4:4:4, so that any size will do. */
function toneMap(picture: PictureStream, canToneMap: boolean): string[] {
  const filters = canToneMap ? sdrFilters(picture) : []
  return filters.length === 0 ? [] : ['format=yuv444p10le', ...filters, 'format=yuv444p']
}

// Files that do not say which matrix they use: what every player assumes.
function inputMatrix(picture: PictureStream): string {
  const isUntold = picture.colour.matrix === null || picture.colour.matrix === 'unknown'
  if (!isUntold || picture.height === 0) return 'auto'
  return picture.width >= 1280 || picture.height > 576 ? 'bt709' : 'bt601'
}

/** The chain of the small frame: coded orientation, squeezed to its size. */
export function smallFrameChain(request: ScanRequest, canToneMap: boolean): string {
  const { picture } = request.video.media
  const { width, height } = request.smallFrame
  return [
    ...fewerLines(picture.height),
    `scale=${width}:${height}:flags=area:in_color_matrix=${inputMatrix(picture)}`,
    ...toneMap(picture, canToneMap),
    'format=rgb24',
    'showinfo@small=checksum=0',
  ].join(',')
}

export interface PictureSize { width: number, height: number }

/** Size of a candidate before it is turned: square pixels, even, never enlarged, `longEdge` at most. */
function candidateSize(picture: PictureStream, longEdge: number): PictureSize {
  const aspect = picture.sampleAspect.num / picture.sampleAspect.den
  const isUsable = Number.isFinite(aspect) && aspect > 0.05 && aspect < 20
  const full = { width: picture.width * (isUsable ? aspect : 1), height: picture.height }
  const factor = Math.min(1, longEdge / Math.max(full.width, full.height))
  const even = (value: number): number => Math.max(2, Math.round(value * factor / 2) * 2)
  return { width: even(full.width), height: even(full.height) }
}

/** The filters that make a picture to be kept: upright, square pixels, SDR, in JPEG's own colours. */
export function keptPicture(picture: PictureStream, longEdge: number, canToneMap: boolean): string[] {
  const size = candidateSize(picture, longEdge)
  const toned = toneMap(picture, canToneMap)
  const scale = `scale=${size.width}:${size.height}:flags=bilinear:in_color_matrix=${inputMatrix(picture)}`
  const toJpeg = 'out_color_matrix=bt601:out_range=pc'
  const shaped = toned.length === 0 ? [`${scale}:${toJpeg}`] : [scale, ...toned, `scale=in_color_matrix=bt709:${toJpeg}`]
  return [...shaped, 'format=yuvj420p', ...uprightFilters(picture), 'setsar=1']
}

/** The chain of the candidates for key frames: few, and as they are kept. */
export function candidateChain({ video: { media: { picture } }, candidate }: ScanRequest, canToneMap: boolean): string {
  return [onePerCell(candidate.perSecond), ...keptPicture(picture, candidate.longEdge, canToneMap), 'showinfo@candidate=checksum=0'].join(',')
}

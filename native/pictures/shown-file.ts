import sharp from 'sharp'
import { AppError } from '../../electron/core/errors.ts'
import type { ShownFile } from '../../electron/core/format-ports.ts'

const SMALL = { width: 64, height: 36 }
const CHANNELS = 3

interface Pixels { data: Uint8Array, width: number, height: number }

/** How much of each source pixel is in each small one, along one edge: [small one, source pixel, share of the small one]. */
function coverage(length: number, small: number): [number, number, number][] {
  const step = length / small
  const parts: [number, number, number][] = []
  for (let to = 0; to < small; to++) {
    for (let from = Math.floor(to * step); from < Math.min(length, Math.ceil((to + 1) * step)); from++) {
      const covered = Math.min(from + 1, (to + 1) * step) - Math.max(from, to * step)
      if (covered > 1e-9) parts.push([to, from, covered / step])
    }
  }
  return parts
}

/** The mean of what each small pixel covers, as ffmpeg's `area` has it: other ways to shrink differ by more than neighbouring pictures do. */
function shrunk({ data, width, height }: Pixels): Uint8Array {
  const rows = new Float64Array(SMALL.width * height * CHANNELS)
  const across = coverage(width, SMALL.width)
  for (let y = 0; y < height; y++) {
    for (const [to, from, share] of across) {
      const [target, source] = [(y * SMALL.width + to) * CHANNELS, (y * width + from) * CHANNELS]
      for (let channel = 0; channel < CHANNELS; channel++) rows[target + channel] = (rows[target + channel] ?? 0) + (data[source + channel] ?? 0) * share
    }
  }
  const small = new Float64Array(SMALL.width * SMALL.height * CHANNELS)
  for (const [to, from, share] of coverage(height, SMALL.height)) {
    for (let at = 0; at < SMALL.width * CHANNELS; at++) {
      const target = to * SMALL.width * CHANNELS + at
      small[target] = (small[target] ?? 0) + (rows[from * SMALL.width * CHANNELS + at] ?? 0) * share
    }
  }
  return Uint8Array.from(small, (value) => Math.round(value))
}

async function small(file: string, page: number): Promise<Uint8Array> {
  const { data, info } = await sharp(file, { page, failOn: 'error', limitInputPixels: false }).removeAlpha().toColourspace('srgb').raw().toBuffer({ resolveWithObject: true })
  return shrunk({ data, width: info.width, height: info.height })
}

/** Reads a file of still or moving pictures (PNG, gif, WebP). Every picture is decoded. Throws UNREADABLE for what is damaged or something else. */
export async function shownInFile(file: string): Promise<ShownFile> {
  try {
    const { width, pageHeight, height, pages = 1, delay = [0] } = await sharp(file, { pages: -1, limitInputPixels: false }).metadata()
    for (let page = 1; page < pages - 1; page++) await sharp(file, { page, failOn: 'error', limitInputPixels: false }).stats()
    return { width, height: pageHeight ?? height, delaysMs: delay.slice(0, pages), first: await small(file, 0), last: await small(file, pages - 1) }
  } catch (cause) {
    throw new AppError('UNREADABLE', { message: 'The pictures that were written can not be read.', cause })
  }
}

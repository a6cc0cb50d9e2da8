import sharp from 'sharp'
import { AppError } from '../../electron/core/errors.ts'
import type { ShownFile } from '../../electron/core/format-ports.ts'

const SMALL = { width: 64, height: 36 }

async function small(file: string, page: number): Promise<Uint8Array> {
  return sharp(file, { page, limitInputPixels: false }).removeAlpha().toColourspace('srgb').resize({ ...SMALL, fit: 'fill', kernel: 'linear' }).raw().toBuffer()
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

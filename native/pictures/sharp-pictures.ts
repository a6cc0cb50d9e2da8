import sharp from 'sharp'
import { AppError } from '../../electron/core/errors.ts'
import type { Pictures } from '../../electron/core/ports.ts'
import { shownInFile } from './shown-file.ts'

// Pictures are made one after another beside a decoder: more threads would only take its cores, and nothing is asked for twice.
sharp.concurrency(1)
sharp.cache(false)

/**
 * Quality and effort of key frames. Models look at them: at 78, from a JPEG at q 4, their vectors had a cosine of 0.945 to those of the
 * pictures in the video. Effort 1: 15 % larger than 4 in two fifths of the time (8 ms, 640x360). Both measured here, 2026-11-21.
 */
const WEBP = { quality: 86, effort: 1 }

/** Variance of the discrete Laplacian (4 neighbours) of a grey picture: Pech-Pacheco et al. 2000, "Diatom autofocusing". */
function varianceOfLaplacian(grey: Uint8Array, width: number, height: number): number {
  let sum = 0
  let squares = 0
  for (let y = 1; y < height - 1; y++) {
    for (let at = y * width + 1; at < (y + 1) * width - 1; at++) {
      const value = (grey[at - 1] ?? 0) + (grey[at + 1] ?? 0) + (grey[at - width] ?? 0) + (grey[at + width] ?? 0) - 4 * (grey[at] ?? 0)
      sum += value
      squares += value * value
    }
  }
  const count = Math.max(1, (width - 2) * (height - 2))
  return squares / count - (sum / count) ** 2
}

/** Photos of telephones have 108 million. Of a picture that can only be decoded whole, these take 800 MB for a moment. */
const MOST_PIXELS = 128e6
const MOST_SECONDS = 30

function unreadable(cause: unknown): AppError {
  return new AppError('UNREADABLE', { message: 'The picture can not be read: it is damaged, or cut off.', hint: 'Copy it again from where it came from, or save it anew as JPEG or PNG.', cause })
}

async function checkSize(picture: Uint8Array): Promise<void> {
  // Reads the head only. Without a limit: what is too large is to be said in our words.
  const { width, height } = await sharp(picture, { limitInputPixels: false }).metadata().catch((error: unknown) => { throw unreadable(error) })
  if (width * height <= MOST_PIXELS) return
  throw new AppError('PICTURE_TOO_LARGE', { message: `The picture is too large: ${width}x${height}.`, hint: `At most ${MOST_PIXELS / 1e6} million pixels can be looked at. Save it smaller.` })
}

/** Still pictures made with sharp. */
export function createPictures(): Pictures {
  return {
    async toWebp(jpeg, longEdge) {
      return sharp(jpeg).resize({ width: longEdge, height: longEdge, fit: 'inside', withoutEnlargement: true }).webp(WEBP).toBuffer()
    },
    async upright(picture, longEdge) {
      await checkSize(picture)
      try {
        return await sharp(picture, { limitInputPixels: MOST_PIXELS, failOn: 'error' }).timeout({ seconds: MOST_SECONDS }).autoOrient()
          .resize({ width: longEdge, height: longEdge, fit: 'inside', withoutEnlargement: true }).flatten({ background: 'white' }).toColourspace('srgb')
          .png({ compressionLevel: 1 }).toBuffer()
      } catch (error) {
        throw unreadable(error)
      }
    },
    shownInFile,
    async sharpness(jpeg, width) {
      const { data, info } = await sharp(jpeg).resize({ width }).greyscale().raw().toBuffer({ resolveWithObject: true })
      return varianceOfLaplacian(data, info.width, info.height)
    },
  }
}

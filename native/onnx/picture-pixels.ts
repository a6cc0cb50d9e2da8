import sharp from 'sharp'
import { AppError } from '../../electron/core/errors.ts'
import type { PictureRecipe } from './picture-config.ts'
import type { RgbPicture, Window } from './resample.ts'
import { resample } from './resample.ts'

// One picture at a time, none asked for twice.
sharp.concurrency(1)
sharp.cache(false)

/** A picture of more pixels is refused: 300 MB as raw pixels. Key frames have under one million. */
const MOST_PIXELS = 100e6

/** Planes of red, green and blue, each height x width. */
export interface PictureInput { width: number, height: number, values: Float32Array }

/** The pixels of a picture file (or of its bytes) as they are stored: turned by nobody, without alpha, colour profiles not applied, as PIL gives them. Throws UNREADABLE. */
export async function readPixels(file: string | Uint8Array): Promise<RgbPicture> {
  try {
    const options = { ignoreIcc: true, limitInputPixels: MOST_PIXELS, failOn: 'error' } as const
    const { data, info } = await sharp(file, options).toColourspace('srgb').removeAlpha().raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true })
    return { width: info.width, height: info.height, pixels: data }
  } catch (cause) {
    throw new AppError('UNREADABLE', { message: `${typeof file === 'string' ? file : 'The picture'} can not be read as a picture.`, hint: 'It may be damaged, or be no picture.', cause })
  }
}

interface Size { width: number, height: number }

function resized({ width, height }: Size, resize: PictureRecipe['resize']): Size {
  if (resize === null) return { width, height }
  if (resize.kind === 'exact') return { width: resize.width, height: resize.height }
  // As transformers' get_resize_output_image_size rounds it: the longer edge is cut off, not rounded.
  const longer = (other: number, shorter: number): number => Math.trunc(resize.edge * other / shorter)
  return width <= height ? { width: resize.edge, height: longer(height, width) } : { width: longer(width, height), height: resize.edge }
}

// As transformers' center_crop rounds it, also where the picture is smaller than what is cut out.
function middle(size: Size, crop: Size | null): Window {
  if (crop === null) return { left: 0, top: 0, ...size }
  return { left: Math.floor((size.width - crop.width) / 2), top: Math.floor((size.height - crop.height) / 2), ...crop }
}

/** What each of the 256 values of a channel becomes, rounded to 32 bits after every step as numpy does it. */
function valueTables({ factor, mean, std }: PictureRecipe): Float32Array[] {
  return [0, 1, 2].map((channel) => {
    const middleValue = Math.fround(mean[channel] ?? 0)
    const deviation = Math.fround(std[channel] ?? 1)
    return Float32Array.from({ length: 256 }, (_, value) => Math.fround(Math.fround(value * factor) - middleValue) / deviation)
  })
}

/** Makes of pixels what a model wants, by its recipe. `spare` may be an array of an earlier picture that is not needed any more. */
export function pictureFilter(recipe: PictureRecipe): (picture: RgbPicture, spare?: Float32Array) => PictureInput {
  const tables = valueTables(recipe)
  return (picture, spare) => {
    const size = resized(picture, recipe.resize)
    const window = middle(size, recipe.crop)
    const pixels = resample(picture, { ...size, filter: recipe.filter }, window)
    const plane = window.width * window.height
    const values = spare?.length === plane * 3 ? spare : new Float32Array(plane * 3)
    tables.forEach((table, channel) => {
      const target = values.subarray(channel * plane, (channel + 1) * plane)
      for (let index = 0; index < plane; index++) target[index] = table[pixels[index * 3 + channel] ?? 0] ?? 0
    })
    return { width: window.width, height: window.height, values }
  }
}

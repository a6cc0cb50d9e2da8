import sharp from 'sharp'
import type { PreprocessorConfig } from './clip-config.ts'

/** Width and height of the pictures that the model gets. */
export function inputSize({ size, crop_size: crop }: PreprocessorConfig): { width: number, height: number } {
  if (crop !== undefined) return crop
  return size.kind === 'exact' ? size : { width: size.edge, height: size.edge }
}

/**
 * A picture file as the model wants it: resized, cropped from the centre, scaled and normalised as its own config says.
 * Gives planes of red, green and blue, each height x width, as float32. Resizing with a and cubic kernel of sharp is what
 * PIL does under the same names (both: Catmull-Rom, a = -0.5).
 */
export async function pictureInput(file: string, config: PreprocessorConfig): Promise<Float32Array> {
  const { width, height } = inputSize(config)
  const fit = config.size.kind === 'exact' ? 'fill' : 'cover'
  const kernel = config.resample === 3 ? 'cubic' : 'linear'
  const pixels = await sharp(file).removeAlpha().toColourspace('srgb').resize({ width, height, fit, kernel }).raw().toBuffer()
  const plane = width * height
  const values = new Float32Array(3 * plane)
  for (let channel = 0; channel < 3; channel++) {
    const mean = config.image_mean[channel] ?? 0
    const deviation = config.image_std[channel] ?? 1
    for (let index = 0; index < plane; index++) {
      values[channel * plane + index] = ((pixels[index * 3 + channel] ?? 0) * config.rescale_factor - mean) / deviation
    }
  }
  return values
}

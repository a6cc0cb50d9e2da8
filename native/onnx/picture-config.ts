import { z } from 'zod'
import type { InstalledModel } from '../../electron/core/models/model-spec.ts'
import { damaged } from './model-errors.ts'
import { readModelJson } from './model-json.ts'
import type { FilterName } from './resample.ts'
import { FILTER_NUMBERS } from './resample.ts'

const edge = z.number().int().positive()
const Rectangle = z.object({ height: edge, width: edge })
const Triple = z.tuple([z.number(), z.number(), z.number()])

/** A field that may be missing or null. */
function orUsual<Shape extends z.ZodType>(shape: Shape, usual: z.output<Shape>): z.ZodType<z.output<Shape>> {
  return shape.nullish().transform((value) => value ?? usual)
}

/**
 * What is read of Hugging Face's `preprocessor_config.json`; what it does not say is as transformers has it for CLIP and SigLIP
 * (image_processing_clip.py, image_processing_siglip.py).
 */
const PreprocessorConfig = z.object({
  size: z.union([edge, z.object({ shortest_edge: edge }), Rectangle]),
  crop_size: z.union([edge, Rectangle]).nullish(),
  do_resize: orUsual(z.boolean(), true),
  do_center_crop: orUsual(z.boolean(), false),
  do_rescale: orUsual(z.boolean(), true),
  do_normalize: orUsual(z.boolean(), true),
  /** PIL's numbers. */
  resample: orUsual(z.number().int().min(0).max(5), 3),
  rescale_factor: orUsual(z.number().positive(), 1 / 255),
  image_mean: orUsual(Triple, [0.5, 0.5, 0.5]),
  image_std: orUsual(Triple, [0.5, 0.5, 0.5]),
})
type PreprocessorConfig = z.infer<typeof PreprocessorConfig>

/** What becomes of a picture before a model sees it. */
export interface PictureRecipe {
  /** Null: as it is. `shortest-edge`: both edges by the same factor, then what is cropped. */
  resize: { kind: 'exact', width: number, height: number } | { kind: 'shortest-edge', edge: number } | null
  filter: FilterName
  /** From the middle; black where the picture is smaller. Null: nothing is cut off. */
  crop: { width: number, height: number } | null
  /** What the values 0 to 255 become, in 32-bit floating point in this order: times `factor`, minus `mean`, divided by `std`. */
  factor: number
  mean: [number, number, number]
  std: [number, number, number]
}

function square(value: number | { width: number, height: number }): { width: number, height: number } {
  return typeof value === 'number' ? { width: value, height: value } : value
}

function resizeOf(size: PreprocessorConfig['size'], isCropped: boolean): NonNullable<PictureRecipe['resize']> {
  if (typeof size === 'object' && 'shortest_edge' in size) return { kind: 'shortest-edge', edge: size.shortest_edge }
  // An old file has one number only: CLIP means the shortest edge by it and crops; who does not crop means a square.
  if (typeof size === 'number' && isCropped) return { kind: 'shortest-edge', edge: size }
  return { kind: 'exact', ...square(size) }
}

function cropOf({ crop_size: crop, size }: PreprocessorConfig): { width: number, height: number } {
  return square(crop ?? (typeof size === 'object' && 'shortest_edge' in size ? size.shortest_edge : size))
}

function recipeOf(config: PreprocessorConfig): PictureRecipe {
  return {
    resize: config.do_resize ? resizeOf(config.size, config.do_center_crop) : null,
    filter: FILTER_NUMBERS[config.resample] ?? 'bicubic',
    crop: config.do_center_crop ? cropOf(config) : null,
    factor: config.do_rescale ? config.rescale_factor : 1,
    mean: config.do_normalize ? config.image_mean : [0, 0, 0],
    std: config.do_normalize ? config.image_std : [1, 1, 1],
  }
}

/** From the model's own file; where there is none, from the catalog. Throws MODEL_DAMAGED where neither says it. */
export async function readPictureRecipe(model: InstalledModel): Promise<PictureRecipe> {
  const config = await readModelJson(model, 'preprocessor_config.json', PreprocessorConfig)
  if (config !== null) return recipeOf(config)
  const { picture } = model.spec
  if (picture === null) throw damaged(model.spec, 'preprocessor_config.json is missing')
  const { width, height, filter, mean, std } = picture
  return picture.resize === 'exact'
    ? { resize: { kind: 'exact', width, height }, filter, crop: null, factor: 1 / 255, mean, std }
    : { resize: { kind: 'shortest-edge', edge: Math.min(width, height) }, filter, crop: { width, height }, factor: 1 / 255, mean, std }
}

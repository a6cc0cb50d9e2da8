import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'

const Size = z.union([
  z.number().transform((edge) => ({ kind: 'shortest-edge' as const, edge })),
  z.object({ shortest_edge: z.number() }).transform(({ shortest_edge: edge }) => ({ kind: 'shortest-edge' as const, edge })),
  z.object({ height: z.number(), width: z.number() }).transform(({ height, width }) => ({ kind: 'exact' as const, height, width })),
])

/** How a model wants its pictures: Hugging Face's `preprocessor_config.json`. */
export const PreprocessorConfig = z.object({
  size: Size,
  crop_size: z.union([z.number().transform((edge) => ({ height: edge, width: edge })), z.object({ height: z.number(), width: z.number() })]).optional(),
  do_center_crop: z.boolean().default(false),
  /** PIL's numbers: 2 bilinear, 3 bicubic. */
  resample: z.union([z.literal(2), z.literal(3)]).default(3),
  rescale_factor: z.number().default(1 / 255),
  image_mean: z.tuple([z.number(), z.number(), z.number()]),
  image_std: z.tuple([z.number(), z.number(), z.number()]),
})
export type PreprocessorConfig = z.infer<typeof PreprocessorConfig>

/** What is needed of `tokenizer_config.json`. */
export const TokenizerConfig = z.looseObject({
  model_max_length: z.number().int().positive().max(100_000),
  pad_token: z.string(),
})
export type TokenizerConfig = z.infer<typeof TokenizerConfig>

/** One JSON file of a model's folder, checked. */
export async function readModelJson<Value>(folder: string, file: string, shape: z.ZodType<Value>): Promise<Value> {
  return shape.parse(JSON.parse(await readFile(path.join(folder, file), 'utf8')))
}

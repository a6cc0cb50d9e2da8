import { z } from 'zod'
import { ModelMeasure, ModelTask, ModelTier } from '../../contract/models.ts'

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** A file of a model. Its path is relative to the model's folder, with slashes. */
export const ModelFile = z.object({
  path: z.string().min(1),
  url: z.url(),
  bytes: z.number().int().positive(),
  /** True where no public source gives the exact size: `bytes` is an estimate then, for the plan, and what counts is the hub's answer at the install. */
  isEstimate: z.literal(true).optional(),
  /** Null where no public source names it: then the hub's own is asked for at the install, and kept. */
  sha256: Sha256.nullable(),
})
export type ModelFile = z.infer<typeof ModelFile>

/** The same model in another precision. */
export const ModelVariant = z.object({
  /** `fp32`, `fp16`, `int8`, `q8`, `q5`, `q4`: what its numbers are. */
  name: z.string().min(1),
  /** Fetched where nothing else is asked for. */
  isUsual: z.boolean(),
  files: z.array(ModelFile).min(1),
  /** Which file is opened for what: `vision` and `text` of a picture model, `model` of the others. */
  roles: z.partialRecord(z.enum(['vision', 'text', 'model']), z.string()),
})
export type ModelVariant = z.infer<typeof ModelVariant>

/** All that is known of a model. What its own configuration files say of preprocessing and tokens comes first; this has to agree with them. */
export const ModelSpec = z.object({
  id: z.string().regex(/^[a-z0-9][a-z0-9._-]*$/),
  task: ModelTask,
  title: z.string(),
  tier: ModelTier.nullable(),
  /** Commit, tag or release of the files. */
  revision: z.string(),
  licence: z.string(),
  languages: z.array(z.string()).min(1),
  page: z.url().nullable(),
  /** Where urls, sizes and hashes were read. */
  factsFrom: z.array(z.string()),
  /** Length of its vectors; null for models that give none. */
  dimensions: z.number().int().positive().nullable(),
  /** Tokens of the longest text it takes; null where there are none. */
  contextLength: z.number().int().positive().nullable(),
  /** How the vector of a text is made of those of its tokens; `own` where the model gives it itself. */
  pooling: z.enum(['mean', 'cls', 'last', 'own']).nullable(),
  /** Put before a text. */
  prefixes: z.object({ query: z.string(), passage: z.string() }),
  /** Width and height of the pictures it takes, and what they are normalised with. */
  picture: z.object({
    width: z.number().int(), height: z.number().int(), resize: z.enum(['exact', 'shortest-edge']), filter: z.enum(['bilinear', 'bicubic']),
    mean: z.tuple([z.number(), z.number(), z.number()]), std: z.tuple([z.number(), z.number(), z.number()]),
  }).nullable(),
  /** Resident memory it may add while it works, in its usual variant. */
  memoryBytes: z.number().int().positive().nullable(),
  requires: z.array(z.string()),
  /** Files of every variant: configuration and tokenizer. */
  files: z.array(ModelFile),
  variants: z.array(ModelVariant).min(1),
})
export type ModelSpec = z.infer<typeof ModelSpec>

/** `resources/models.json`. */
export const Catalog = z.object({ updated: z.iso.date(), models: z.array(ModelSpec) })
export type Catalog = z.infer<typeof Catalog>

/** Written into the folder of a model once it was checked and tried: without it, the folder is not an installed model. */
export const Manifest = z.object({
  spec: ModelSpec,
  from: z.enum(['network', 'disk']),
  installedMs: z.number(),
  verifiedMs: z.number(),
  /** What is here, with the hashes of what was read from the disk after it was written. */
  files: z.array(z.object({ path: z.string(), bytes: z.number(), sha256: Sha256 })),
  variants: z.array(z.string()).min(1),
  /** The one that is used, and what computes it: the fastest that gave the right vectors. */
  variant: z.string(),
  provider: z.string(),
  measures: z.array(ModelMeasure),
})
export type Manifest = z.infer<typeof Manifest>

export const MANIFEST_FILE = 'scenedex-model.json'

/** A model that can be opened. */
export interface InstalledModel {
  folder: string
  spec: ModelSpec
  variant: ModelVariant
  provider: string
}

/**
 * The name that vectors of a model have in the library: those of another precision are a little different and are not compared.
 * A model of one variant without a name of its own is its id.
 */
export function vectorSpace({ spec, variant }: Pick<InstalledModel, 'spec' | 'variant'>): string {
  return spec.variants.length === 1 && spec.tier === null ? spec.id : `${spec.id}/${variant.name}`
}

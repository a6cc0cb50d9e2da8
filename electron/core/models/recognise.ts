import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { damaged } from './model-errors.ts'
import type { Layout, LayoutFile, LayoutVariant } from './layout.ts'
import { filesOf, layoutOf, whisperVocabulary } from './layout.ts'
import type { ModelFile, ModelSpec } from './model-spec.ts'
import { MANIFEST_FILE } from './model-spec.ts'
import { externalFiles, outputLengths } from './onnx-files.ts'

const Mean = z.tuple([z.number(), z.number(), z.number()])
const Edges = z.object({ width: z.number(), height: z.number() })

// Hugging Face's own files; what is not understood is as if it were not there.
const Preprocessor = z.object({
  size: z.union([z.number(), z.object({ shortest_edge: z.number() }), Edges]),
  crop_size: z.union([z.number(), Edges]).optional(),
  resample: z.number().default(3),
  image_mean: Mean.default([0.5, 0.5, 0.5]),
  image_std: Mean.default([0.5, 0.5, 0.5]),
})
const Config = z.looseObject({
  projection_dim: z.number().int().positive().optional().catch(undefined),
  hidden_size: z.number().int().positive().optional().catch(undefined),
  pooling: z.enum(['mean', 'cls', 'last']).optional().catch(undefined),
  max_position_embeddings: z.number().int().positive().optional().catch(undefined),
  text_config: z.looseObject({ max_position_embeddings: z.number().int().positive().optional().catch(undefined) }).optional().catch(undefined),
})
type Config = z.infer<typeof Config>
const Tokenizer = z.looseObject({ model_max_length: z.number().int().positive().max(100_000).optional().catch(undefined) })
const Pooling = z.looseObject({ pooling_mode_cls_token: z.boolean().default(false), pooling_mode_lasttoken: z.boolean().default(false) })
const SentenceConfig = z.looseObject({ max_seq_length: z.number().int().positive().optional().catch(undefined) })

interface Found { folder: string, files: LayoutFile[], layout: Layout }

/** A JSON file of the folder; null where it is not there. Throws MODEL_DAMAGED where it says nothing that can be understood. */
async function json<Value>({ folder, files }: Found, name: string, shape: z.ZodType<Value>): Promise<Value | null> {
  if (!files.some((file) => file.path === name)) return null
  try {
    return shape.parse(JSON.parse(await readFile(path.join(folder, name), 'utf8')))
  } catch (cause) {
    throw damaged(`"${name}" in ${folder} can not be understood.`, undefined, cause)
  }
}

function edgesOf(size: number | { width: number, height: number }): { width: number, height: number } {
  return typeof size === 'number' ? { width: size, height: size } : size
}

async function pictureOf(found: Found): Promise<ModelSpec['picture']> {
  const config = await json(found, 'preprocessor_config.json', Preprocessor)
  if (config === null) return null
  const { size, crop_size: crop, resample, image_mean: mean, image_std: std } = config
  const isShortest = typeof size === 'object' && 'shortest_edge' in size
  const edges = crop !== undefined && isShortest ? edgesOf(crop) : edgesOf(isShortest ? size.shortest_edge : size)
  return { ...edges, resize: isShortest ? 'shortest-edge' : 'exact', filter: resample === 2 ? 'bilinear' : 'bicubic', mean, std }
}

async function poolingOf(found: Found, config: Config): Promise<ModelSpec['pooling']> {
  const own = await json(found, '1_Pooling/config.json', Pooling)
  if (own === null) return config.pooling ?? 'mean'
  if (own.pooling_mode_cls_token) return 'cls'
  return own.pooling_mode_lasttoken ? 'last' : 'mean'
}

function usual({ variants }: Layout): LayoutVariant | undefined {
  return variants.find(({ name }) => name === 'fp32') ?? variants[0]
}

/** The lengths of vectors as the model's own graph says, where its configuration does not. */
async function lengthFromGraph({ folder, layout }: Found, signal: AbortSignal): Promise<number | null> {
  const roles = usual(layout)?.roles
  const file = roles?.vision ?? roles?.model
  return file === undefined ? null : (await outputLengths(path.join(folder, file), signal)).at(-1) ?? null
}

type Learned = Pick<ModelSpec, 'dimensions' | 'contextLength' | 'pooling' | 'picture' | 'languages'>

/** The longest text in tokens, where any of the files says it. */
async function contextOf(found: Found, config: Config): Promise<number | null> {
  const sentence = await json(found, 'sentence_bert_config.json', SentenceConfig)
  const tokenizer = await json(found, 'tokenizer_config.json', Tokenizer)
  const said = [sentence?.max_seq_length, tokenizer?.model_max_length, config.text_config?.max_position_embeddings, config.max_position_embeddings]
  return said.find((length) => length !== undefined) ?? null
}

async function ofWords(found: Found, signal: AbortSignal): Promise<Learned> {
  const config = await json(found, 'config.json', Config) ?? {}
  const both = { contextLength: await contextOf(found, config), languages: ['und'] }
  if (found.layout.task === 'pictures') {
    return { ...both, dimensions: config.projection_dim ?? await lengthFromGraph(found, signal), pooling: 'own', picture: await pictureOf(found) }
  }
  return { ...both, dimensions: config.hidden_size ?? await lengthFromGraph(found, signal), pooling: await poolingOf(found, config), picture: null }
}

// English-only models have one token less: https://github.com/ggml-org/whisper.cpp, whisper_vocab::is_multilingual.
const MULTILINGUAL_FROM = 51_865

async function learn(found: Found, signal: AbortSignal): Promise<Learned> {
  const nothing = { dimensions: null, contextLength: null, pooling: null, picture: null }
  switch (found.layout.task) {
    case 'pictures':
    case 'text': return ofWords(found, signal)
    case 'voice': return { ...nothing, languages: ['*'] }
    case 'speech': {
      const tokens = await whisperVocabulary(path.join(found.folder, usual(found.layout)?.roles.model ?? ''))
      return { ...nothing, languages: tokens !== null && tokens >= MULTILINGUAL_FROM ? ['*'] : ['en'] }
    }
  }
}

// It was never fetched from anywhere, and the hashes of its files are known to nobody.
function asModelFile({ path: file, bytes }: LayoutFile): ModelFile {
  return { path: file, url: `urn:by-hand:${encodeURI(file)}`, bytes, sha256: null }
}

/** The files of each variant: those it opens, and those with the weights of these. */
async function variantFiles({ folder, files }: Found, { roles }: LayoutVariant, signal: AbortSignal): Promise<LayoutFile[]> {
  const named = new Set<string>()
  for (const file of Object.values(roles)) {
    named.add(file)
    if (!file.endsWith('.onnx')) continue
    for (const location of await externalFiles(path.join(folder, file), signal)) named.add(path.posix.join(path.posix.dirname(file), location))
  }
  return files.filter((file) => named.has(file.path) && file.bytes > 0)
}

function isOfEvery({ path: file }: LayoutFile, { layout }: Found): boolean {
  return layout.task !== 'speech' && layout.task !== 'voice' && /\.(json|txt|model)$/i.test(file)
}

/** An id for a model that is in no catalog, from the name of its folder or file. */
export function idFromName(name: string): string {
  const id = name.toLowerCase().replace(/[^a-z0-9._-]+/g, '-').replace(/^[^a-z0-9]+/, '').slice(0, 80)
  return id === '' ? 'model' : id
}

/**
 * What is known of a model that somebody put into a folder, from its own files: CLIP and SigLIP models and sentence models in Hugging Face's ONNX
 * layout, whisper models in ggml's form, Silero's voice detector. Null for a folder that holds none. Throws MODEL_DAMAGED for one that can not be understood.
 */
export async function recognise(folder: string, id: string, signal: AbortSignal): Promise<ModelSpec | null> {
  // Notes of an install may be carried here with the files: they are of that one.
  const files = (await filesOf(folder)).filter(({ path: file }) => file !== MANIFEST_FILE)
  const layout = await layoutOf(folder, files)
  if (layout === null) return null
  const found: Found = { folder, files, layout }
  const variants = []
  for (const variant of layout.variants) {
    const own = await variantFiles(found, variant, signal)
    if (own.length > 0) variants.push({ name: variant.name, isUsual: variant === usual(layout), files: own.map(asModelFile), roles: variant.roles })
  }
  if (variants.length === 0) return null
  return {
    id, task: layout.task, title: id, tier: null, revision: 'by-hand', licence: 'unknown', page: null, factsFrom: [],
    ...await learn(found, signal),
    prefixes: { query: '', passage: '' },
    memoryBytes: null, requires: [], variants,
    files: files.filter((file) => file.bytes > 0 && isOfEvery(file, found)).map(asModelFile),
  }
}

import { Tokenizer } from '@huggingface/tokenizers'
import { z } from 'zod'
import type { InstalledModel } from '../../electron/core/models/model-spec.ts'
import { damaged } from './model-errors.ts'
import { readModelJson } from './model-json.ts'
import { wordingOf } from './wording.ts'

// A token stands there as text or as an object about it.
const TokenName = z.union([z.string(), z.object({ content: z.string() }).transform(({ content }) => content)])

/** What is needed of `tokenizer_config.json`. */
const TokenizerConfig = z.looseObject({
  model_max_length: z.number().nullish(),
  pad_token: TokenName.nullish(),
  model_input_names: z.array(z.string()).nullish(),
  tokenizer_class: z.string().default(''),
})
type TokenizerConfig = z.infer<typeof TokenizerConfig>

const TokenizerJson = z.looseObject({ padding: z.looseObject({ pad_id: z.number().int() }).nullish() })

const ModelConfig = z.looseObject({
  model_type: z.string().default(''),
  max_position_embeddings: z.number().int().positive().nullish(),
  text_config: z.looseObject({ max_position_embeddings: z.number().int().positive().nullish() }).nullish(),
})

/** The tokenizer of a model, with what has to be put around and after a text. */
export interface Tokens {
  /** Ids with the model's marks around them. A text that is too long loses its end, never the mark at the end. */
  encode(text: string): number[]
  /** The most ids that `encode` gives. */
  most: number
  /** What fills up a text that is shorter than others. */
  pad: number
  /** Whether the model is told which ids are filled up. SigLIP is not: it was trained with the filling. */
  usesMask: boolean
}

/** Longer ones in a configuration mean that nobody said how long. */
const NOBODY_SAID = 1_000_000

type ModelConfig = z.infer<typeof ModelConfig>

// RoBERTa counts its positions from 2.
function positions(config: ModelConfig): number | null {
  const count = config.text_config?.max_position_embeddings ?? config.max_position_embeddings ?? null
  return count !== null && config.model_type.includes('roberta') ? count - 2 : count
}

/** Nobody can know more than the model has places for; where nobody says anything, BERT's 512. */
function longest(said: (number | null | undefined)[]): number {
  const known = said.filter((length) => typeof length === 'number').filter((length) => length > 0 && length < NOBODY_SAID)
  return known.length === 0 ? 512 : Math.min(...known)
}

interface Marks { before: number[], after: number[] }

/** What the tokenizer puts before and after any text. */
function marksOf(tokenizer: Tokenizer): Marks {
  const inner = tokenizer.encode('a', { add_special_tokens: false }).ids
  const { ids } = tokenizer.encode('a')
  const before = ids.findIndex((_, at) => inner.every((id, index) => ids[at + index] === id))
  return before === -1 ? { before: [], after: [] } : { before: ids.slice(0, before), after: ids.slice(before + inner.length) }
}

function openTokenizer({ spec }: InstalledModel, json: object, config: TokenizerConfig): { tokenizer: Tokenizer, marks: Marks } {
  try {
    const tokenizer = new Tokenizer(json, config)
    return { tokenizer, marks: marksOf(tokenizer) }
  } catch (cause) {
    throw damaged(spec, 'tokenizer.json is not what it should be', cause)
  }
}

function fillingOf(tokenizer: Tokenizer, json: z.infer<typeof TokenizerJson>, config: TokenizerConfig): number | undefined {
  const named = typeof config.pad_token === 'string' ? tokenizer.token_to_id(config.pad_token) : undefined
  return named ?? json.padding?.pad_id
}

/** Opens the tokenizer of a model. Throws MODEL_DAMAGED where its files are missing or can not be understood. */
export async function openTokens(model: InstalledModel): Promise<Tokens> {
  const json = await readModelJson(model, 'tokenizer.json', TokenizerJson)
  if (json === null) throw damaged(model.spec, 'tokenizer.json is missing')
  const config = await readModelJson(model, 'tokenizer_config.json', TokenizerConfig) ?? { tokenizer_class: '' }
  const about = await readModelJson(model, 'config.json', ModelConfig) ?? { model_type: '' }
  const { tokenizer, marks: { before, after } } = openTokenizer(model, json, config)
  const { worded, usesMask, usualLength } = wordingOf(about.model_type, config.tokenizer_class)
  const most = longest([model.spec.contextLength, config.model_max_length, positions(about) ?? usualLength])
  const room = Math.max(0, most - before.length - after.length)
  return {
    encode: (text) => [...before, ...tokenizer.encode(worded(text), { add_special_tokens: false }).ids.slice(0, room), ...after],
    most,
    pad: fillingOf(tokenizer, json, config) ?? after.at(-1) ?? 0,
    usesMask: usesMask && config.model_input_names?.includes('attention_mask') !== false,
  }
}

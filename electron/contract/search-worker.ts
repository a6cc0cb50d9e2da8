import { z } from 'zod'
import { ErrorShape } from './errors.ts'
import { KnownExample } from './search-example.ts'
import { SearchAnswer, SearchInput } from './search.ts'

const Numbers = z.custom<Float32Array>((value) => value instanceof Float32Array)

/** The model that works for something, by the name of its vectors: null where there is none, else why it can not be used. */
export const WorkingModel = z.union([z.object({ model: z.string().nullable() }), z.object({ error: ErrorShape })])
export type WorkingModel = z.infer<typeof WorkingModel>

/** Which models work at the time of a question. The edition is another text whenever a model was put there, taken away or changed. */
export const WorkingModels = z.object({ edition: z.string(), picture: WorkingModel, text: WorkingModel })
export type WorkingModels = z.infer<typeof WorkingModels>

/** What the engine asks of the thread that searches. */
export const searchCalls = {
  query: { input: z.object({ asked: SearchInput, models: WorkingModels }), output: SearchAnswer },
  similar: { input: z.object({ like: KnownExample, limit: z.number().int().min(1) }), output: SearchAnswer },
  /** Opens the library before anybody asks. */
  prepare: { input: z.object({}), output: z.object({}) },
} as const
/** Something that no question is answered with, for the log. */
export const SearchEvent = z.object({ bug: z.string() })

export const searchProtocol = { calls: searchCalls, event: SearchEvent } as const

/** What the thread gets at its start: the library's folder, and the file to read of it as the engine found it. */
export const SearchStart = z.object({ folder: z.string(), file: z.string().nullable() })
export type SearchStart = z.infer<typeof SearchStart>

/** What the thread that searches asks of the engine, which has the models. */
export const encoderCalls = {
  /** Whether a model whose vectors have this name is installed. */
  named: { input: z.object({ model: z.string() }), output: z.object({ isInstalled: z.boolean() }) },
  /** The vector of a text that is searched for. */
  embed: { input: z.object({ model: z.string(), text: z.string() }), output: z.object({ vector: Numbers }) },
} as const
export const encoderProtocol = { calls: encoderCalls, event: z.never() } as const

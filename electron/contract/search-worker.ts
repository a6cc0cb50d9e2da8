import { z } from 'zod'
import { SceneId, VideoId } from './ids.ts'
import { SearchAnswer, SearchInput } from './search.ts'

const Numbers = z.custom<Float32Array>((value) => value instanceof Float32Array)

/** What others are to be like, once all that is to be seen of it was computed. */
export const KnownExample = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('scene'), scene: SceneId }),
  /** A picture by its vectors; `from` is where it is from, which is not to be found again. */
  z.object({ kind: z.literal('picture'), model: z.string(), vector: Numbers, from: z.object({ video: VideoId, atSeconds: z.number() }).nullable() }),
])
export type KnownExample = z.infer<typeof KnownExample>

/** What the engine asks of the thread that searches. */
export const searchCalls = {
  query: { input: SearchInput, output: SearchAnswer },
  similar: { input: z.object({ like: KnownExample, limit: z.number().int().min(1) }), output: SearchAnswer },
} as const
/** Something that no question is answered with, for the log. */
export const SearchEvent = z.object({ bug: z.string() })

export const searchProtocol = { calls: searchCalls, event: SearchEvent } as const

/** What the thread gets at its start: the folder of the library. */
export const SearchStart = z.object({ folder: z.string() })
export type SearchStart = z.infer<typeof SearchStart>

/** What the thread that searches asks of the engine, which has the models. */
export const encoderCalls = {
  /** The model that works for this; null where there is none. */
  chosen: { input: z.object({ modality: z.enum(['picture', 'text']) }), output: z.object({ model: z.string().nullable() }) },
  /** Whether a model whose vectors have this name is installed. */
  named: { input: z.object({ model: z.string() }), output: z.object({ isInstalled: z.boolean() }) },
  /** The vectors of texts that are searched for. */
  embed: { input: z.object({ model: z.string(), texts: z.array(z.string()) }), output: z.object({ vectors: z.array(Numbers) }) },
} as const
export const encoderProtocol = { calls: encoderCalls, event: z.never() } as const

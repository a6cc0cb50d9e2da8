import { z } from 'zod'

/** What is asked of the inference worker. */
export const InferenceRequest = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('pictures'), id: z.number().int(), files: z.array(z.string()) }),
  z.object({ kind: z.literal('text'), id: z.number().int(), text: z.string() }),
])
export type InferenceRequest = z.infer<typeof InferenceRequest>

/** What it answers. */
export const InferenceAnswer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('vectors'), id: z.number().int(), vectors: z.array(z.custom<Float32Array>((value) => value instanceof Float32Array)) }),
  z.object({ kind: z.literal('unusable'), id: z.number().int(), message: z.string() }),
  z.object({ kind: z.literal('failure'), id: z.number().int(), message: z.string() }),
])
export type InferenceAnswer = z.infer<typeof InferenceAnswer>

/** What the worker gets at its start. */
export const InferenceStart = z.object({ folder: z.string(), threads: z.number().int().positive() })
export type InferenceStart = z.infer<typeof InferenceStart>

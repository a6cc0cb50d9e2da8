import { z } from 'zod'
import { ErrorShape } from '../../electron/contract/errors.ts'
import { ModelMeasure } from '../../electron/contract/models.ts'
import { ModelSpec, ModelVariant } from '../../electron/core/models/model-spec.ts'

const Numbers = z.custom<Float32Array>((value) => value instanceof Float32Array)
const Bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array)
const Model = z.object({ folder: z.string(), spec: ModelSpec, variant: ModelVariant, provider: z.string() })
const Heard = z.object({ memory: Numbers, tail: Numbers })
const Batch = z.discriminatedUnion('of', [
  z.object({ of: z.literal('pictures'), files: z.array(z.union([z.string(), Bytes])) }),
  z.object({ of: z.literal('passages'), texts: z.array(z.string()) }),
  z.object({ of: z.literal('queries'), texts: z.array(z.string()) }),
])

const id = z.number().int()

/** What is asked of the inference worker. */
export const Question = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('embed'), id, model: Model, batch: Batch }),
  z.object({ kind: z.literal('hear'), id, model: Model, samples: Numbers, state: Heard.nullable() }),
  z.object({ kind: z.literal('try'), id, folder: z.string(), spec: ModelSpec, variants: z.array(z.string()) }),
  z.object({ kind: z.literal('release'), id, folder: z.string() }),
])
export type Question = z.infer<typeof Question>

/** What the worker is told; `cancel` names the question that nobody waits for any more. */
export const ToWorker = z.discriminatedUnion('kind', [...Question.options, z.object({ kind: z.literal('cancel'), id })])
export type ToWorker = z.infer<typeof ToWorker>

/** Which variant is used, and what computes it. */
export const Trial = z.object({ variant: z.string(), provider: z.string(), measures: z.array(ModelMeasure) })
export type Trial = z.infer<typeof Trial>

/** What it answers. */
export const Answer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('vectors'), id, vectors: z.array(Numbers) }),
  z.object({ kind: z.literal('heard'), id, likely: Numbers, state: Heard }),
  z.object({ kind: z.literal('tried'), id, trial: Trial }),
  z.object({ kind: z.literal('released'), id }),
  /** `detail` is for the log. */
  z.object({ kind: z.literal('failure'), id, error: ErrorShape, detail: z.string() }),
])
export type Answer = z.infer<typeof Answer>

/** What the worker says: answers, and two things that nobody asked for. */
export const FromWorker = z.discriminatedUnion('kind', [
  ...Answer.options,
  /** Nothing is open and nothing was asked for a while: it may be ended. */
  z.object({ kind: z.literal('idle') }),
  z.object({ kind: z.literal('warning'), text: z.string() }),
])
export type FromWorker = z.infer<typeof FromWorker>

/** What the worker gets at its start. */
export const WorkerStart = z.object({
  /** Threads of one session. */
  threads: z.number().int().positive(),
  /** Sessions that nobody used for so long are let go. */
  idleMs: z.number().positive(),
})
export type WorkerStart = z.infer<typeof WorkerStart>

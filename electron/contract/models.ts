import { z } from 'zod'
import { ErrorShape } from './errors.ts'

/** What a model does here. `voice` tells speech from everything else and belongs to `speech`. */
export const ModelTask = z.enum(['pictures', 'speech', 'text', 'voice'])
export type ModelTask = z.infer<typeof ModelTask>

/** For which machine: an old laptop, an ordinary one, one with time and memory to spare. */
export const ModelTier = z.enum(['small', 'balanced', 'best'])
export type ModelTier = z.infer<typeof ModelTier>

/** How fast a variant ran on this machine, at its first real work here. */
export const ModelMeasure = z.object({
  /** As in the catalog: `fp32`, `int8`, `q4`. */
  variant: z.string(),
  /** ONNX Runtime's name of what computed it: `cpu`, `coreml`, `dml`, `cuda`, `webgpu`; `whisper-cli` for speech. */
  provider: z.string(),
  /** Pictures, texts or seconds of sound a second. Null where it could not be used. */
  itemsPerSecond: z.number().nullable(),
  /** Why it is not used, or what was seen; empty when there is nothing to say. */
  note: z.string(),
  atMs: z.number(),
})
export type ModelMeasure = z.infer<typeof ModelMeasure>

export const ModelState = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('not-installed') }),
  z.object({
    kind: z.literal('installing'),
    phase: z.enum(['waiting', 'fetching', 'checking', 'trying']),
    doneBytes: z.number(),
    totalBytes: z.number(),
    bytesPerSecond: z.number().nullable(),
    etaSeconds: z.number().nullable(),
  }),
  /** Begun and not at its end: what is there is kept, and an install goes on from it. */
  z.object({ kind: z.literal('partial'), doneBytes: z.number(), totalBytes: z.number(), error: ErrorShape.nullable() }),
  z.object({
    kind: z.literal('installed'),
    bytes: z.number(),
    /** The one that is used, of those that are here. */
    variant: z.string(),
    variants: z.array(z.string()),
    from: z.enum(['network', 'disk', 'by-hand']),
    /** When its files were last compared with their hashes; null when never. */
    verifiedMs: z.number().nullable(),
    measures: z.array(ModelMeasure),
  }),
  z.object({ kind: z.literal('broken'), bytes: z.number(), error: ErrorShape }),
])
export type ModelState = z.infer<typeof ModelState>

/** A model of the catalog, or one that the person put here. */
export const ModelCard = z.object({
  id: z.string(),
  task: ModelTask,
  title: z.string(),
  /** Null for one that is not in the catalog. */
  tier: ModelTier.nullable(),
  /** Codes of languages; `*` for many. */
  languages: z.array(z.string()),
  licence: z.string(),
  /** The page where it is described. */
  page: z.string().nullable(),
  /** What an install fetches, without the models that it needs. */
  downloadBytes: z.number(),
  memoryBytes: z.number().nullable(),
  variants: z.array(z.object({ name: z.string(), bytes: z.number(), isUsual: z.boolean() })),
  /** Ids of models without which it is of no use. */
  requires: z.array(z.string()),
  state: ModelState,
  /** True for the one that works for its task now. */
  isChosen: z.boolean(),
  /** Vectors in the library that were made with it, also when it is not installed any more. */
  vectors: z.number().int(),
})
export type ModelCard = z.infer<typeof ModelCard>

/** One task: which model does it, what it adds, what to do where none does. */
export const TaskOverview = z.object({
  task: ModelTask.exclude(['voice']),
  /** Null when none is installed for the task. */
  id: z.string().nullable(),
  state: z.enum(['installed', 'missing', 'broken']),
  bytes: z.number().nullable(),
  /** What it adds, one sentence. */
  adds: z.string(),
  hint: z.string(),
  /** What is offered first where none is installed, and all that comes with it. */
  offer: z.object({ id: z.string(), title: z.string(), bytes: z.number() }).nullable(),
  /** How many videos it has not looked at yet, and how many it has. */
  waiting: z.number().int(),
  done: z.number().int(),
})
export type TaskOverview = z.infer<typeof TaskOverview>

export const ModelsOverview = z.object({
  folder: z.string(),
  freeBytes: z.number(),
  networkAllowed: z.boolean(),
  tasks: z.array(TaskOverview),
  /** In the order of the catalog, those of the person after them. */
  models: z.array(ModelCard),
})
export type ModelsOverview = z.infer<typeof ModelsOverview>

/** What an install would do; nothing is fetched before the person has seen it. */
export const InstallPlan = z.object({
  id: z.string(),
  /** The model and what it requires, without what is here. */
  models: z.array(z.object({ id: z.string(), title: z.string(), licence: z.string(), bytes: z.number() })),
  /** Of all files, and what of it is still to be fetched. */
  totalBytes: z.number(),
  toFetchBytes: z.number(),
  freeBytes: z.number(),
  isEnoughRoom: z.boolean(),
  /** The machines that are asked. */
  hosts: z.array(z.string()),
  /** Asked for what those do not have: the hub behind a mirror. */
  otherHosts: z.array(z.string()),
})
export type InstallPlan = z.infer<typeof InstallPlan>

export const ModelCheck = z.object({
  id: z.string(),
  isWhole: z.boolean(),
  /** False where nobody knows what the files should be: a model put there by hand that is in no catalog. They were read, and no more is known. */
  isCompared: z.boolean(),
  files: z.array(z.object({
    path: z.string(),
    state: z.enum(['whole', 'changed', 'missing', 'unsafe']),
    bytes: z.number(),
    sha256: z.string().nullable(),
  })),
})
export type ModelCheck = z.infer<typeof ModelCheck>

/** The labels that pictures are compared with. */
export const TagLabels = z.object({ labels: z.array(z.string()), isOwn: z.boolean() })
export type TagLabels = z.infer<typeof TagLabels>

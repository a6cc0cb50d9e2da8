import { z } from 'zod'

/** What the process that measures is asked to do. */
export const Asked = z.object({ folder: z.string(), seed: z.number(), questions: z.number(), scenes: z.number() })
export type Asked = z.infer<typeof Asked>

const Times = z.object({ p50: z.number(), p95: z.number(), p99: z.number() })

/** By the clock, and of a processor. */
const InTurn = z.object({ clock: Times, processor: Times })

/** What it has measured; times in milliseconds, `recall` a share of ten. */
export const Measured = z.object({
  readySeconds: z.number(),
  /** Of memory: by the process, and as the index counts them. */
  bytesAScene: z.object({ process: z.number(), index: z.number() }),
  /** Of memory, before there is an index, but after questions. */
  fixedBytes: z.number(),
  /** Of each kind of question, in the order they are shown. */
  times: z.array(z.object({ name: z.string(), times: Times })),
  /** The fused questions with and without an import, in turns. */
  atRest: InTurn,
  duringImport: InTurn,
  imported: z.number(),
  /** Of the machine meanwhile, by all that runs on it: https://nodejs.org/api/os.html#osloadavg */
  load: z.number(),
  recall: z.number(),
  recallOfFew: z.number(),
  sqliteVec: z.object({ builtSeconds: z.number(), float: Times, floatOfFew: Times, bits: Times, bitsRecall: z.number() }),
  floor: z.number(),
})
export type Measured = z.infer<typeof Measured>

import { z } from 'zod'

/** What the process that measures is asked to do. */
export const Asked = z.object({ folder: z.string(), seed: z.number(), questions: z.number(), scenes: z.number() })
export type Asked = z.infer<typeof Asked>

const Times = z.object({ p50: z.number(), p95: z.number(), p99: z.number() })

/** What it has measured; times in milliseconds, `recall` a share of ten. */
export const Measured = z.object({
  readySeconds: z.number(),
  bytesAScene: z.number(),
  /** Of each kind of question, in the order they are shown. */
  times: z.array(z.object({ name: z.string(), times: Times })),
  atRest: Times,
  duringImport: Times,
  imported: z.number(),
  recall: z.number(),
  recallOfFew: z.number(),
  sqliteVec: z.object({ builtSeconds: z.number(), float: Times, floatOfFew: Times, bits: Times, bitsRecall: z.number() }),
  floor: z.number(),
})
export type Measured = z.infer<typeof Measured>

import { fork } from 'node:child_process'
import { z } from 'zod'
import type { ModelTier } from '../../electron/contract/models.ts'
import type { InstalledModel } from '../../electron/core/models/model-spec.ts'
import type { Block } from './block.ts'

/** What the process that loads the models says at its end. */
export const MemoryAnswer = z.object({ baseBytes: z.number(), peakBytes: z.number() })
export type MemoryAnswer = z.infer<typeof MemoryAnswer>

const TIERS: ModelTier[] = ['small', 'balanced', 'best']

const inMegabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`

/** In a process of its own: in this one, too much has been loaded before. */
async function loaded(models: readonly InstalledModel[], signal: AbortSignal): Promise<MemoryAnswer> {
  const child = fork(new URL('./load-models.ts', import.meta.url), [], { serialization: 'advanced', signal })
  return new Promise((resolve, reject) => {
    child.on('message', (message) => { resolve(MemoryAnswer.parse(message)) })
    child.on('error', reject)
    child.on('exit', (code) => { reject(new Error(`the process that loads models ended with ${code}`)) })
    child.send(models)
  })
}

/** What all models of a tier add to the memory when they are loaded and work together, against what the catalog says. */
export const memory: Block = {
  name: 'memory',
  title: 'Memory',
  run: async ({ installedAll, areStandIns, print, signal }) => {
    const all = await installedAll()
    if (all.length === 0) return { skipped: 'no model' }
    if (areStandIns) {
      const { baseBytes, peakBytes } = await loaded(all, signal)
      print(`  ${all.map(({ spec }) => spec.id).join(', ')} together: ${inMegabytes(peakBytes - baseBytes)} more than the ${inMegabytes(baseBytes)} of a process without them; the catalog's models are not here, so its figures are not measured`)
      return 'measured'
    }
    let isMet = true
    for (const tier of TIERS) {
      const models = all.filter(({ spec }) => spec.tier === tier)
      const known = models.reduce((sum, { spec }) => sum + (spec.memoryBytes ?? 0), 0)
      if (models.length === 0 || known === 0) {
        print(`  ${tier}: none of the catalog is installed`)
        continue
      }
      const { baseBytes, peakBytes } = await loaded(models, signal)
      isMet &&= peakBytes - baseBytes <= known
      print(`  ${tier}: ${models.map(({ spec, variant }) => `${spec.id}/${variant.name}`).join(', ')} together: ${inMegabytes(peakBytes - baseBytes)}; the catalog says ${inMegabytes(known)}: ${peakBytes - baseBytes <= known ? 'PASS' : 'FAIL'}`)
    }
    return isMet ? 'passed' : 'failed'
  },
}

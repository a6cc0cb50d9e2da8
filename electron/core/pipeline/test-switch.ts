import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Embedder, Models } from '../ports.ts'
import type { RegisteredStage } from './registered-stage.ts'
import { textVectors } from './stages/text-vectors.ts'
import { noModels, testStages } from './test-stages.ts'

/** The small stages, and the real one that turns what is said into vectors. */
export function stagesWithTextVectors(speech: RegisteredStage['stage']['run'] | null = null): RegisteredStage[] {
  const small = testStages().map((one) => speech !== null && one.stage.name === 'speech' ? { ...one, stage: { ...one.stage, run: speech } } : one)
  const needs = textVectors.needs.filter((need) => small.some(({ stage }) => stage.name === need))
  return [...small, { stage: { ...textVectors, needs }, stores: 'text-vectors', model: 'text', hasFirstLook: false, cost: { per: 'video', workSeconds: 0.1 } }]
}

/** A model that gives each text numbers of its own, at once or after a while. Of no use but to see that all of them are there. */
export function numbersModel(id: string, options: { waitMs?: number, onEmbed?: () => void } = {}): Embedder {
  return {
    id,
    dimensions: 8,
    embed: async (batch, signal) => {
      await sleep(options.waitMs ?? 0, undefined, { signal })
      options.onEmbed?.()
      return (batch.of === 'pictures' ? batch.files : batch.texts).map((text) => {
        const bytes = createHash('sha256').update(`${id} ${String(text)}`).digest().subarray(0, 8)
        const length = Math.hypot(...bytes)
        return Float32Array.from(bytes, (byte) => byte / length)
      })
    },
  }
}

/** Text models, the chosen one first. */
export function textModels(chosen: Embedder, ...others: Embedder[]): Models {
  return { ...noModels, text: async () => chosen, embedderOf: async (vectors) => [chosen, ...others].find(({ id }) => id === vectors) ?? null }
}

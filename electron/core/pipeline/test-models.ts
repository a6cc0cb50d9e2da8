import { existsSync } from 'node:fs'
import path from 'node:path'
import { models, pictureStandin, sentenceStandin, silero, testInference } from '../../../native/onnx/test-models.ts'
import type { Embedder, Models, Transcriber } from '../ports.ts'

/** True where the small real models are; tests that need them say so in their names. */
export const hasStandIns = existsSync(path.join(models, 'picture-text-standin')) && existsSync(path.join(models, 'sentence-standin'))

/** The small real models, each under as many names as a test wants: the first of a task is chosen, and what was chosen can be changed. */
export interface StandIns {
  models: Models
  chosen: { pictures: string | null, text: string | null }
  /** Names that are not there any more. */
  removed: Set<string>
  close(): Promise<void>
}

/** `speech` listens where the real voice detector hears somebody: of speech models there is no small real one. */
export function standIns(names: { pictures?: string[], text?: string[], speech?: Transcriber }): StandIns {
  const inference = testInference()
  const chosen = { pictures: names.pictures?.[0] ?? null, text: names.text?.[0] ?? null }
  const removed = new Set<string>()
  const asEmbedder = (name: string): Embedder | null => {
    if (removed.has(name)) return null
    // Of one variant and no tier: its vectors have its own name.
    if (names.pictures?.includes(name) === true) return inference.embedder(pictureStandin(undefined, { id: name }))
    return names.text?.includes(name) === true ? inference.embedder(sentenceStandin(undefined, { id: name })) : null
  }
  return {
    models: {
      pictures: async () => chosen.pictures === null ? null : asEmbedder(chosen.pictures),
      text: async () => chosen.text === null ? null : asEmbedder(chosen.text),
      voice: async () => names.speech === undefined ? null : inference.voiceDetector(silero()),
      speech: async () => names.speech ?? null,
      embedderOf: async (vectors) => asEmbedder(vectors),
    },
    chosen, removed, close: () => inference.close(),
  }
}

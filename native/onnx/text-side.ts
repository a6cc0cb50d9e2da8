import { setImmediate as turn } from 'node:timers/promises'
import type { InferenceSession } from 'onnxruntime-node'
import type { InstalledModel } from '../../electron/core/models/model-spec.ts'
import { damaged } from './model-errors.ts'
import { openRole, runner } from './session.ts'
import { batchesByLength } from './text-batches.ts'
import type { TextRows } from './text-input.ts'
import { textFeeds, textRows } from './text-input.ts'
import type { Tokens } from './tokens.ts'
import { openTokens } from './tokens.ts'
import { numbersOf, pooled, unitVector, vectorOutput } from './vectors.ts'

/** Turns texts into vectors of length 1. */
export interface TextSide {
  /** In the order of the texts. `between` is called before each batch and may throw to stop. */
  vectors(texts: string[], of: 'query' | 'passage', between: () => void): Promise<Float32Array[]>
  close(): Promise<void>
}

/** Some milliseconds of cutting texts into tokens, then others get a turn. */
const TEXTS_A_TURN = 64

type Run = (rows: TextRows) => Promise<Float32Array[]>

function ownVectors(session: InferenceSession, model: InstalledModel): Run {
  const run = runner(session, model.spec)
  const output = vectorOutput(session, 'ready', model.spec)
  return async (rows) => {
    const { values } = numbersOf(await run(textFeeds(session, rows, model.spec), [output]), output, model.spec)
    const width = values.length / rows.rows
    return Array.from({ length: rows.rows }, (_, row) => values.slice(row * width, (row + 1) * width))
  }
}

function pooledVectors(session: InferenceSession, model: InstalledModel, pooling: 'mean' | 'cls' | 'last'): Run {
  const run = runner(session, model.spec)
  const output = vectorOutput(session, 'per-token', model.spec)
  return async (rows) => {
    const { values, dims } = numbersOf(await run(textFeeds(session, rows, model.spec), [output]), output, model.spec)
    const width = dims[2] ?? 0
    if (values.length !== rows.rows * rows.length * width) throw damaged(model.spec, `"${output}" has the shape ${dims.join(' x ')}`)
    return pooled(values, rows, { width, pooling })
  }
}

// A picture model's words are filled up to its full length, as in its training, and lie in the space of its pictures.
function settingOf({ spec }: InstalledModel, tokens: Tokens): { role: 'text' | 'model', pooling: 'own' | 'mean' | 'cls' | 'last', fixedLength: number | null } {
  if (spec.task === 'pictures') return { role: 'text', pooling: 'own', fixedLength: tokens.most }
  return { role: 'model', pooling: spec.pooling ?? 'mean', fixedLength: null }
}

/** Opens the half of a picture model that reads, or a text model. */
export async function openTextSide(model: InstalledModel, threads: number): Promise<TextSide> {
  const tokens = await openTokens(model)
  const { role, pooling, fixedLength } = settingOf(model, tokens)
  const session = await openRole(model, role, threads)
  const run = pooling === 'own' ? ownVectors(session, model) : pooledVectors(session, model, pooling)

  return {
    vectors: async (texts, of, between) => {
      const encoded: number[][] = []
      for (const text of texts) {
        encoded.push(tokens.encode(model.spec.prefixes[of] + text))
        if (encoded.length % TEXTS_A_TURN === 0) await turn().then(between)
      }
      const vectors: Float32Array[] = []
      for (const { places, length } of batchesByLength(encoded.map((ids) => fixedLength ?? ids.length))) {
        between()
        const found = await run(textRows(places.map((place) => encoded[place] ?? []), length, tokens))
        places.forEach((place, row) => { vectors[place] = unitVector(found[row] ?? new Float32Array(0), model.spec) })
      }
      return vectors
    },
    close: async () => session.release(),
  }
}

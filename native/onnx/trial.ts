import { AppError } from '../../electron/core/errors.ts'
import type { ModelMeasure } from '../../electron/contract/models.ts'
import type { InstalledModel, ModelSpec } from '../../electron/core/models/model-spec.ts'
import type { FirstWork } from './first-work.ts'
import { firstWork } from './first-work.ts'
import { damaged } from './model-errors.ts'
import { providersHere } from './providers.ts'
import type { Trial } from './worker-wire.ts'

/** Vectors of the same model on another device must be as near as this: rounding in 16 bits gives 0.999 and better, what is computed wrongly far less. */
const SAME_COSINE = 0.99

interface Options { threads: number, signal: AbortSignal }

function cosine(left: Float32Array, right: Float32Array): number {
  let [dot, a, b] = [0, 0, 0]
  left.forEach((value, index) => {
    const other = right[index] ?? 0
    dot += value * other
    a += value * value
    b += other * other
  })
  return dot / Math.sqrt(a * b)
}

/** How alike what two gave is, at worst. */
function agreement(one: FirstWork, other: FirstWork): number {
  return Math.min(...one.vectors.map((vector, index) => cosine(vector, other.vectors[index] ?? new Float32Array(0))))
}

function measureOf(variant: string, provider: string): (speed: number | null, note: string) => ModelMeasure {
  return (itemsPerSecond, note) => ({ variant, provider, itemsPerSecond, note, atMs: Date.now() })
}

/** What is no reason to give up: another variant or device may do. */
function noteOf(error: unknown): string {
  if (error instanceof AppError && (error.code === 'MODEL_DAMAGED' || error.code === 'MODEL_MISSING')) return error.message
  throw error
}

/** One variant on everything here that may compute it, the processor first. */
async function tryVariant(model: Omit<InstalledModel, 'provider'>, options: Options): Promise<ModelMeasure[]> {
  const measures: ModelMeasure[] = []
  let byProcessor: FirstWork | null = null
  for (const provider of providersHere()) {
    options.signal.throwIfAborted()
    const measure = measureOf(model.variant.name, provider)
    try {
      const work = await firstWork({ ...model, provider }, options)
      byProcessor ??= work
      const alike = agreement(work, byProcessor)
      measures.push(alike >= SAME_COSINE ? measure(work.itemsPerSecond, '') : measure(null, `not used: its vectors are not those of the processor (cosine ${alike.toFixed(3)})`))
    } catch (error) {
      measures.push(measure(null, noteOf(error)))
      if (byProcessor === null) break // a file that the processor can not use is no matter of devices
    }
  }
  return measures
}

/**
 * Each of the variants on the processor and on whatever else here may compute it. The fastest is used that gives what the processor gives.
 * Throws MODEL_DAMAGED with what the first one said where none can be used.
 */
export async function tryModel({ folder, spec, variants }: { folder: string, spec: ModelSpec, variants: string[] }, options: Options): Promise<Trial> {
  const measures: ModelMeasure[] = []
  for (const variant of spec.variants) if (variants.includes(variant.name)) measures.push(...await tryVariant({ folder, spec, variant }, options))
  const [best] = measures.filter(({ itemsPerSecond }) => itemsPerSecond !== null).sort((a, b) => (b.itemsPerSecond ?? 0) - (a.itemsPerSecond ?? 0))
  if (best !== undefined) return { variant: best.variant, provider: best.provider, measures }
  const [first] = measures
  if (first === undefined) throw damaged(spec, 'none of its variants is here')
  throw new AppError('MODEL_DAMAGED', { message: first.note, hint: 'Check its files, or install it again.' })
}

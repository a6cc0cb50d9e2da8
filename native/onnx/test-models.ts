import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { InstalledModel, ModelSpec } from '../../electron/core/models/model-spec.ts'
import type { Inference } from '../../electron/core/ports.ts'
import type { InferenceOptions } from '../inference.ts'
import { createInference } from '../inference.ts'

// The small real models that lie beside the product, for tests only.

export const shared = process.env['SCENEDEX_SHARED'] ?? path.join(import.meta.dirname, '..', '..', '..', 'shared')
export const models = path.join(shared, 'models')
export const never = new AbortController().signal
export const workerFile = new URL('../../electron/workers/inference.ts', import.meta.url)

/** The models in a worker of their own; speech is another matter. */
export function testInference(options: InferenceOptions = {}, worker = workerFile): Inference {
  return createInference(worker, () => { throw new Error('no speech here') }, options)
}

const usual: ModelSpec = {
  id: 'standin', task: 'text', title: 'A stand-in', tier: null, revision: '1', licence: 'tests only', languages: ['en'], page: null, factsFrom: [],
  dimensions: null, contextLength: null, pooling: null, prefixes: { query: '', passage: '' }, picture: null, memoryBytes: null, requires: [], files: [], variants: [],
}

function installed(folder: string, spec: Partial<ModelSpec>, roles: InstalledModel['variant']['roles']): InstalledModel {
  const files = Object.values(roles).map((file) => ({ path: file, url: `urn:by-hand:${file}`, bytes: 1, sha256: null }))
  const variant = { name: 'fp32', isUsual: true, files, roles }
  return { folder, spec: { ...usual, variants: [variant], ...spec }, variant, provider: 'cpu' }
}

export function pictureStandin(folder = path.join(models, 'picture-text-standin'), spec: Partial<ModelSpec> = {}): InstalledModel {
  return installed(folder, { id: 'picture-standin', task: 'pictures', dimensions: 512, contextLength: 77, pooling: 'own', ...spec }, { vision: 'onnx/vision_model.onnx', text: 'onnx/text_model.onnx' })
}

export function sentenceStandin(folder = path.join(models, 'sentence-standin'), spec: Partial<ModelSpec> = {}): InstalledModel {
  return installed(folder, { id: 'sentence-standin', dimensions: 50, contextLength: 512, pooling: 'mean', ...spec }, { model: 'onnx/model.onnx' })
}

export function silero(folder = path.join(models, 'vad')): InstalledModel {
  return installed(folder, { id: 'silero', task: 'voice' }, { model: 'silero_vad.onnx' })
}

/** A model whose tokenizer is all that matters. */
export function tokenizerOnly(name: string, spec: Partial<ModelSpec> = {}): InstalledModel {
  return installed(path.join(models, 'tokenizers', name), { id: name, dimensions: 384, ...spec }, { model: 'onnx/model.onnx' })
}

/** Samples of a 16 kHz mono 16-bit WAV file, -1 to 1. */
export function wavSamples(file: string): Float32Array {
  const bytes = readFileSync(file)
  let at = 12
  while (bytes.toString('latin1', at, at + 4) !== 'data') at += 8 + bytes.readUInt32LE(at + 4)
  const end = Math.min(bytes.length, at + 8 + bytes.readUInt32LE(at + 4))
  return Float32Array.from({ length: Math.floor((end - at - 8) / 2) }, (_, index) => bytes.readInt16LE(at + 8 + index * 2) / 32_768)
}

export function dot(left: Float32Array, right: Float32Array): number {
  return left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0)
}

/** The largest difference between two lists of numbers. */
export function farthest(left: ArrayLike<number>, right: ArrayLike<number>): number {
  if (left.length !== right.length) return Infinity
  return Array.from(left).reduce((most, value, index) => Math.max(most, Math.abs(value - (right[index] ?? NaN))), 0)
}

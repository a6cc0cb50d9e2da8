import { lstatSync, readdirSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import type { ModelMeasure, ModelTask } from '../../contract/models.ts'
import { AppError } from '../errors.ts'
import { hasSystemCode } from '../import/system-error.ts'
import { filesOf } from './layout.ts'
import type { LayoutFile } from './layout.ts'
import { readManifest } from './manifest.ts'
import { damaged } from './model-errors.ts'
import type { Catalog, InstalledModel, Manifest, ModelSpec, ModelVariant } from './model-spec.ts'
import { checkModelFolder } from './onnx-files.ts'
import { recognise } from './recognise.ts'

/** A model in a library's folder of models. */
export type FoundModel =
  | {
    kind: 'installed', id: string, model: InstalledModel, from: 'network' | 'disk' | 'by-hand', bytes: number
    /** Names of those that are here. */
    variants: string[], verifiedMs: number | null, measures: ModelMeasure[]
  }
  /** It can not be used. `task` is what it looks like, null where that can not be told. */
  | { kind: 'broken', id: string, folder: string, task: ModelTask | null, bytes: number, error: AppError }

const sum = (files: readonly { bytes: number }[]): number => files.reduce((all, { bytes }) => all + bytes, 0)

function variantNamed(spec: ModelSpec, names: string[], name: string): ModelVariant | undefined {
  const here = spec.variants.filter((variant) => names.includes(variant.name))
  return here.find((variant) => variant.name === name) ?? here[0]
}

/** The first file of a manifest that is not there as it was written. Sizes only: `verify` reads them. */
function changedFile(manifest: Manifest, files: LayoutFile[]): string | null {
  const sizes = new Map(files.map((file) => [file.path, file.bytes]))
  return manifest.files.find((file) => sizes.get(file.path) !== file.bytes)?.path ?? null
}

function ofManifest(folder: string, manifest: Manifest, files: LayoutFile[]): FoundModel {
  const id = path.basename(folder)
  const changed = changedFile(manifest, files)
  const variant = variantNamed(manifest.spec, manifest.variants, manifest.variant)
  if (changed !== null || variant === undefined) {
    const what = changed === null ? 'has no variant that is here' : `is not whole: "${changed}" is missing or was changed`
    return { kind: 'broken', id, folder, task: manifest.spec.task, bytes: sum(files), error: damaged(`The model "${id}" ${what}.`) }
  }
  return {
    kind: 'installed', id, from: manifest.from, bytes: sum(manifest.files), variants: manifest.variants, verifiedMs: manifest.verifiedMs, measures: manifest.measures,
    // Whatever the folder is called now: it is what tells models apart.
    model: { folder, spec: { ...manifest.spec, id }, variant, provider: manifest.provider },
  }
}

function looksLike(files: LayoutFile[]): ModelTask | null {
  const has = (name: RegExp): boolean => files.some((file) => name.test(file.path))
  if (has(/vision_model/)) return 'pictures'
  if (has(/silero/)) return 'voice'
  if (has(/model[^/]*\.onnx/)) return 'text'
  return has(/ggml.*\.bin$/) ? 'speech' : null
}

/** A spec of the catalog says more than what can be seen of the files: where all of a variant are there, it is that. */
function fromCatalog(catalog: Catalog, id: string, files: LayoutFile[]): { spec: ModelSpec, variants: string[] } | null {
  const spec = catalog.models.find((model) => model.id === id)
  if (spec === undefined) return null
  const isHere = (file: { path: string, bytes: number }): boolean => files.some((found) => found.path === file.path && found.bytes === file.bytes)
  const variants = spec.variants.filter((variant) => [...spec.files, ...variant.files].every(isHere)).map(({ name }) => name)
  return variants.length === 0 ? null : { spec, variants }
}

/** What a folder without notes holds. */
async function guess(folder: string, files: LayoutFile[], { catalog, signal }: Look): Promise<{ spec: ModelSpec, variants: string[] } | null> {
  const known = fromCatalog(catalog, path.basename(folder), files)
  if (known !== null) return known
  const spec = await recognise(folder, path.basename(folder), signal)
  return spec === null ? null : { spec, variants: spec.variants.map(({ name }) => name) }
}

async function ofHand(folder: string, files: LayoutFile[], look: Look): Promise<FoundModel> {
  const id = path.basename(folder)
  await checkModelFolder(folder, look.signal)
  const guessed = await guess(folder, files, look)
  const usual = guessed?.spec.variants.find(({ isUsual }) => isUsual)?.name
  const variant = guessed === null ? undefined : variantNamed(guessed.spec, guessed.variants, usual ?? '')
  if (guessed === null || variant === undefined) {
    const error = damaged(`The folder ${folder} holds no model that can be used.`, 'Put all files of the model there, or take the folder away.')
    return { kind: 'broken', id, folder, task: looksLike(files), bytes: sum(files), error }
  }
  const model = { folder, spec: guessed.spec, variant, provider: 'cpu' }
  return { kind: 'installed', id, model, from: 'by-hand', bytes: sum(files), variants: guessed.variants, verifiedMs: null, measures: [] }
}

interface Look { catalog: Catalog, signal: AbortSignal }

/** Looks at one folder of a model. */
export async function lookAtModel(folder: string, look: Look): Promise<FoundModel> {
  const files = await filesOf(folder)
  try {
    const manifest = await readManifest(folder)
    return manifest === null ? await ofHand(folder, files, look) : ofManifest(folder, manifest, files)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { kind: 'broken', id: path.basename(folder), folder, task: looksLike(files), bytes: sum(files), error }
  }
}

/** All models of a library's folder, by name; none where it is not there. A link is none: what it leads to may change by itself. */
export async function readModelsFolder(folder: string, look: Look): Promise<FoundModel[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    if (hasSystemCode(error, 'ENOENT', 'ENOTDIR')) return []
    throw error
  })
  const names = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).map(({ name }) => name).sort()
  return Promise.all(names.map((name) => lookAtModel(path.join(folder, name), look)))
}

function timeOf(file: string): string {
  try {
    const { mtimeMs, ino } = lstatSync(file)
    return `${mtimeMs}/${ino}`
  } catch {
    return '-' // most models have no such file, and of what is no folder nothing can be within
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return [] // not there, or not to be read: either way there is no model to be had
  }
}

/**
 * Something that differs whenever a model was put there, taken away or changed: times of the folder, of those in it, and of their notes. Looked up
 * at once: it is asked with each search, and during an import whatever waits for a file waits behind pictures (80 instead of 1 ms, measured here, 2026-11-21).
 */
export function folderStamp(folder: string): string {
  const names = namesIn(folder).filter((name) => !name.startsWith('.')).sort()
  const inner = names.flatMap((name) => ['', 'onnx', 'scenedex-model.json'].map((part) => path.join(folder, name, part)))
  return [folder, ...inner].map(timeOf).join(' ')
}

import type { ModelTier } from '../../contract/models.ts'
import { isInnerPath } from './inner-path.ts'
import { Catalog } from './model-spec.ts'
import type { ModelFile, ModelSpec, ModelVariant } from './model-spec.ts'

/** Where the models of the catalog are published. A mirror keeps the same paths under another address. */
const HUB = 'https://huggingface.co'

const TIERS: readonly (ModelTier | null)[] = ['small', 'balanced', 'best', null]

/**
 * A wrong catalog is a mistake of the people who made the program and no mishap of the person who runs it: a plain error.
 * Its sentences are joined, so that all mistakes are seen at once.
 */
function refuse(mistakes: readonly string[]): void {
  if (mistakes.length > 0) throw new Error(`The catalog of models is wrong. ${mistakes.join(' ')}`)
}

function allFiles(spec: ModelSpec): ModelFile[] {
  return [...spec.files, ...spec.variants.flatMap((variant) => variant.files)]
}

function fileMistakes(spec: ModelSpec): string[] {
  const mistakes: string[] = []
  const seen = new Map<string, ModelFile>()
  for (const file of allFiles(spec)) {
    const before = seen.get(file.path)
    seen.set(file.path, file)
    if (!isInnerPath(file.path)) mistakes.push(`${spec.id}: the path ${JSON.stringify(file.path)} leaves the folder of the model.`)
    if (file.isEstimate === true && file.sha256 !== null) mistakes.push(`${spec.id}: the size of ${file.path} is an estimate, but its sum is known.`)
    // The same file may belong to two variants; two files may not have one name.
    if (before !== undefined && JSON.stringify(before) !== JSON.stringify(file)) mistakes.push(`${spec.id}: two different files are called ${file.path}.`)
  }
  return mistakes
}

function variantMistakes(spec: ModelSpec, variant: ModelVariant): string[] {
  const needed = spec.task === 'pictures' ? ['vision', 'text'] as const : ['model'] as const
  const missing = needed.filter((role) => variant.roles[role] === undefined)
  const paths = new Set([...spec.files, ...variant.files].map((file) => file.path))
  const unknown = Object.values(variant.roles).filter((path) => !paths.has(path))
  return [
    ...missing.map((role) => `${spec.id}/${variant.name}: no file for ${role}.`),
    ...unknown.map((path) => `${spec.id}/${variant.name}: ${path} is opened, but is none of its files.`),
  ]
}

function missingFacts(spec: ModelSpec): string[] {
  const needed = {
    pictures: ['dimensions', 'contextLength', 'pooling', 'picture'],
    text: ['dimensions', 'contextLength', 'pooling'],
    speech: [],
    voice: [],
  } as const satisfies Record<ModelSpec['task'], readonly (keyof ModelSpec)[]>
  const missing = needed[spec.task].filter((fact) => spec[fact] === null)
  return missing.map((fact) => `${spec.id}: ${fact} is missing.`)
}

function specMistakes(spec: ModelSpec): string[] {
  const names = spec.variants.map((variant) => variant.name)
  const usual = spec.variants.filter((variant) => variant.isUsual)
  return [
    ...(new Set(names).size < names.length ? [`${spec.id}: two variants have one name.`] : []),
    ...(usual.length === 1 ? [] : [`${spec.id}: ${usual.length} usual variants, where there has to be one.`]),
    ...missingFacts(spec),
    ...fileMistakes(spec),
    ...spec.variants.flatMap((variant) => variantMistakes(spec, variant)),
  ]
}

function listMistakes(models: readonly ModelSpec[]): string[] {
  const ids = models.map((spec) => spec.id)
  const known = new Set(ids)
  const mistakes = ids.filter((id, index) => ids.indexOf(id) < index).map((id) => `${id} is listed twice.`)
  for (const { id, requires } of models) {
    mistakes.push(...requires.filter((other) => other === id || !known.has(other)).map((other) => `${id}: it requires ${other}, which is not another model of the catalog.`))
  }
  models.forEach((spec, index) => {
    const later = models.slice(index + 1).find((other) => other.task === spec.task && TIERS.indexOf(other.tier) < TIERS.indexOf(spec.tier))
    if (later !== undefined) mistakes.push(`${later.id} stands after ${spec.id}, which is for a faster machine.`)
  })
  return mistakes
}

/**
 * The catalog of models as the program ships it, checked: ids are unique, paths stay inside the model's folder, what is required exists, every model
 * has one usual variant and all facts that its task needs, and the models of a task stand in the order of their tiers. Throws a plain error that names all mistakes.
 *
 * `memoryBytes` is an estimate from the bytes of the usual variant, rounded up to a million: twice the files and 256 MiB for ONNX (the weights are there
 * a second time, packed for the processor, beside what a batch needs), 1.3 times and 256 MiB for whisper.cpp (its README gives 273 MB for tiny, 388 for base and
 * 852 for small in fp16), 128 MiB for the voice detector (98 to 114 MB with the worker that it runs in, measured here, 2026-11-21).
 */
export function readCatalog(value: unknown): Catalog {
  const catalog = Catalog.parse(value)
  refuse([...listMistakes(catalog.models), ...catalog.models.flatMap(specMistakes)])
  return catalog
}

/** The variant that is fetched where nothing else is asked for. */
export function usualVariant(spec: ModelSpec): ModelVariant {
  const variant = spec.variants.find(({ isUsual }) => isUsual) ?? spec.variants[0]
  if (variant === undefined) throw new Error(`${spec.id} has no variant`)
  return variant
}

/** The files of these variants and those that every variant has, each once. Throws a plain error for a name that the model does not have. */
export function filesToFetch(spec: ModelSpec, variants: readonly string[]): ModelFile[] {
  const unknown = variants.find((name) => !spec.variants.some((variant) => variant.name === name))
  if (unknown !== undefined) throw new Error(`${spec.id} has no variant ${unknown}`)
  const asked = spec.variants.filter(({ name }) => variants.includes(name))
  const files = [...spec.files, ...asked.flatMap((variant) => variant.files)]
  return [...new Map(files.map((file) => [file.path, file])).values()]
}

/** Bytes on the disk of these variants together; a file that two of them have counts once. */
export function bytesOf(spec: ModelSpec, variants: readonly string[]): number {
  return filesToFetch(spec, variants).reduce((sum, { bytes }) => sum + bytes, 0)
}

/** Bytes that an install fetches where nothing else is asked for. */
export function usualBytes(spec: ModelSpec): number {
  return bytesOf(spec, [usualVariant(spec).name])
}

/** A model and all that it cannot do without, what is needed first in front. Empty where the catalog does not have it. */
export function withRequired(catalog: Catalog, id: string): ModelSpec[] {
  const found = new Map<string, ModelSpec>()
  const visiting = new Set<string>()
  const visit = (wanted: string): void => {
    const spec = catalog.models.find((model) => model.id === wanted)
    if (spec === undefined || visiting.has(wanted)) return
    visiting.add(wanted)
    spec.requires.forEach(visit)
    found.set(wanted, spec)
  }
  visit(id)
  return [...found.values()]
}

/**
 * The address to ask: the hub's own replaced by the base of a mirror, as `HF_ENDPOINT` does for the hub's own programs. An address elsewhere stays as it is,
 * since a mirror of the hub does not have it.
 */
export function mirrored(url: string, mirror: string | null): string {
  if (mirror === null || !url.startsWith(`${HUB}/`)) return url
  return mirror.replace(/\/+$/, '') + url.slice(HUB.length)
}

import path from 'node:path'
import { filesToFetch } from '../catalog.ts'
import { wrongSize } from '../install/fetch-errors.ts'
import type { LayoutFile } from '../layout.ts'
import type { Catalog, ModelFile, ModelSpec } from '../model-spec.ts'

/** A model of the catalog that lies in a folder, and under which names. */
export interface KnownModel {
  spec: ModelSpec
  variants: string[]
  /** Name in the catalog and name here. */
  places: Map<string, string>
}

/** The file of the catalog among those that are here: under its own name, or under the last part of it where somebody has put all into one folder. */
function placeAmong(files: readonly LayoutFile[], wanted: ModelFile): LayoutFile | undefined {
  return files.find((file) => file.path === wanted.path) ?? files.find((file) => file.path === path.posix.basename(wanted.path))
}

function hasSize(file: LayoutFile | undefined, wanted: ModelFile): boolean {
  return file !== undefined && (wanted.isEstimate === true || file.bytes === wanted.bytes)
}

function match(spec: ModelSpec, files: readonly LayoutFile[]): KnownModel | null {
  const isHere = (wanted: ModelFile): boolean => hasSize(placeAmong(files, wanted), wanted)
  const variants = spec.variants.filter(({ name }) => filesToFetch(spec, [name]).every(isHere)).map(({ name }) => name)
  if (variants.length === 0) return null
  const wanted = filesToFetch(spec, variants)
  return { spec, variants, places: new Map(wanted.map((file) => [file.path, placeAmong(files, file)?.path ?? file.path])) }
}

/** A model of one file is known by the name of that alone: of another length it is damaged, and no other model. */
function checkLone(spec: ModelSpec, files: readonly LayoutFile[]): void {
  for (const { files: [wanted, ...more] } of spec.variants) {
    if (wanted === undefined || more.length > 0 || spec.files.length > 0 || wanted.isEstimate === true) continue
    const file = files.find((one) => path.posix.basename(one.path) === path.posix.basename(wanted.path))
    if (file !== undefined && file.bytes !== wanted.bytes) throw wrongSize(file.path, { wanted: wanted.bytes, got: file.bytes })
  }
}

/** The model of the catalog that files are, by their names and lengths; null for another one. Throws MODEL_DAMAGED for one that is cut. */
export function knownModel(catalog: Catalog, files: readonly LayoutFile[]): KnownModel | null {
  for (const spec of catalog.models) {
    const known = match(spec, files)
    if (known !== null) return known
  }
  for (const spec of catalog.models) checkLone(spec, files)
  return null
}

import { lstat } from 'node:fs/promises'
import path from 'node:path'
import type { ModelCheck } from '../../contract/models.ts'
import { AppError } from '../errors.ts'
import { filesToFetch } from './catalog.ts'
import { sha256Of } from './hash-file.ts'
import { readManifest, writeManifest } from './manifest.ts'
import type { FoundModel } from './models-folder.ts'
import type { Manifest } from './model-spec.ts'
import { checkModelFolder } from './onnx-files.ts'

interface Noted { path: string, bytes: number | null, sha256: string | null }

async function manifestIn(folder: string): Promise<Manifest | null> {
  try {
    return await readManifest(folder)
  } catch (error) {
    if (error instanceof AppError) return null
    throw error
  }
}

/** What the files of a model should be: by its manifest, or by what is known of a model that was put there by hand. */
function notedOf(model: FoundModel, manifest: Manifest | null): Noted[] {
  if (manifest !== null) return manifest.files
  if (model.kind === 'broken') return []
  return filesToFetch(model.model.spec, model.variants).map(({ path: file, bytes, sha256, isEstimate }) => ({ path: file, bytes: isEstimate === true ? null : bytes, sha256 }))
}

async function checkFile(folder: string, noted: Noted, signal: AbortSignal): Promise<ModelCheck['files'][number]> {
  const file = path.join(folder, noted.path)
  const found = await lstat(file).catch(() => null)
  if (found === null) return { path: noted.path, state: 'missing', bytes: 0, sha256: null }
  if (!found.isFile()) return { path: noted.path, state: 'unsafe', bytes: 0, sha256: null }
  const sha256 = await sha256Of(file, signal)
  const isSame = (noted.sha256 === null || noted.sha256 === sha256) && (noted.bytes === null || noted.bytes === found.size)
  return { path: noted.path, state: isSame ? 'whole' : 'changed', bytes: found.size, sha256 }
}

async function isSafe(folder: string, signal: AbortSignal): Promise<boolean> {
  try {
    await checkModelFolder(folder, signal)
    return true
  } catch (error) {
    if (error instanceof AppError) return false
    throw error
  }
}

/** Files that reach outside of the folder make the whole model one that is not opened. */
function allUnsafe(files: ModelCheck['files']): ModelCheck['files'] {
  const isOnnx = ({ path: file }: ModelCheck['files'][number]): boolean => /\.onnx$/i.test(file)
  const hasOnnx = files.some(isOnnx)
  return files.map((file) => (isOnnx(file) || !hasOnnx) && file.state === 'whole' ? { ...file, state: 'unsafe' } : file)
}

/** Reads all files of a model again and compares them with what was installed. When it is whole, that is noted with the time. */
export async function verifyModel(model: FoundModel, nowMs: () => number, signal: AbortSignal): Promise<ModelCheck> {
  const folder = model.kind === 'installed' ? model.model.folder : model.folder
  const manifest = await manifestIn(folder)
  const checked: ModelCheck['files'] = []
  const all = notedOf(model, manifest)
  for (const noted of all) checked.push(await checkFile(folder, noted, signal))
  const files = await isSafe(folder, signal) ? checked : allUnsafe(checked)
  const isWhole = files.length > 0 && files.every(({ state }) => state === 'whole')
  if (isWhole && manifest !== null) await writeManifest(folder, { ...manifest, verifiedMs: nowMs() })
  return { id: model.id, isWhole, isCompared: all.some(({ sha256 }) => sha256 !== null), files }
}

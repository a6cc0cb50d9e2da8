import { randomUUID } from 'node:crypto'
import { open, readFile, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '../errors.ts'
import { hasSystemCode } from '../import/system-error.ts'
import { isInnerPath } from './inner-path.ts'
import { damaged, unsafe } from './model-errors.ts'
import type { ModelSpec } from './model-spec.ts'
import { Manifest, MANIFEST_FILE } from './model-spec.ts'

/** Throws MODEL_DAMAGED when a file of a model would lie outside of its folder. */
function checkPaths(spec: Pick<ModelSpec, 'files' | 'variants'>, others: readonly { path: string }[] = []): void {
  const named = [...spec.files, ...spec.variants.flatMap(({ files }) => files), ...others].map(({ path: file }) => file)
  const bad = [...named, ...spec.variants.flatMap(({ roles }) => Object.values(roles))].find((file) => !isInnerPath(file))
  if (bad !== undefined) throw unsafe(`it names a file "${bad}"`)
}

/** What was written when the model in a folder was installed; null where nothing was. Throws MODEL_DAMAGED for one that can not be understood. */
export async function readManifest(folder: string): Promise<Manifest | null> {
  const file = path.join(folder, MANIFEST_FILE)
  try {
    const manifest = Manifest.parse(JSON.parse(await readFile(file, 'utf8')))
    checkPaths(manifest.spec, manifest.files)
    return manifest
  } catch (cause) {
    if (hasSystemCode(cause, 'ENOENT')) return null
    if (cause instanceof AppError) throw cause
    throw damaged(`The notes about the model in ${folder} (${MANIFEST_FILE}) can not be understood.`, 'Install the model again, or take the file away.', cause)
  }
}

/** Replaces a file as a whole: a reader sees what was there before or all of what is there now. */
export async function writeWhole(file: string, text: string): Promise<void> {
  const part = `${file}.${randomUUID()}.part`
  try {
    await using handle = await open(part, 'wx')
    await handle.writeFile(text)
    await handle.sync()
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
  await rename(part, file)
}

export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  await writeWhole(path.join(folder, MANIFEST_FILE), `${JSON.stringify(manifest, null, 2)}\n`)
}

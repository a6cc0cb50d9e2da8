import { access, mkdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import type { Inference } from '../../ports.ts'
import { writeManifest } from '../manifest.ts'
import type { Manifest, ModelSpec } from '../model-spec.ts'
import { checkModelFolder } from '../onnx-files.ts'
import { journalFile } from './journal.ts'

export interface Arrived {
  spec: ModelSpec
  /** All that will be in the folder. */
  variants: string[]
  from: Manifest['from']
  /** Where the new files lie, under their own names, and where the model belongs. */
  staging: string
  target: string
  /** Of the new files and of those that are in the target already. */
  files: Manifest['files']
}

export interface PlaceTools { inference: Pick<Inference, 'tryOut' | 'release'>, nowMs: () => number }

async function exists(file: string): Promise<boolean> {
  return access(file).then(() => true, () => false)
}

/** Does one real piece of work with what lies in a folder, and writes down what came of it: from then on it is an installed model. */
async function tryAndNote(folder: string, { spec, variants, from, files }: Arrived, { inference, nowMs, signal }: PlaceTools & { signal: AbortSignal }): Promise<void> {
  await checkModelFolder(folder, signal)
  const tried = await inference.tryOut(folder, spec, { variants, signal })
  signal.throwIfAborted()
  const now = nowMs()
  await writeManifest(folder, { spec, from, installedMs: now, verifiedMs: now, files, variants, ...tried })
}

/** Moves files beside those of a model that is here already. */
async function addTo({ staging, target, files }: Arrived): Promise<void> {
  for (const { path: file } of files) {
    if (!await exists(path.join(staging, file))) continue
    await mkdir(path.dirname(path.join(target, file)), { recursive: true })
    await rename(path.join(staging, file), path.join(target, file))
  }
}

/**
 * Makes an installed model of files that are whole: tries it, writes its manifest and gives the folder its name, in this order. Throws MODEL_DAMAGED when it can not
 * be used, and leaves the files then.
 */
export async function putInPlace(arrived: Arrived, tools: PlaceTools & { signal: AbortSignal }): Promise<void> {
  const { staging, target } = arrived
  if (await exists(target)) {
    await tools.inference.release(target)
    await addTo(arrived)
    await tryAndNote(target, arrived, tools)
    await rm(staging, { recursive: true, force: true })
    return
  }
  await tryAndNote(staging, arrived, tools)
  await rm(journalFile(staging), { force: true })
  // A session that stands open holds the folder under its name on Windows.
  await tools.inference.release(staging)
  await rename(staging, target)
}

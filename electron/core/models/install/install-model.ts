import { rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { AppError, isCancel, toErrorShape } from '../../errors.ts'
import { filesToFetch } from '../catalog.ts'
import { sha256Of } from '../hash-file.ts'
import { readManifest } from '../manifest.ts'
import type { Manifest, ModelFile, ModelSpec } from '../model-spec.ts'
import { fetchModel } from './fetch-model.ts'
import type { InstallProgress, InstallTools } from './install-tools.ts'
import type { JournalWriter } from './journal.ts'
import { journalWriter, readJournal } from './journal.ts'
import { withModel } from './model-lock.ts'
import { putInPlace } from './put-in-place.ts'

/** Where a model is put together before it has its own folder. Throws USAGE for a name that leads out of the folder of models: what is there is written and deleted. */
export function stagingFolder(models: string, id: string): string {
  if (path.basename(id) !== id) throw new AppError('USAGE', { message: `"${id}" is no name of a model.`, hint: 'scenedex models lists all that can be had, and those that are here.' })
  return path.join(models, `.install-${id}`)
}

export interface InstallRequest { spec: ModelSpec, variants: string[] }

async function manifestOf(target: string): Promise<Manifest | null> {
  try {
    return await readManifest(target)
  } catch (error) {
    if (error instanceof AppError) return null // it is written anew
    throw error
  }
}

/** Of the files that are wanted, those that are in the model's folder already and are what they should be. */
async function filesHere(target: string, files: ModelFile[], { manifest, signal }: { manifest: Manifest | null, signal: AbortSignal }): Promise<Manifest['files']> {
  const here: Manifest['files'] = []
  for (const file of files) {
    const place = path.join(target, file.path)
    const size = await stat(place).then((found) => found.isFile() ? found.size : null, () => null)
    if (size === null || (file.isEstimate !== true && size !== file.bytes)) continue
    const known = file.sha256 ?? manifest?.files.find((noted) => noted.path === file.path)?.sha256 ?? null
    const sha256 = await sha256Of(place, signal)
    if (known === sha256) here.push({ path: file.path, bytes: size, sha256 })
  }
  return here
}

interface Run { tools: InstallTools, progress: InstallProgress, journal: JournalWriter }

async function install({ spec, variants }: InstallRequest, { tools, progress, journal }: Run, signal: AbortSignal): Promise<void> {
  const target = path.join(tools.folder, spec.id)
  const staging = stagingFolder(tools.folder, spec.id)
  const manifest = await manifestOf(target)
  const all = [...new Set([...manifest?.variants.filter((name) => spec.variants.some((variant) => variant.name === name)) ?? [], ...variants])]
  const wanted = filesToFetch(spec, all)
  const here = await filesHere(target, wanted, { manifest, signal })
  const missing = wanted.filter((file) => !here.some((one) => one.path === file.path))
  if (missing.length === 0 && manifest !== null && all.length === manifest.variants.length) return
  const fetched = await fetchModel({ title: spec.title, files: missing, staging, journal, tools, progress }, signal)
  progress.begin('trying', 0)
  await putInPlace({ spec, variants: all, from: 'network', staging, target, files: [...here, ...fetched] }, { inference: tools.inference, nowMs: () => tools.clock.now(), signal })
}

/** Notes why an install ended, for who looks later, also after a restart. */
async function noteError(journal: JournalWriter, error: unknown, where: string): Promise<void> {
  journal.journal.error = isCancel(error) ? null : toErrorShape(error, where)
  await journal.save().catch(() => undefined) // a full disk, or a folder that was not made: what happened is thrown anyway
}

/**
 * Fetches what is missing of a model, checks it, tries it and gives it its place. Goes on from what an earlier try has left. Throws NETWORK_OFF, NETWORK_FAILED,
 * DISK_FULL, MODEL_DAMAGED; what was fetched is kept then, but for a file that is wrong.
 */
export async function installModel(request: InstallRequest, run: { tools: InstallTools, progress: InstallProgress }, outer: AbortSignal): Promise<void> {
  const { tools, progress } = run
  const { id } = request.spec
  progress.begin('waiting', 0)
  await withModel(id, tools, {
    signal: outer,
    work: async (signal) => {
      const staging = stagingFolder(tools.folder, id)
      const journal = journalWriter(staging, await readJournal(staging) ?? { variants: request.variants, totalBytes: 0, error: null, files: [] })
      journal.journal.variants = request.variants
      journal.journal.error = null
      try {
        await install(request, { tools, progress, journal }, signal)
      } catch (error) {
        await noteError(journal, error, `the install of ${id}`)
        throw error
      }
      await rm(staging, { recursive: true, force: true })
    },
  })
}

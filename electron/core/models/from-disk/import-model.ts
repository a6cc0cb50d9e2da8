import { randomUUID } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import { lstat, mkdir, open, readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '../../errors.ts'
import { hasSystemCode } from '../../import/system-error.ts'
import { filesToFetch } from '../catalog.ts'
import { sha256Of } from '../hash-file.ts'
import { diskFull } from '../install/fetch-errors.ts'
import { stagingFolder } from '../install/install-model.ts'
import type { InstallTools } from '../install/install-tools.ts'
import { readJournal } from '../install/journal.ts'
import { withModel } from '../install/model-lock.ts'
import { putInPlace } from '../install/put-in-place.ts'
import { filesOf } from '../layout.ts'
import { readManifest } from '../manifest.ts'
import { damaged } from '../model-errors.ts'
import type { Catalog, Manifest } from '../model-spec.ts'
import { checkModelFolder } from '../onnx-files.ts'
import { idFromName, recognise } from '../recognise.ts'
import { copyFile } from './copy-file.ts'
import type { KnownModel } from './known-model.ts'
import { knownModel } from './known-model.ts'
import { unpackGuard } from './unpack-limits.ts'
import { unpackTar } from './unpack-tar.ts'
import { unpackZip } from './unpack-zip.ts'

export type ImportTools = Pick<InstallTools, 'db' | 'clock' | 'folder' | 'inference' | 'freeBytes'> & { catalog: Catalog }

type Kind = 'folder' | 'zip' | 'tar' | 'file'

async function startOf(handle: FileHandle): Promise<Kind> {
  const { buffer } = await handle.read(Buffer.alloc(512), 0, 512, 0)
  if (buffer.readUInt32LE(0) === 0x04034b50) return 'zip'
  // gzip, RFC 1952; "ustar" of POSIX and GNU alike.
  return buffer.readUInt16BE(0) === 0x1f8b || buffer.toString('latin1', 257, 262) === 'ustar' ? 'tar' : 'file'
}

async function kindOf(source: string): Promise<Kind> {
  try {
    const found = await stat(source)
    if (found.isDirectory()) return 'folder'
    if (!found.isFile()) throw new AppError('USAGE', { message: `"${source}" is neither a folder nor a file.`, hint: 'Give a folder, a .zip or a .tar with the files of a model.' })
    await using handle = await open(source, 'r')
    return await startOf(handle)
  } catch (cause) {
    if (!hasSystemCode(cause, 'ENOENT', 'ENOTDIR')) throw cause
    throw new AppError('NOT_FOUND', { message: `"${source}" is not there.`, hint: 'Give a folder, a .zip or a .tar with the files of a model.', cause })
  }
}

/** The folder with the files of the model in it: archives often have all in one folder. */
async function innerFolder(folder: string, depth = 0): Promise<string> {
  const entries = (await readdir(folder, { withFileTypes: true })).filter(({ name }) => !name.startsWith('.'))
  const [only] = entries
  return entries.length === 1 && only?.isDirectory() === true && only.name !== 'onnx' && depth < 3 ? innerFolder(path.join(folder, only.name), depth + 1) : folder
}

/** A folder with what is imported in it: the very one that was given, or one that is made of an archive. */
async function openSource(source: string, { into, tools, signal }: { into: string, tools: ImportTools, signal: AbortSignal }): Promise<string> {
  const kind = await kindOf(source)
  if (kind === 'folder') return innerFolder(source)
  await mkdir(into, { recursive: true })
  const guard = unpackGuard({ archiveBytes: (await stat(source)).size, freeBytes: await tools.freeBytes(into), folder: tools.folder })
  switch (kind) {
    case 'zip': await unpackZip(source, { into, guard, signal }); break
    case 'tar': await unpackTar(source, { into, guard, signal }); break
    case 'file': guard.declared((await stat(source)).size); await copyFile(source, path.join(into, path.basename(source)), signal)
  }
  return innerFolder(into)
}

function nameOf(source: string): string {
  return path.basename(source).replace(/\.(zip|tar|tgz|tar\.gz|bin|onnx)$/i, '')
}

interface Identified {
  source: string
  /** The files lie in no folder of their own: only the archive has a name. */
  isUnpacked: boolean
  tools: ImportTools
  signal: AbortSignal
}

/** Which model a folder holds: one of the catalog, or one of the person's own. */
async function identify(root: string, { source, isUnpacked, tools, signal }: Identified): Promise<KnownModel> {
  await checkModelFolder(root, signal)
  const known = knownModel(tools.catalog, await filesOf(root))
  if (known !== null) return known
  const id = idFromName(isUnpacked ? nameOf(source) : path.basename(root))
  const spec = await recognise(root, id, signal)
  if (spec === null) {
    throw damaged(`"${source}" holds no model that can be used.`, 'Taken are CLIP, SigLIP and sentence models in ONNX form with their tokenizer, whisper models in ggml form, and Silero\'s voice detector.')
  }
  if (await lstat(path.join(tools.folder, id)).then(() => true, () => false)) {
    throw new AppError('USAGE', { message: `There is a model "${id}" already.`, hint: `Remove it first (scenedex models remove ${id}), or give this one another name.` })
  }
  const variants = spec.variants.map(({ name }) => name)
  return { spec, variants, places: new Map(filesToFetch(spec, variants).map((file) => [file.path, file.path])) }
}

/** Copies the files of a model, and reads each copy from the disk. Throws MODEL_DAMAGED for one that is not what the catalog says. */
async function copyModel({ spec, variants, places }: KnownModel, { root, staging, signal }: { root: string, staging: string, signal: AbortSignal }): Promise<Manifest['files']> {
  const copied: Manifest['files'] = []
  for (const { path: file, sha256: wanted } of filesToFetch(spec, variants)) {
    const copy = path.join(staging, file)
    await copyFile(path.join(root, places.get(file) ?? file), copy, signal)
    const sha256 = await sha256Of(copy, signal)
    if (wanted !== null && wanted !== sha256) throw damaged(`"${file}" is damaged: its SHA-256 is ${sha256} and should be ${wanted}.`, 'Copy it here again from where it is whole.')
    copied.push({ path: file, bytes: (await stat(copy)).size, sha256 })
  }
  return copied
}

async function checkRoom(root: string, { places }: KnownModel, tools: ImportTools): Promise<void> {
  const sizes = await Promise.all([...places.values()].map(async (file) => (await stat(path.join(root, file))).size))
  const needed = sizes.reduce((sum, size) => sum + size, 0)
  const free = await tools.freeBytes(tools.folder)
  if (free < needed) throw diskFull(tools.folder, { needed, free })
}

/** What is in the model's folder already stays beside what comes. */
async function withThose(target: string, model: KnownModel, files: Manifest['files']): Promise<{ variants: string[], files: Manifest['files'] }> {
  const manifest = await readManifest(target).catch((error: unknown) => {
    if (error instanceof AppError) return null // it is written anew
    throw error
  })
  const kept = manifest?.files.filter((file) => !files.some((one) => one.path === file.path)) ?? []
  const keptVariants = manifest?.variants.filter((name) => model.spec.variants.some((variant) => variant.name === name)) ?? []
  return { variants: [...new Set([...keptVariants, ...model.variants])], files: [...kept, ...files] }
}

/** What was begun to be fetched, and is here now. */
async function dropBegun(models: string, id: string, variants: readonly string[]): Promise<void> {
  const journal = await readJournal(stagingFolder(models, id))
  if (journal?.variants.every((name) => variants.includes(name)) === true) await rm(stagingFolder(models, id), { recursive: true, force: true })
}

/**
 * Installs a model from a folder, a zip or a tar, or a single file: copies it, checks it, tries it. The source stays as it is. Gives the model's id. Throws NOT_FOUND,
 * USAGE, MODEL_DAMAGED, DISK_FULL.
 */
export async function importModel(source: string, tools: ImportTools, signal: AbortSignal): Promise<string> {
  const work = path.join(tools.folder, `.import-${randomUUID()}`)
  const staging = path.join(work, 'model')
  const unpacked = path.join(work, 'unpacked')
  await mkdir(staging, { recursive: true })
  try {
    const root = await openSource(source, { into: unpacked, tools, signal })
    const model = await identify(root, { source, isUnpacked: root === unpacked, tools, signal })
    await checkRoom(root, model, tools)
    const copied = await copyModel(model, { root, staging, signal })
    const { id } = model.spec
    const target = path.join(tools.folder, id)
    await withModel(id, tools, {
      signal,
      work: async (held) => {
        const arrived = { spec: model.spec, from: 'disk' as const, staging, target, ...await withThose(target, model, copied) }
        await putInPlace(arrived, { inference: tools.inference, nowMs: () => tools.clock.now(), signal: held })
        await dropBegun(tools.folder, id, arrived.variants)
      },
    })
    return id
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

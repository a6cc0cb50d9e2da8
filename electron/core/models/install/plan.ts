import { stat } from 'node:fs/promises'
import path from 'node:path'
import type { InstallPlan } from '../../../contract/models.ts'
import { filesToFetch, mirrored } from '../catalog.ts'
import type { ModelFile, ModelSpec } from '../model-spec.ts'
import type { InstallRequest } from './install-model.ts'
import { stagingFolder } from './install-model.ts'
import type { Journal } from './journal.ts'
import { readJournal } from './journal.ts'
import { SPARE_BYTES } from './pace.ts'
import { spanBytes } from './spans.ts'

const sum = (files: readonly { bytes: number }[]): number => files.reduce((all, { bytes }) => all + bytes, 0)

async function isHere(file: string, bytes: number): Promise<boolean> {
  return stat(file).then((found) => found.isFile() && found.size === bytes, () => false)
}

async function isNotHere(models: string, { id }: ModelSpec, file: ModelFile): Promise<boolean> {
  return !await isHere(path.join(models, id, file.path), file.bytes)
}

function fetchedOf(journal: Journal | null, file: ModelFile): number {
  const state = journal?.files.find((one) => one.path === file.path && one.url === file.url)
  return state === undefined ? 0 : Math.min(file.bytes, spanBytes(state.spans))
}

interface Place { folder: string, mirror: string | null, freeBytes: number }

/** What installs would fetch, by what lies on the disk. Asks nothing of the network. */
export async function planInstall(id: string, requests: readonly InstallRequest[], { folder, mirror, freeBytes }: Place): Promise<InstallPlan> {
  const models: InstallPlan['models'] = []
  const hosts = new Set<string>()
  const others = new Set<string>()
  let toFetchBytes = 0
  for (const { spec, variants } of requests) {
    const journal = await readJournal(stagingFolder(folder, spec.id))
    const missing: ModelFile[] = []
    for (const file of filesToFetch(spec, variants)) if (await isNotHere(folder, spec, file)) missing.push(file)
    models.push({ id: spec.id, title: spec.title, licence: spec.licence, bytes: sum(missing) })
    toFetchBytes += missing.reduce((all, file) => all + file.bytes - fetchedOf(journal, file), 0)
    for (const { url } of missing) {
      hosts.add(new URL(mirrored(url, mirror)).host)
      others.add(new URL(url).host)
    }
  }
  const isEnoughRoom = toFetchBytes === 0 || freeBytes >= toFetchBytes + SPARE_BYTES
  const otherHosts = [...others].filter((host) => !hosts.has(host))
  return { id, models, totalBytes: sum(models), toFetchBytes, freeBytes, isEnoughRoom, hosts: [...hosts], otherHosts }
}

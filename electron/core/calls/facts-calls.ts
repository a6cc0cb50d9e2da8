import { statfs } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import type { Handlers } from '../handlers.ts'
import { FolderSizes } from '../store/artifact-sizes.ts'
import { settingsOf } from '../store/chosen-settings.ts'
import { databaseBytes, libraryCounts } from '../store/library-counts.ts'
import { networkRequests } from '../store/network-log.ts'
import { setSetting, setting } from '../store/settings.ts'
import type { AppContext } from './context.ts'
import { readable } from './context.ts'

// Who asks is answered after so long at the latest, with what was known before.
const PATIENCE_MS = 100
const KEPT = 'artifact-bytes'

/** What the artifacts take on the disk: summed in the background, since that may take minutes the first time. */
function artifactBytes(context: AppContext): () => Promise<number> {
  const { clock, log } = context.tools
  const sizes = new FolderSizes()
  const closing = new AbortController()
  let summing: Promise<number> | null = null
  let latest: number | null = null
  const keep = (bytes: number): void => {
    if (latest !== bytes && context.opened.access === 'write') setSetting(context.opened.library.db, KEPT, String(bytes))
    latest = bytes
  }
  const sum = async (): Promise<number> => {
    const bytes = await sizes.sum(readable(context).paths.artifacts, clock.now(), closing.signal)
    closing.signal.throwIfAborted()
    keep(bytes)
    return bytes
  }
  const known = (): number => latest ?? Number(setting(readable(context).db, KEPT) ?? 0)
  context.onClose(async () => {
    closing.abort()
    await summing
  })
  return async () => {
    summing ??= sum().catch((error: unknown) => {
      if (!closing.signal.aborted) log.error('the artifacts could not be summed', error)
      return known()
    }).finally(() => { summing = null })
    const waiting = new AbortController()
    const patience = clock.sleep(PATIENCE_MS, AbortSignal.any([waiting.signal, closing.signal])).then(known, known)
    const bytes = await Promise.race([summing, patience])
    waiting.abort()
    return bytes
  }
}

/** How large the library is and what it stands on, and what ever went out of it to the network. */
export function factsCalls(context: AppContext): Pick<Handlers, 'library.facts' | 'network.log'> {
  const artifacts = artifactBytes(context)
  return {
    'library.facts': async () => {
      const { db, paths } = readable(context)
      const [ofDatabase, ofArtifacts, disk] = await Promise.all([databaseBytes(paths), artifacts(), statfs(paths.folder)])
      return {
        folder: paths.folder, ...libraryCounts(db),
        databaseBytes: ofDatabase, artifactBytes: ofArtifacts, freeBytes: disk.bavail * disk.bsize,
        cores: availableParallelism(), version: context.tools.version,
      }
    },
    'network.log': async () => {
      const { db } = readable(context)
      return { allowed: settingsOf(db).networkAllowed, requests: networkRequests(db) }
    },
  }
}

import type { ModelsOverview, ModelState } from '../../contract/models.ts'
import type { Settings } from '../../contract/settings.ts'
import type { Clock, ReadDatabase } from '../ports.ts'
import { vectorsOfModels } from '../store/model-vectors.ts'
import { isHeldByAnother } from './install/model-lock.ts'
import { begunInstalls } from './model-cards.ts'
import type { ModelFacts } from './model-cards.ts'
import type { FoundModel } from './models-folder.ts'
import { folderStamp, readModelsFolder } from './models-folder.ts'
import type { Catalog } from './model-spec.ts'
import { countTasks, modelsOverview } from './overview.ts'

export interface ViewOptions {
  db: ReadDatabase
  folder: string
  catalog: Catalog
  settings: () => Settings
  clock: Pick<Clock, 'now'>
  freeBytes: (folder: string) => Promise<number>
  /** Installs of this process. */
  installing: () => ReadonlyMap<string, ModelState>
}

/** What is known of the models of a library now. */
export interface ModelsView {
  found(): Promise<readonly FoundModel[]>
  overview(): Promise<ModelsOverview>
}

/** Counting goes through all vectors; while something is fetched the answer is asked for several times a second. */
const COUNTS_MS = 2000

const never = new AbortController().signal

function begunElsewhere(db: ReadDatabase, [id, state]: [string, ModelState], nowMs: number): [string, ModelState] {
  if (state.kind !== 'partial' || !isHeldByAnother(db, id, nowMs)) return [id, state]
  const { doneBytes, totalBytes } = state
  return [id, { kind: 'installing', phase: 'fetching', doneBytes, totalBytes, bytesPerSecond: null, etaSeconds: null }]
}

/** Looks at a library's models: the folder is read when something in it has changed, what is counted is counted now and then. */
export function createModelsView({ db, folder, catalog, settings, clock, freeBytes, installing }: ViewOptions): ModelsView {
  let read: { stamp: string, found: readonly FoundModel[] } | null = null
  let counted: { atMs: number, counts: ReturnType<typeof countTasks>, vectors: ReadonlyMap<string, number> } | null = null

  const found = async (): Promise<readonly FoundModel[]> => {
    const stamp = folderStamp(folder)
    if (read?.stamp !== stamp) read = { stamp, found: await readModelsFolder(folder, { catalog, signal: never }) }
    return read.found
  }
  const counts = (): NonNullable<typeof counted> => {
    const atMs = clock.now()
    if (counted === null || Math.abs(atMs - counted.atMs) > COUNTS_MS || installing().size === 0) counted = { atMs, counts: countTasks(db), vectors: vectorsOfModels(db) }
    return counted
  }
  return {
    found,
    overview: async () => {
      const begun = await begunInstalls(folder)
      const elsewhere = [...begun].map((entry) => begunElsewhere(db, entry, clock.now()))
      const { models, networkAllowed } = settings()
      const facts: ModelFacts = { catalog, found: await found(), begun: new Map([...elsewhere, ...installing()]), settings: models, vectors: counts().vectors }
      return modelsOverview(facts, { folder, freeBytes: await freeBytes(folder), networkAllowed, counts: counts().counts })
    },
  }
}

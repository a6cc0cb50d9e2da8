import { readdir } from 'node:fs/promises'
import path from 'node:path'
import type { ModelCard, ModelState } from '../../contract/models.ts'
import type { Settings } from '../../contract/settings.ts'
import { toErrorShape } from '../errors.ts'
import { bytesOf, usualBytes } from './catalog.ts'
import { modelFor } from './choice.ts'
import { stagingFolder } from './install/install-model.ts'
import { readJournal } from './install/journal.ts'
import { spanBytes } from './install/spans.ts'
import type { FoundModel } from './models-folder.ts'
import type { Catalog, ModelSpec } from './model-spec.ts'

/** What is known of the models of a library. */
export interface ModelFacts {
  catalog: Catalog
  found: readonly FoundModel[]
  /** Installs that were begun and are not at their end, by model. */
  begun: ReadonlyMap<string, ModelState>
  settings: Settings['models']
  /** Vectors by model. */
  vectors: ReadonlyMap<string, number>
}

/** Of every install that was begun in a folder of models how far it came. */
export async function begunInstalls(folder: string): Promise<Map<string, ModelState>> {
  const names = await readdir(folder).catch(() => [])
  const begun = new Map<string, ModelState>()
  for (const name of names.filter((entry) => entry.startsWith('.install-'))) {
    const id = name.slice('.install-'.length)
    const journal = await readJournal(stagingFolder(folder, id))
    if (journal === null || path.basename(stagingFolder(folder, id)) !== name) continue
    const doneBytes = journal.files.reduce((sum, { spans }) => sum + spanBytes(spans), 0)
    begun.set(id, { kind: 'partial', doneBytes, totalBytes: journal.totalBytes, error: journal.error })
  }
  return begun
}

function stateOf(id: string, { found, begun }: ModelFacts): ModelState {
  const model = found.find((one) => one.id === id)
  const install = begun.get(id)
  if (install !== undefined && (install.kind === 'installing' || model?.kind !== 'installed')) return install
  if (model === undefined) return { kind: 'not-installed' }
  if (model.kind === 'broken') return { kind: 'broken', bytes: model.bytes, error: toErrorShape(model.error, 'the look at a model') }
  const { bytes, variants, from, verifiedMs, measures } = model
  return { kind: 'installed', bytes, variant: model.model.variant.name, variants, from, verifiedMs, measures }
}

function cardOf(spec: ModelSpec, facts: ModelFacts): ModelCard {
  const { id, task, title, tier, languages, licence, page, memoryBytes, requires } = spec
  return {
    id, task, title, tier, languages, licence, page, memoryBytes, requires, downloadBytes: usualBytes(spec),
    variants: spec.variants.map(({ name, isUsual }) => ({ name, isUsual, bytes: bytesOf(spec, [name]) })),
    state: stateOf(id, facts), isChosen: modelFor(task, facts.found, facts.settings)?.id === id, vectors: facts.vectors.get(id) ?? 0,
  }
}

/** One that is here and can not be used: nothing is known of it but what it looks like. */
function brokenCard(model: FoundModel & { kind: 'broken' }, facts: ModelFacts): ModelCard[] {
  if (model.task === null) return []
  return [{
    id: model.id, task: model.task, title: model.id, tier: null, languages: ['und'], licence: 'unknown', page: null, downloadBytes: 0, memoryBytes: null, variants: [],
    requires: [], state: stateOf(model.id, facts), isChosen: false, vectors: facts.vectors.get(model.id) ?? 0,
  }]
}

/** All models of the catalog in its order, and those of the person behind them. */
export function modelCards(facts: ModelFacts): ModelCard[] {
  const own = facts.found.filter(({ id }) => !facts.catalog.models.some((spec) => spec.id === id))
  return [
    ...facts.catalog.models.map((spec) => cardOf(spec, facts)),
    ...own.flatMap((model) => model.kind === 'installed' ? [cardOf(model.model.spec, facts)] : brokenCard(model, facts)),
  ]
}

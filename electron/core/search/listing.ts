import type { SearchHit } from '../../contract/search.ts'
import type { ListingPlace } from '../store/word-index.ts'
import { foundScenes, scenesInOrder } from '../store/word-index.ts'
import type { Search } from './asked-search.ts'
import { breathe } from './asked-search.ts'
import { conditionOf } from './compile.ts'
import { findings } from './group.ts'
import type { QueryNode } from './query.ts'
import { shown } from './shown.ts'

// Nothing ranks what filters list: all of it is as good.
const LISTED = 1

/**
 * A page of what filters alone let through, in the order of paths and times. It is read from the library from the place on where
 * the page before has ended, so that no listing is held in memory however long it is.
 */
export async function listed(node: QueryNode, search: Search, after: ListingPlace | null): Promise<{ hits: SearchHit[], next: ListingPlace | null }> {
  const { tools: { database }, input: { limit }, query, signal } = search
  await breathe(signal)
  const scenes = scenesInOrder(database, conditionOf(node, query), { limit: limit + 1, after })
  const page = scenes.slice(0, limit)
  const found = foundScenes(database, page.map(({ id }) => id))
  const inOrder = page.flatMap(({ id }) => findings([{ id, score: LISTED, parts: { order: LISTED } }], found, node))
  return { hits: shown(inOrder, search), next: scenes.length > limit ? page.at(-1)?.place ?? null : null }
}

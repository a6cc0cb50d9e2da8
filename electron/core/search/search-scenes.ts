import type { SearchAnswer, SearchHit, SearchInput } from '../../contract/search.ts'
import { answered } from './answer.ts'
import type { Search, SearchTools } from './asked-search.ts'
import { listed } from './listing.ts'
import { answeringFor, goodScenes, lookAround } from './look-around.ts'
import { matchesUpTo } from './matching.ts'
import type { KeptSearch, KeptSearches, PagedTools, Position } from './pages.ts'
import { newSearchId, placeAfter, positionAfter, readPosition, searchKey, writePosition } from './pages.ts'
import { notSearched } from './not-searched.ts'
import { parseQuery } from './parse.ts'
import { nothingNear, prepared } from './prepare.ts'
import type { QueryNode } from './query.ts'
import { hasThen } from './query.ts'
import { isListing, meaningTexts, pictureTexts } from './retrieve.ts'
import { shown } from './shown.ts'

type Page = Pick<SearchAnswer, 'nothingGood' | 'hits' | 'more' | 'nearest' | 'notes'>

/** The query with all that is to be known before anything is looked for. */
async function understood(input: SearchInput, tools: SearchTools, signal: AbortSignal): Promise<Search> {
  const { node: asked, notes } = parseQuery(input.query)
  const asking = { tools, notes }
  const { weights } = input
  const answering = {
    picture: await answeringFor('picture', asked === null ? [] : pictureTexts(asked, weights), asking),
    text: await answeringFor('text', asked === null ? [] : meaningTexts(asked, weights), asking),
  }
  // A query for words alone says nothing about pictures that nobody asked for.
  const query = prepared(tools.database, asked, { canBeSeen: answering.picture.models.length > 0, notes })
  const search: Search = { input, tools, signal, query, notes, around: nothingNear }
  if (query.node !== null) search.around = await lookAround(query.node, answering, search)
  query.near = goodScenes(search.around, answering, tools.database)
  return search
}

interface Opened { kept: KeptSearch, keeping: KeptSearches | undefined, from: number }

/** Goes through the findings from a place on until the page is full. */
async function pageOf({ kept, keeping, from }: Opened, search: Search): Promise<{ hits: SearchHit[], more: string | null }> {
  const { input: { limit } } = search
  const { groups } = kept.hits
  const hits: SearchHit[] = []
  let at = from
  while (hits.length < limit) {
    await matchesUpTo(at + limit - hits.length + 1, kept.hits, search)
    const next = groups.slice(at, at + limit - hits.length)
    if (next.length === 0) break
    at += next.length
    hits.push(...shown(next, search))
  }
  if (at >= groups.length) return { hits, more: null }
  keeping?.keep(kept)
  return { hits, more: writePosition(positionAfter(groups, at, { of: searchKey(search.input), kept: kept.id })) }
}

/** A page of a listing. */
async function listingPage(node: QueryNode, search: Search, after: Position | null): Promise<Page> {
  const { notes, input } = search
  const { hits, next } = await listed(node, search, after?.kind === 'listed' ? after.place : null)
  const at = (after?.at ?? 0) + hits.length
  const more = next === null ? null : writePosition({ kind: 'listed', of: searchKey(input), at, place: next })
  return { hits, more, nearest: [], nothingGood: at === 0, notes }
}

/** A page of what was asked anew; a further one begins after what was shown last. */
async function newPage(search: Search, after: Position | null, keeping: KeptSearches | undefined): Promise<Page> {
  const { query: { node }, input: { limit }, notes } = search
  if (node === null) {
    if (notes.length === 0) notes.push('There is nothing in it that can be looked for.')
    return { hits: [], more: null, nearest: [], nothingGood: true, notes }
  }
  if (isListing(node) && !hasThen(node)) return listingPage(node, search, after)
  const kept: KeptSearch = { id: newSearchId(), search, ...await answered(node, search) }
  const nothingGood = kept.hits.groups.length === 0
  if (after?.kind !== 'found') return { ...await pageOf({ kept, keeping, from: 0 }, search), nearest: shown(kept.nearest.slice(0, limit), kept.easier), nothingGood, notes }
  await matchesUpTo(after.at + 1, kept.hits, search)
  return { ...await pageOf({ kept, keeping, from: placeAfter(kept.hits.groups, after) }, search), nearest: [], nothingGood, notes }
}

async function page(input: SearchInput, tools: PagedTools, signal: AbortSignal): Promise<Page> {
  const after = input.after === null ? null : readPosition(input.after, searchKey(input))
  const kept = after?.kind === 'found' ? tools.kept?.find(after.kept) : undefined
  if (kept !== undefined && after !== null) {
    const search = { ...kept.search, tools, input, signal }
    return { ...await pageOf({ kept, keeping: tools.kept, from: after.at }, search), nearest: [], nothingGood: false, notes: search.notes }
  }
  const search = await understood(input, tools, signal)
  if (input.after !== null && after === null) search.notes.push('The place to go on from is not known here: this is the first page.')
  return newPage(search, after, tools.kept)
}

/**
 * Answers any query, a page at a time. The pages of one search are cut out of one list of findings, which is kept for a while: they neither repeat nor skip
 * anything, whatever is imported between them. Throws only when it is stopped, or when the library fails.
 */
export async function searchScenes(input: SearchInput, tools: PagedTools, signal: AbortSignal): Promise<SearchAnswer> {
  const begun = tools.clock.monotonic()
  signal.throwIfAborted()
  const found = await page(input, tools, signal)
  if (found.nothingGood) found.notes.push(...notSearched(tools.database))
  return { query: input.query, tookMs: tools.clock.monotonic() - begun, ...found, notes: [...new Set(found.notes)] }
}

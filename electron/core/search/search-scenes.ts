import type { SearchAnswer, SearchInput } from '../../contract/search.ts'
import { answered } from './answer.ts'
import type { Search, SearchTools } from './asked-search.ts'
import { answeringFor, lookAround } from './look-around.ts'
import { parseQuery } from './parse.ts'
import { prepared } from './prepare.ts'
import { meaningTexts, pictureTexts } from './retrieve.ts'

/** Answers any query. Throws only when it is stopped, or when the library fails. */
export async function searchScenes(input: SearchInput, tools: SearchTools, signal: AbortSignal): Promise<SearchAnswer> {
  const begun = tools.clock.monotonic()
  signal.throwIfAborted()
  const { node: asked, notes } = parseQuery(input.query)
  const asking = { tools, notes }
  const answering = {
    picture: await answeringFor('picture', asked === null ? [] : pictureTexts(asked), asking),
    text: await answeringFor('text', asked === null || input.weights.meaning === 0 ? [] : meaningTexts(asked), asking),
  }
  const query = prepared(tools.database, asked, { canBeSeen: answering.picture.models.length > 0, notes })
  const isJudged = answering.picture.models.every(({ encoder }) => tools.pictureBar(encoder.id) !== null)
  const search: Search = { input, tools, signal, query, notes, isJudged }
  const { node } = query
  if (node !== null) query.near = await lookAround(node, answering, search)
  const found = node === null ? { hits: [], nearest: [], nothingGood: true } : await answered(node, search)
  return { query: input.query, tookMs: tools.clock.monotonic() - begun, ...found, more: null, notes }
}

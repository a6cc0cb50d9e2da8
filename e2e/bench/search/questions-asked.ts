import type { SearchAnswer } from '../../../electron/contract/search.ts'
import { SearchInput } from '../../../electron/contract/search.ts'
import type { SearchTools } from '../../../electron/core/search/asked-search.ts'
import { searchScenes } from '../../../electron/core/search/search-scenes.ts'
import { noModels } from './known-encoder.ts'
import type { Questions } from './questions.ts'
import { ONE_PERCENT } from './synthetic-videos.ts'

/** A kind of question, and how one of them is asked. */
export interface Kind { name: string, texts: string[], ask: (text: string) => Promise<SearchAnswer> }

export const FUSED = 'fused'

/** The one with words and vectors together. */
export function fusedOf(kinds: readonly Kind[]): Kind {
  return kinds.find(({ name }) => name === FUSED)!
}

/** All kinds that are measured: with the tools of the product, where models are asked those of `tools`. */
export function kindsOf(questions: Questions, tools: SearchTools): Kind[] {
  const { words, then, misspelt } = questions
  const asked = (by: SearchTools) => async (query: string): Promise<SearchAnswer> => searchScenes(SearchInput.parse({ query }), by, AbortSignal.timeout(600_000))
  const [fused, plain] = [asked(tools), asked({ ...tools, encoders: noModels })]
  const filtered = (filter: string): string[] => words.map((text) => `${text} ${filter}`)
  return [
    { name: 'words only', texts: words, ask: plain },
    { name: 'vectors only', texts: words.map((text) => `seen:"${text}"`), ask: fused },
    { name: FUSED, texts: words, ask: fused },
    ...ONE_PERCENT.map((filter): Kind => ({ name: `fused, 1 %: ${filter}`, texts: filtered(filter), ask: fused })),
    { name: 'THEN', texts: then, ask: fused },
    { name: 'words, misspelt', texts: misspelt, ask: plain },
    { name: 'filters alone', texts: [...ONE_PERCENT, 'color:pink', 'bright:dark longer:10s', 'lang:de', 'before:2014', '-tag:beach motion:still'], ask: plain },
  ]
}

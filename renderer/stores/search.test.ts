// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { SceneId } from '../../electron/contract/ids.ts'
import { focusResults, focusSearchBox, SEARCH_BOX_ID, setQuery, showLike, useSearch } from './search.ts'

describe('the search box', () => {
  it('keeps the focus that it was given, also when the focus was to go to an answer that has not come yet', () => {
    document.body.innerHTML = `<input id="${SEARCH_BOX_ID}">`
    focusResults()
    focusSearchBox()
    expect(document.activeElement?.id).toBe(SEARCH_BOX_ID)
    expect(useSearch.getState().isFocusWished).toBe(false)
  })
})

describe('what a search found', () => {
  const answer = { query: 'rocket', tookMs: 1, nothingGood: false, hits: [], more: null, nearest: [], notes: [] }
  const likeness = { kind: 'scene', scene: SceneId.parse(1), title: 'Launch', at: 0 } as const

  it('stays while other words are typed, so that nothing flickers', () => {
    useSearch.setState({ text: 'rocket', likeness: null, answer })
    setQuery('rockets')
    expect(useSearch.getState().answer).toBe(answer)
  })

  it('goes at once when the kind of question changes between words and an example', () => {
    useSearch.setState({ text: 'rocket', likeness: null, answer })
    showLike(likeness)
    expect(useSearch.getState()).toMatchObject({ answer: null, isAsking: true })
    useSearch.setState({ answer })
    setQuery('rockets')
    expect(useSearch.getState()).toMatchObject({ answer: null, isAsking: true, likeness: null })
  })
})

// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { focusResults, focusSearchBox, SEARCH_BOX_ID, useSearch } from './search.ts'

describe('the search box', () => {
  it('keeps the focus that it was given, also when the focus was to go to an answer that has not come yet', () => {
    document.body.innerHTML = `<input id="${SEARCH_BOX_ID}">`
    focusResults()
    focusSearchBox()
    expect(document.activeElement?.id).toBe(SEARCH_BOX_ID)
    expect(useSearch.getState().isFocusWished).toBe(false)
  })
})

import { describe, expect, it } from 'vitest'
import { plainWords, wordErrors } from './word-errors.ts'

describe('word errors', () => {
  it('are none where only case and punctuation differ', () => {
    expect(wordErrors('And so, my fellow Americans: ask not', 'and so my fellow americans ask NOT.')).toEqual({ said: 7, replaced: 0, added: 0, missing: 0, rate: 0 })
    expect(plainWords('Don’t — “do” it, ﬁne? Ça va.')).toEqual(['don\'t', 'do', 'it', 'fine', 'ça', 'va'])
  })

  it('are words that were replaced, added and missing, for each word that was said', () => {
    expect(wordErrors('ask not what your country can do for you', 'ask what your county can do do for you')).toEqual({ said: 9, replaced: 1, added: 1, missing: 1, rate: 3 / 9 })
  })

  it('are all words where nothing was heard, and more than all where much was made up', () => {
    expect(wordErrors('one two three', '')).toMatchObject({ missing: 3, rate: 1 })
    expect(wordErrors('one', 'thanks for watching this video')).toMatchObject({ replaced: 1, added: 4, rate: 5 })
  })

  it('have no rate where nothing was said', () => {
    expect(wordErrors('', 'thanks')).toEqual({ said: 0, replaced: 0, added: 1, missing: 0, rate: null })
  })
})

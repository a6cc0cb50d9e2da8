import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Library } from './database.ts'
import { forgetRecentSearches, forgetSearch, saveSearch, searches, useSearch } from './searches.ts'
import { testLibrary } from './test-library.ts'

describe('kept searches', () => {
  let library: Library
  beforeEach(async () => { library = await testLibrary() })
  afterEach(() => { library.close() })

  test('a search that is saved under a name that is taken replaces that one and keeps its id', () => {
    saveSearch(library.db, { name: 'Boats', query: 'boat' })
    const before = searches(library.db).saved
    saveSearch(library.db, { name: 'Boats', query: 'boat OR ship' })
    expect(searches(library.db).saved).toEqual([{ id: before[0]?.id, name: 'Boats', query: 'boat OR ship' }])
  })

  test('saved searches stand with the newest first, and go when they are forgotten', () => {
    for (const name of ['a', 'b', 'c']) saveSearch(library.db, { name, query: name })
    const { saved } = searches(library.db)
    expect(saved.map(({ name }) => name)).toEqual(['c', 'b', 'a'])
    forgetSearch(library.db, saved[1]!.id)
    expect(searches(library.db).saved.map(({ name }) => name)).toEqual(['c', 'a'])
  })

  test('a query that is used again stands in front and only once', () => {
    for (const query of ['boat', 'ship', 'boat']) useSearch(library.db, query)
    expect(searches(library.db).recent).toEqual(['boat', 'ship'])
  })

  test('the last twenty queries are kept', () => {
    for (let at = 1; at <= 25; at++) useSearch(library.db, `query ${at}`)
    const { recent } = searches(library.db)
    expect(recent).toHaveLength(20)
    expect([recent[0], recent.at(-1)]).toEqual(['query 25', 'query 6'])
  })

  test('one recent query is forgotten, or all of them', () => {
    for (const query of ['boat', 'ship', 'harbour']) useSearch(library.db, query)
    forgetRecentSearches(library.db, 'ship')
    expect(searches(library.db).recent).toEqual(['harbour', 'boat'])
    forgetRecentSearches(library.db, null)
    expect(searches(library.db).recent).toEqual([])
  })
})

import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { SearchInput } from '../../contract/search.ts'
import { LiveVectors } from '../../core/search/index/live-vectors.ts'
import { addFilm } from '../../core/search/test-scenes.ts'
import type { Library } from '../../core/store/database.ts'
import { testLibrary } from '../../core/store/test-library.ts'
import { searchService } from './search-service.ts'

let library: Library & { folder: string }
let ready: ReturnType<typeof vi.spyOn>
beforeEach(async () => {
  library = await testLibrary()
  addFilm(library, { title: 'Film', scenes: [{ from: 0, to: 9 }], cues: [{ from: 1, to: 8, text: 'the boat leaves the harbour' }] })
  ready = vi.spyOn(LiveVectors.prototype, 'begin')
})
afterEach(() => {
  vi.restoreAllMocks()
  library.close()
})

const call = { signal: new AbortController().signal }
const start = (): ReturnType<typeof searchService>['service'] => searchService({ folder: library.paths.folder, file: library.file }, () => ({
  pictures: async () => null, text: async () => null, embedderOf: async () => null,
})).service
const foundBy = async (service: ReturnType<typeof start>): Promise<number> =>
  (await service.handlers.query({ asked: SearchInput.parse({ query: '"boat leaves"' }), models: { edition: '1', picture: { model: null }, text: { model: null } } }, call)).hits.length

test('a single question is answered by the library alone; who asks more gets an index in memory', async () => {
  const service = start()
  expect([await foundBy(service), await foundBy(service)]).toEqual([1, 1])
  expect(ready).not.toHaveBeenCalled()
  expect(await foundBy(service)).toBe(1)
  expect(ready).toHaveBeenCalled()
})

test('who says that they stay gets the index before the first question', async () => {
  await start().handlers.prepare({}, call)
  expect(ready).toHaveBeenCalledOnce()
})

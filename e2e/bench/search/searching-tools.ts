import type { ReadDatabase } from '../../../electron/core/ports.ts'
import type { QueryEncoders } from '../../../electron/core/search/answering.ts'
import type { SearchTools } from '../../../electron/core/search/asked-search.ts'
import { storedVectors } from '../../../electron/core/search/stored-vectors.ts'
import { testClock } from '../../../electron/core/store/test-library.ts'

/** What the thread that searches has, once it is ready; only the models are others. */
export async function searchingTools(db: ReadDatabase, _folder: string, encoders: QueryEncoders): Promise<SearchTools> {
  return Promise.resolve({ database: db, clock: testClock, encoders, vectors: storedVectors(db), pictureBar: () => null })
}

import type { ReadDatabase } from '../../../electron/core/ports.ts'
import type { QueryEncoders } from '../../../electron/core/search/answering.ts'
import type { SearchTools } from '../../../electron/core/search/asked-search.ts'
import { LiveVectors } from '../../../electron/core/search/index/live-vectors.ts'
import { testClock } from '../../../electron/core/store/test-library.ts'

/** What the thread that searches has, once it is ready; only the models are others. */
export async function searchingTools(db: ReadDatabase, encoders: QueryEncoders): Promise<SearchTools & { vectors: LiveVectors }> {
  const vectors = new LiveVectors({ db, clock: testClock, failed: (error) => { throw error } })
  vectors.begin()
  await vectors.settled()
  return { database: db, clock: testClock, encoders, vectors }
}

import { searchProtocol } from '../../contract/search-worker.ts'
import type { SearchStart } from '../../contract/search-worker.ts'
import type { QueryEncoders } from '../../core/search/answering.ts'
import type { SearchTools } from '../../core/search/asked-search.ts'
import { searchScenes } from '../../core/search/search-scenes.ts'
import { similarScenes } from '../../core/search/similar.ts'
import { storedVectors } from '../../core/search/stored-vectors.ts'
import { openLibraryForReading } from '../../core/store/database.ts'
import type { Service } from '../../rpc/server.ts'
import { sqlite } from '../../../native/sqlite/open.ts'

/** What the thread answers, and how it tells of what went wrong. */
export interface SearchService {
  service: Service<typeof searchProtocol>
  bug: (detail: string) => void
}

const clock = { now: () => Date.now(), monotonic: () => performance.now() }

/** Searches a library through a connection of its own, which is opened at the first question. Its calls throw the LIBRARY_ errors of opening. */
export function searchService({ folder }: SearchStart, encoders: QueryEncoders): SearchService {
  const listeners = new Set<(event: unknown) => void>()
  const open = async (): Promise<SearchTools> => {
    const { db } = await openLibraryForReading(folder, sqlite, clock)
    return { database: db, clock, encoders, vectors: storedVectors(db), pictureBar: () => null }
  }
  let opened: Promise<SearchTools> | null = null
  const tools = async (): Promise<SearchTools> => {
    opened ??= open()
    try {
      return await opened
    } catch (error) {
      opened = null // what was in the way may be gone at the next question
      throw error
    }
  }
  return {
    service: {
      protocol: searchProtocol,
      handlers: {
        query: async (input, { signal }) => searchScenes(input, await tools(), signal),
        similar: async (asked, { signal }) => similarScenes(asked, await tools(), signal),
      },
      subscribe: (listener) => { listeners.add(listener); return () => { listeners.delete(listener) } },
    },
    bug: (detail) => { for (const listener of listeners) listener({ bug: detail }) },
  }
}

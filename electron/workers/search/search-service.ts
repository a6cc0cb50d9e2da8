import { inspect } from 'node:util'
import { searchProtocol } from '../../contract/search-worker.ts'
import type { SearchStart } from '../../contract/search-worker.ts'
import type { PagedTools } from '../../core/search/pages.ts'
import { breathe } from '../../core/search/asked-search.ts'
import { keptSearches } from '../../core/search/pages.ts'
import { searchScenes } from '../../core/search/search-scenes.ts'
import { similarScenes } from '../../core/search/similar.ts'
import { LiveVectors } from '../../core/search/index/live-vectors.ts'
import type { Service } from '../../rpc/server.ts'
import { sqlite } from '../../../native/sqlite/open.ts'
import type { EncodersFor } from './asked-encoders.ts'
import { bugReport } from './bug-report.ts'
import { libraryReader } from './library-reader.ts'

// Who asks so many times stays, also where nobody has said so. For a single question nothing is worth getting ready.
const QUESTIONS_OF_WHO_STAYS = 3

const clock = { now: () => Date.now(), monotonic: () => performance.now() }

type Tools = Omit<PagedTools, 'encoders' | 'vectors'> & { vectors: LiveVectors }

/** What the thread answers, and how it tells of what went wrong. */
export interface SearchService {
  service: Service<typeof searchProtocol>
  bug: (text: string) => void
}

/** Searches a library through a connection of its own, which is opened at the first question. Its calls throw the LIBRARY_ errors of opening. */
export function searchService(start: SearchStart, encodersFor: EncodersFor): SearchService {
  const listeners = new Set<(event: unknown) => void>()
  const bug = (text: string): void => { for (const listener of listeners) listener({ bug: text }) }
  const told = bugReport(bug)
  let questions = 0
  const reader = libraryReader<Tools>(start, {
    sqlite, clock,
    onOpen: (db) => {
      const vectors = new LiveVectors({ db, clock, failed: (error) => { bug(`the index in memory: ${inspect(error)}`) } })
      return { database: db, clock, vectors, kept: keptSearches() }
    },
    onClose: ({ vectors }) => { vectors.close() },
  })
  const answered = async <Value>(signal: AbortSignal, answer: (tools: Tools) => Promise<Value>): Promise<Value> => {
    await breathe(signal) // a cancel that came with the question comes first
    questions++
    return reader.use((tools) => {
      if (questions >= QUESTIONS_OF_WHO_STAYS) tools.vectors.begin()
      return answer(tools)
    })
  }
  const service: Service<typeof searchProtocol> = {
    protocol: searchProtocol,
    handlers: {
      query: ({ asked, models }, { signal }) => told({ kind: 'query', secret: asked.query }, () =>
        answered(signal, (tools) => searchScenes(asked, { ...tools, encoders: encodersFor(models) }, signal))),
      similar: (asked, { signal }) => told({ kind: 'similar', secret: '' }, () => answered(signal, (tools) => similarScenes(asked, tools, signal))),
      prepare: () => told({ kind: 'prepare', secret: '' }, () => {
        questions = QUESTIONS_OF_WHO_STAYS
        return reader.use(async ({ vectors }) => { vectors.begin(); return {} })
      }),
    },
    subscribe: (listener) => { listeners.add(listener); return () => { listeners.delete(listener) } },
  }
  return { service, bug }
}

import { setImmediate } from 'node:timers/promises'
import type { SearchInput } from '../../contract/search.ts'
import type { Clock, ReadDatabase } from '../ports.ts'
import type { QueryEncoders } from './answering.ts'
import type { NearScenes, Prepared } from './prepare.ts'
import type { VectorSearch } from './vector-search.ts'

export interface SearchTools {
  database: ReadDatabase
  clock: Pick<Clock, 'monotonic'>
  /** Asked only where they are of use. */
  encoders: QueryEncoders
  vectors: VectorSearch
}

/** A search that is going on. */
export interface Search {
  input: SearchInput
  tools: SearchTools
  signal: AbortSignal
  query: Prepared
  notes: string[]
  /** All that is near to the texts of the query; `query.near` has only what is good. */
  around: NearScenes
}

/** Lets a cancel come in, and stops if one has. */
export async function breathe(signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  await setImmediate()
  signal.throwIfAborted()
}

import { mkdirSync } from 'node:fs'
import path from 'node:path'
import type { QueryEncoders } from '../../../electron/core/search/answering.ts'
import type { SearchTools } from '../../../electron/core/search/asked-search.ts'
import { storedVectors } from '../../../electron/core/search/stored-vectors.ts'
import { openLibraryForReading } from '../../../electron/core/store/database.ts'
import { testClock } from '../../../electron/core/store/test-library.ts'
import type { ReadDatabase } from '../../../electron/core/ports.ts'
import { sqlite } from '../../../native/sqlite/open.ts'
import type { Asked, Measured } from './asked.ts'
import { makeLibrary } from './library-maker.ts'
import { heldBytes } from './memory.ts'
import { fusedOf, kindsOf } from './questions-asked.ts'
import type { Questions } from './questions.ts'
import { questionsFrom } from './questions.ts'
import { realSentences } from './real-sentences.ts'
import { searchingTools } from './searching-tools.ts'
import { syntheticVectors } from './synthetic-vectors.ts'

const FEW_SCENES = 300
const FEW_QUESTIONS = 5

/** Asks questions of all kinds in a library of one video: all code is there and compiled then. */
export async function warmUp({ folder, seed }: Asked, encoder: QueryEncoders): Promise<void> {
  const small = path.join(folder, 'small')
  mkdirSync(small)
  await makeLibrary(small, FEW_SCENES, { sentences: realSentences(), vectors: syntheticVectors(seed) })
  const { db } = await openLibraryForReading(small, sqlite, testClock)
  const tools = await searchingTools(db, encoder)
  for (const { texts, ask } of kindsOf(questionsFrom(realSentences(), FEW_QUESTIONS, seed), tools)) for (const text of texts) await ask(text)
  tools.vectors.close()
  db.close()
}

export interface Readying { encoder: QueryEncoders, asking: Questions, scenes: number }

type Ready = Pick<Measured, 'readySeconds' | 'bytesAScene' | 'fixedBytes'> & { tools: SearchTools }

/** The tools with an index in memory that is ready, and what it takes to get there. */
export async function readyTools(db: ReadDatabase, { encoder, asking, scenes }: Readying): Promise<Ready> {
  const without = fusedOf(kindsOf(asking, { database: db, clock: testClock, encoders: encoder, vectors: storedVectors(db) }))
  for (const text of without.texts.slice(0, FEW_QUESTIONS)) await without.ask(text)
  const begun = performance.now()
  const first = await searchingTools(db, encoder)
  const readySeconds = (performance.now() - begun) / 1000
  // Measured here, 2026-11-21: the first index leaves 10 MB behind, SQLite's cache and code, in a library of 10,000 scenes as in one of 100,000.
  first.vectors.close()
  const fixedBytes = await heldBytes()
  const tools = await searchingTools(db, encoder)
  const grown = Math.max(0, await heldBytes() - fixedBytes)
  return { tools, readySeconds, fixedBytes, bytesAScene: { process: grown / scenes, index: tools.vectors.bytes / scenes } }
}

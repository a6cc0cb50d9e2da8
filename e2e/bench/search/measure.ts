import path from 'node:path'
import { z } from 'zod'
import { SceneId } from '../../../electron/contract/ids.ts'
import type { ReadDatabase } from '../../../electron/core/ports.ts'
import type { SearchTools } from '../../../electron/core/search/asked-search.ts'
import type { Neighbour } from '../../../electron/core/store/vectors.ts'
import { openLibraryForReading } from '../../../electron/core/store/database.ts'
import { testClock } from '../../../electron/core/store/test-library.ts'
import { sqlite } from '../../../native/sqlite/open.ts'
import type { Asked, Measured } from './asked.ts'
import { exactAnswers, recall } from './exact.ts'
import type { Exact } from './exact.ts'
import { knownEncoder } from './known-encoder.ts'
import { PICTURE_MODEL } from './library-maker.ts'
import { readingOnce } from './memory.ts'
import { besideImport } from './beside-import.ts'
import { readyTools, warmUp } from './ready-tools.ts'
import { fusedOf, kindsOf } from './questions-asked.ts'
import { questionsFrom } from './questions.ts'
import { realSentences } from './real-sentences.ts'
import { sqliteVec } from './sqlite-vec.ts'
import { syntheticVectors } from './synthetic-vectors.ts'
import { measured, timesOf } from './times.ts'

const RECALL_QUESTIONS = 20
const FEW_MOTION = 0.34
const COUNTED_BITS = 768 / 8
const never = new AbortController().signal
const Few = z.object({ id: SceneId })

function fewScenes(db: ReadDatabase): Set<number> {
  return new Set(db.all('SELECT id FROM scene WHERE motion > @motion', Few, { motion: FEW_MOTION }).map(({ id }) => id))
}

async function nearest(tools: SearchTools, vector: Float32Array, isOfFew: boolean): Promise<Neighbour[]> {
  const condition = isOfFew ? { kind: 'motion' as const, from: FEW_MOTION, to: 1 } : null
  return tools.vectors.nearest({ model: PICTURE_MODEL, modality: 'picture', vector, limit: 10, condition }, never)
}

type Ask = (question: Float32Array) => { similarity: number }[] | Promise<{ similarity: number }[]>

async function meanRecall(questions: readonly Float32Array[], tenths: readonly number[], ask: Ask): Promise<number> {
  let sum = 0
  for (const [at, question] of questions.entries()) sum += recall(await ask(question), tenths[at]!)
  return sum / questions.length
}

/** The same questions to sqlite-vec in a file of its own. */
async function besideSqliteVec(folder: string, questions: readonly Float32Array[], { few, exact }: { few: ReadonlySet<number>, exact: readonly Exact[] }): Promise<Measured['sqliteVec']> {
  const begun = performance.now()
  const other = sqliteVec(path.join(folder, 'sqlite-vec.sqlite'), path.join(folder, 'library.sqlite'), few)
  try {
    const builtSeconds = (performance.now() - begun) / 1000
    const times = async (work: (question: Float32Array) => unknown): Promise<Measured['sqliteVec']['float']> => timesOf((await measured(questions, work)).clock)
    return {
      builtSeconds, float: await times(other.float), floatOfFew: await times(other.floatOfFew), bits: await times(other.bits),
      bitsRecall: await meanRecall(questions, exact.map(({ tenth }) => tenth), other.bits),
    }
  } finally {
    other.close()
  }
}

/** Measures searches in a library, in a process that has done nothing else. */
export async function measureLibrary(asked: Asked): Promise<Measured> {
  const vectors = syntheticVectors(asked.seed)
  const encoder = knownEncoder(vectors)
  const asking = questionsFrom(realSentences(), asked.questions, asked.seed)
  await warmUp(asked, encoder)
  const { db } = await openLibraryForReading(asked.folder, sqlite, testClock)
  const { tools, ...ready } = await readyTools(db, { encoder, asking, scenes: asked.scenes })
  const kinds = kindsOf(asking, tools)
  const times: Measured['times'] = []
  for (const { name, texts, ask } of kinds) times.push({ name, times: timesOf((await measured(texts, ask)).clock) })
  const few = fewScenes(db)
  const questions = Array.from({ length: RECALL_QUESTIONS }, (_, at) => vectors.ofQuestion(at))
  const exact = exactAnswers(db, questions, few)
  const rest = {
    recall: await meanRecall(questions, exact.map(({ tenth }) => tenth), (question) => nearest(tools, question, false)),
    recallOfFew: await meanRecall(questions, exact.map(({ tenthOfFew }) => tenthOfFew), (question) => nearest(tools, question, true)),
    floor: readingOnce(asked.scenes * COUNTED_BITS),
    sqliteVec: await besideSqliteVec(asked.folder, questions, { few, exact }),
  }
  return { ...ready, times, ...rest, ...await besideImport(asked, fusedOf(kinds), db) }
}

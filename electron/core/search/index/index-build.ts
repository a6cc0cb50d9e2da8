import type { ReadDatabase } from '../../ports.ts'
import type { VectorSet } from '../../store/indexed-rows.ts'
import { indexedScenesAfter, indexedVectorsAfter, indexedVideosAfter, vectorSpan } from '../../store/indexed-rows.ts'
import { indexedWordsAfter } from '../../store/indexed-words.ts'
import { fromBlob } from '../../store/vectors.ts'
import { directionOf } from './bit-code.ts'
import type { SceneColumns } from './scene-columns.ts'
import type { WordPostings } from './word-postings.ts'
import { VectorCodes } from './vector-codes.ts'

// The mean of so many is as near to that of all as is needed: its error is a fiftieth of the spread of the vectors.
const SAMPLE = 2048
const ROWS_AT_ONCE = 32
const SCENES_AT_ONCE = 256

/** A piece of work that is done in pieces of about a millisecond: each `next` does one. */
export type Slices<Result> = Generator<undefined, Result, undefined>

function* inOrder<Row extends { id: number }>(next: (after: number) => Row[], put: (row: Row) => void): Slices<void> {
  for (let rows = next(0); rows.length > 0; rows = next(rows.at(-1)?.id ?? Infinity)) {
    for (const row of rows) put(row)
    yield
  }
}

/** Reads all videos and scenes. */
export function* readScenes(db: ReadDatabase, scenes: SceneColumns): Slices<void> {
  yield* inOrder((after) => indexedVideosAfter(db, after, SCENES_AT_ONCE), (row) => { scenes.putVideo(row) })
  yield* inOrder((after) => indexedScenesAfter(db, after, SCENES_AT_ONCE), (row) => { scenes.putScene(row) })
}

/** Reads the words of all scenes that are there and have none yet. */
export function* readWords(db: ReadDatabase, words: WordPostings, scenes: SceneColumns): Slices<void> {
  for (let after = 0; ;) {
    const rows = indexedWordsAfter(db, after, SCENES_AT_ONCE)
    for (const row of rows) {
      const place = scenes.placeOf(row.id)
      if (place !== undefined && !words.has(place)) words.put(place, row)
    }
    after = rows.at(-1)?.id ?? Infinity
    yield
    if (rows.length < SCENES_AT_ONCE) return
  }
}

function* meanOf(db: ReadDatabase, set: VectorSet, { count, first, last }: { count: number, first: number, last: number }): Slices<Float32Array> {
  const mean = new Float32Array(set.dimensions)
  const sample = Math.min(count, SAMPLE)
  let seen = 0
  for (let at = 0; at < sample; at++) {
    const after = Math.floor(first + (last - first + 1) * at / sample) - 1
    const [row] = indexedVectorsAfter(db, set, { after, limit: 1 })
    const direction = row === undefined ? null : directionOf(fromBlob(row.data))
    if (direction !== null) {
      seen++
      for (let n = 0; n < mean.length; n++) mean[n] = (mean[n] ?? 0) + (direction[n] ?? 0)
    }
    if (at % ROWS_AT_ONCE === 0) yield
  }
  return mean.map((value) => value / Math.max(1, seen))
}

/** Makes an index of a set without anything in it yet: it has the mean of the vectors and room for all of them. */
export function* emptyCodes(db: ReadDatabase, set: VectorSet): Slices<VectorCodes> {
  const span = vectorSpan(db, set)
  yield
  const codes = new VectorCodes(set, yield* meanOf(db, set, span))
  codes.reserve(span.count)
  return codes
}

/** Adds all vectors of the set whose scenes are there and that are not in it yet. */
export function* readVectors(db: ReadDatabase, codes: VectorCodes, scenes: SceneColumns): Slices<void> {
  yield* inOrder((after) => indexedVectorsAfter(db, codes.set, { after, limit: ROWS_AT_ONCE }), ({ id, scene_id: sceneId, data }) => {
    const scene = scenes.placeOf(sceneId)
    if (scene !== undefined && !codes.has(id)) codes.add(id, scene, fromBlob(data))
  })
}

import { setImmediate } from 'node:timers/promises'
import type { ReadDatabase } from '../ports.ts'
import { nearestScenes } from '../store/vectors.ts'
import { nearestAmong } from '../store/word-index.ts'
import type { VectorSearch } from './vector-search.ts'

/** Looks in the library itself: without getting ready, and the longer the more vectors there are. */
export function storedVectors(db: ReadDatabase): VectorSearch {
  return {
    nearest: async ({ condition, ...query }, signal) => {
      await setImmediate() // lets a cancel come in
      signal.throwIfAborted()
      if (condition === null) return nearestScenes(db, { ...query, videos: null })
      if (condition.kind === 'videos') return nearestScenes(db, { ...query, videos: condition.ids })
      return nearestAmong(db, { ...query, condition })
    },
  }
}

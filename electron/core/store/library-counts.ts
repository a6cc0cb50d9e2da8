import { stat } from 'node:fs/promises'
import { z } from 'zod'
import type { ReadDatabase } from '../ports.ts'
import type { LibraryPaths } from './folder.ts'
import { DURATION_SQL } from './video-summaries.ts'

const Row = z.object({ videos: z.number(), scenes: z.number(), seconds: z.number() })

/** How much there is in a library. */
export function libraryCounts(db: ReadDatabase): z.infer<typeof Row> {
  const found = db.get(`
    SELECT count(*) AS videos, (SELECT count(*) FROM scene) AS scenes, total(${DURATION_SQL}) AS seconds FROM video`, Row)
  return found ?? { videos: 0, scenes: 0, seconds: 0 }
}

const ReadRow = z.object({ videos: z.number(), unread: z.number() })

/** How many videos there are, and of how many not all is stored yet that will be. */
export function searchableVideos(db: ReadDatabase): z.infer<typeof ReadRow> {
  const found = db.get(`SELECT count(*) AS videos, count(*) FILTER (WHERE state IN ('queued', 'processing')) AS unread FROM video`, ReadRow)
  return found ?? { videos: 0, unread: 0 }
}

/** The bytes of the database with its log; 0 where there is none yet. */
export async function databaseBytes(paths: LibraryPaths): Promise<number> {
  const sizes = await Promise.all([paths.database, `${paths.database}-wal`].map(async (file) => {
    return stat(file).then(({ size }) => size, (error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 0
      throw error
    })
  }))
  return sizes.reduce((sum, size) => sum + size, 0)
}

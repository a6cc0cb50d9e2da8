import type { ReadDatabase } from '../ports.ts'
import { searchableVideos } from '../store/library-counts.ts'

/** Why there may be more than what was found: there is nothing in the library, or not all of it was read yet. */
export function notSearched(db: ReadDatabase): string[] {
  const { videos, unread } = searchableVideos(db)
  if (videos === 0) return ['The library is empty.']
  if (unread === 0) return []
  return [unread === 1 ? '1 video is still being read.' : `${unread} videos are still being read.`]
}

import { realpathSync } from 'node:fs'
import path from 'node:path'
import { VideoId } from '../../contract/ids.ts'
import { AppError } from '../errors.ts'
import type { ReadDatabase } from '../ports.ts'
import type { VideoRecord } from './videos.ts'
import { video, videosAt, videosTitled, videosWithFile } from './videos.ts'

const SEE_THEM = 'See them with: scenedex library.'

// An import stores where a file really lies.
function behindLinks(ref: string): string | null {
  try {
    return realpathSync(ref)
  } catch {
    return null // no file at all: it may be a title
  }
}

function candidates(db: ReadDatabase, ref: string): VideoRecord[] {
  const byId = VideoId.safeParse(/^\d+$/.test(ref) ? Number(ref) : null)
  const withId = byId.success ? video(db, byId.data) : undefined
  if (withId !== undefined) return [withId]
  for (const place of [path.resolve(ref), behindLinks(ref)]) {
    const atPath = place === null ? [] : videosAt(db, place)
    if (atPath.length > 0) return atPath
  }
  const titled = videosTitled(db, ref)
  const exact = titled.filter(({ title }) => title.toLowerCase() === ref.toLowerCase())
  if (exact.length > 0) return exact
  return titled.length > 0 ? titled : videosWithFile(db, ref)
}

/** The video that a person means by its number, its path, the name of its file, or a part of a title that only it has. Throws NOTHING_TO_DO for none, USAGE for several. */
export function resolveVideo(db: ReadDatabase, ref: VideoId | string): VideoRecord {
  const found = candidates(db, String(ref))
  const [only] = found
  if (only === undefined) throw new AppError('NOTHING_TO_DO', { message: `There is no video "${ref}" in the library.`, hint: SEE_THEM })
  if (found.length > 1) {
    const names = found.slice(0, 5).map(({ id, title }) => `${id} (${title})`).join(', ')
    throw new AppError('USAGE', { message: `"${ref}" may mean ${found.length} videos: ${names}${found.length > 5 ? ', ...' : ''}.`, hint: `Name one by its number. ${SEE_THEM}` })
  }
  return only
}

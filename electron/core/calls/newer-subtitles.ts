import { stat } from 'node:fs/promises'
import type { VideoId } from '../../contract/ids.ts'
import { findSidecars } from '../pipeline/subtitles/sidecars.ts'
import type { Library } from '../store/database.ts'
import { segmentsOf } from '../store/speech.ts'
import { restartRun, stageRun } from '../store/stage-runs.ts'
import { video } from '../store/videos.ts'

const SIDECAR = 'sidecar:'

async function changedMs(file: string): Promise<number> {
  const found = await stat(file).catch(() => null)
  // The time of change also tells of a file that was copied here with its old time.
  return found === null ? 0 : Math.max(found.mtimeMs, found.ctimeMs)
}

/** True when the subtitle files beside the video are not those that its speech was read from. */
async function hasOtherSubtitles({ db }: Library, id: VideoId): Promise<boolean> {
  const run = stageRun(db, id, 'speech')
  const of = video(db, id)
  if (of === undefined || run?.state !== 'done' || run.endedMs === null) return false
  const { sidecars } = await findSidecars(of.path)
  const names = new Set(sidecars.map(({ fileName }) => SIDECAR + fileName))
  if (segmentsOf(db, id).some(({ source }) => source.startsWith(SIDECAR) && !names.has(source))) return true
  const changes = await Promise.all(sidecars.map(({ path }) => changedMs(path)))
  return changes.some((changed) => changed > (run.endedMs ?? 0))
}

/** Lets the speech of those of the videos be read anew whose subtitle files came, went or changed since. */
export async function readNewSubtitles(library: Library, ids: readonly VideoId[], signal: AbortSignal): Promise<void> {
  for (const id of ids) {
    signal.throwIfAborted()
    if (await hasOtherSubtitles(library, id)) library.db.transaction(() => { restartRun(library.db, id, 'speech') })
  }
}

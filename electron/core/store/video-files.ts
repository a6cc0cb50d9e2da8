import type { VideoId } from '../../contract/ids.ts'
import type { VideoState } from '../../contract/videos.ts'
import type { ErrorShape } from '../../contract/errors.ts'
import type { Clock, ReadDatabase, WriteDatabase } from '../ports.ts'
import type { Library } from './database.ts'
import { deleteScenesIn } from './scenes.ts'
import { deleteSegmentsIn } from './speech.ts'
import { restartRun, stageRunsOf } from './stage-runs.ts'
import type { NewVideo, VideoRecord } from './videos.ts'
import { addVideo, allVideos, changeBadges, setVideoFile, setVideoState, video, videosAt, videoWithIdentity } from './videos.ts'

/** A file as the import has found it. */
export interface VideoFile { path: string, identity: string, sizeBytes: number, modifiedMs: number }

/** A video of the library, as far as its file is concerned. */
export interface VideoOfFile extends VideoFile { id: VideoId, state: VideoState }

/** Videos and their files: what the import and relink ask and change. Every change is on the disk when the call returns. */
export interface VideoFiles {
  findByIdentity(identity: string): VideoOfFile | undefined
  findByPath(path: string): VideoOfFile[]
  all(): VideoOfFile[]
  add(file: Omit<NewVideo, 'addedMs'>): VideoId
  pointTo(id: VideoId, file: VideoFile): void
  markChanged(id: VideoId, file: VideoFile): void
  markMissing(id: VideoId): void
  together<Value>(work: () => Value): Value
}

const EVERYTHING = { from: -Infinity, to: Infinity }

function ofFile({ id, state, path, identity, sizeBytes, modifiedMs }: VideoRecord): VideoOfFile {
  return { id, state, path, identity, sizeBytes, modifiedMs }
}

/** What a video is whose file is there again, as far as its stages tell; the engine knows better once it looks. */
function stateByStages(db: ReadDatabase, id: VideoId): { state: VideoState, error: ErrorShape | null } {
  const runs = stageRunsOf(db, id)
  const failed = runs.find(({ state }) => state === 'failed' || state === 'quarantined')
  if (failed !== undefined) return { state: 'failed', error: failed.error }
  if (runs.length > 0 && runs.every(({ state }) => state === 'done' || state === 'skipped')) return { state: 'ready', error: null }
  return { state: 'queued', error: null }
}

function pointTo(db: WriteDatabase, id: VideoId, file: VideoFile): void {
  setVideoFile(db, id, file)
  if (video(db, id)?.state === 'missing') setVideoState(db, id, stateByStages(db, id))
}

function markChanged(db: WriteDatabase, id: VideoId, file: VideoFile): void {
  db.run('UPDATE video SET identity = @identity, facts = NULL, end_pts = NULL WHERE id = @id', { id, identity: file.identity })
  setVideoFile(db, id, file)
  changeBadges(db, id, { CHANGED: true })
  // Scenes and words of other content would lead to moments that are not there.
  deleteScenesIn(db, id, EVERYTHING)
  deleteSegmentsIn(db, id, EVERYTHING)
  for (const { stage } of stageRunsOf(db, id)) restartRun(db, id, stage)
  setVideoState(db, id, { state: 'queued', error: null })
}

function markMissing(db: WriteDatabase, id: VideoId): void {
  const path = video(db, id)?.path ?? ''
  const error: ErrorShape = { code: 'OFFLINE', message: `${path} is not there.`, hint: 'Plug its drive in, or tell where it is now: scenedex relink.' }
  setVideoState(db, id, { state: 'missing', error })
}

/** The videos of a library as the import sees them. */
export function videoFiles(library: Library, clock: Pick<Clock, 'now'>): VideoFiles {
  const { db } = library
  return {
    findByIdentity: (identity) => {
      const found = videoWithIdentity(db, identity)
      return found === undefined ? undefined : ofFile(found)
    },
    findByPath: (path) => videosAt(db, path).map(ofFile),
    all: () => allVideos(db).map(ofFile),
    add: (file) => library.keep(() => addVideo(db, { ...file, addedMs: clock.now() })),
    pointTo: (id, file) => { library.keep(() => { pointTo(db, id, file) }) },
    markChanged: (id, file) => { library.keep(() => { markChanged(db, id, file) }) },
    markMissing: (id) => { library.keep(() => { markMissing(db, id) }) },
    together: (work) => library.keep(work),
  }
}

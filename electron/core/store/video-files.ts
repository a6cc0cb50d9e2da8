import { rmSync } from 'node:fs'
import type { VideoId } from '../../contract/ids.ts'
import type { VideoState } from '../../contract/videos.ts'
import { toErrorShape } from '../errors.ts'
import type { Clock, WriteDatabase } from '../ports.ts'
import { offline } from '../refusals.ts'
import type { Library } from './database.ts'
import { artifactsOf } from './folder.ts'
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

function pointTo(db: WriteDatabase, id: VideoId, file: VideoFile): void {
  setVideoFile(db, id, file)
  if (video(db, id)?.state === 'missing') setVideoState(db, id, { state: 'queued', error: null })
}

function markChanged(db: WriteDatabase, id: VideoId, file: VideoFile): void {
  db.run('UPDATE video SET identity = @identity, facts = NULL, end_pts = NULL WHERE id = @id', { id, identity: file.identity })
  setVideoFile(db, id, file)
  changeBadges(db, id, { CHANGED: true })
  // Scenes and words of other content would lead to moments that are not there.
  deleteScenesIn(db, id, EVERYTHING)
  deleteSegmentsIn(db, id, { ...EVERYTHING, origin: null })
  for (const { stage } of stageRunsOf(db, id)) restartRun(db, id, stage)
  setVideoState(db, id, { state: 'queued', error: null })
}

/** Throws away what can be computed again; after the transaction: until then rows may still name it. */
function dropArtifacts(library: Library, id: VideoId): void {
  rmSync(artifactsOf(library.paths, id), { recursive: true, force: true, maxRetries: 3 })
}

/**
 * The videos of a library as the import sees them. `settle` brings the state of a video in line with its stages, by the one
 * rule there is for that; it is called within the transaction.
 */
export function videoFiles(library: Library, clock: Pick<Clock, 'now'>, settle: (id: VideoId) => void): VideoFiles {
  const { db } = library
  const changed = new Set<VideoId>()
  let depth = 0
  const keep = <Value>(work: () => Value): Value => {
    depth++
    try {
      const value = library.keep(work)
      if (depth === 1) for (const id of changed) dropArtifacts(library, id)
      return value
    } finally {
      depth--
      if (depth === 0) changed.clear()
    }
  }
  return {
    findByIdentity: (identity) => {
      const found = videoWithIdentity(db, identity)
      return found === undefined ? undefined : ofFile(found)
    },
    findByPath: (path) => videosAt(db, path).map(ofFile),
    all: () => allVideos(db).map(ofFile),
    add: (file) => keep(() => addVideo(db, { ...file, addedMs: clock.now() })),
    pointTo: (id, file) => {
      keep(() => {
        pointTo(db, id, file)
        settle(id)
      })
    },
    markChanged: (id, file) => {
      keep(() => {
        markChanged(db, id, file)
        changed.add(id)
      })
    },
    markMissing: (id) => {
      keep(() => { setVideoState(db, id, { state: 'missing', error: toErrorShape(offline(video(db, id)?.path ?? ''), '') }) })
    },
    together: keep,
  }
}

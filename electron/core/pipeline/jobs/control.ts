import type { VideoId } from '../../../contract/ids.ts'
import type { JobAction } from '../../../contract/jobs.ts'
import { AppError } from '../../errors.ts'
import type { WriteDatabase } from '../../ports.ts'
import { cancelRuns, retryRuns } from '../../store/stage-runs.ts'
import { allVideos, setFirst, setPaused, setVideoState, video } from '../../store/videos.ts'
import type { RegisteredStage } from '../registered-stage.ts'
import { settleVideo } from '../video-state.ts'
import { pauseQueue } from './queue-state.ts'

export interface ControlRequest {
  action: JobAction
  /** Null for all videos. */
  videoId: VideoId | null
  stages: readonly RegisteredStage[]
  nowMs: number
}

function retry(db: WriteDatabase, id: VideoId, { stages, withCancelled }: { stages: readonly RegisteredStage[], withCancelled: boolean }): void {
  retryRuns(db, id, { withCancelled })
  const state = video(db, id)?.state
  // It is looked at again: whether it is still refused or gone shows then.
  if (state === 'refused' || state === 'missing') setVideoState(db, id, { state: 'queued', error: null })
  settleVideo(db, stages, id)
}

function cancel(db: WriteDatabase, id: VideoId, { stages, nowMs }: ControlRequest): void {
  cancelRuns(db, id, nowMs)
  settleVideo(db, stages, id)
}

/** Who brings videos again wants what was not possible or was given up before, but not what was cancelled: that was said by a person. */
export function tryAgain(db: WriteDatabase, ids: readonly VideoId[], stages: readonly RegisteredStage[]): void {
  db.transaction(() => { for (const id of ids) retry(db, id, { stages, withCancelled: false }) })
}

type Act = (db: WriteDatabase, meant: VideoId[], request: ControlRequest) => void

function setPausedAll(db: WriteDatabase, meant: VideoId[], isPaused: boolean): void {
  for (const id of meant) setPaused(db, id, isPaused)
}

const acts: Record<JobAction, Act> = {
  pause: (db, meant, { videoId }) => {
    if (videoId === null) pauseQueue(db, true)
    else setPausedAll(db, meant, true)
  },
  resume: (db, meant, { videoId }) => {
    if (videoId === null) pauseQueue(db, false)
    // Going on with everything also means what was paused by itself.
    setPausedAll(db, meant, false)
  },
  cancel: (db, meant, request) => { for (const id of meant) cancel(db, id, request) },
  retry: (db, meant, { stages }) => { for (const id of meant) retry(db, id, { stages, withCancelled: true }) },
  first: (db, _meant, { videoId }) => {
    if (videoId === null) throw new AppError('USAGE', { message: 'Which video is to be first?', hint: 'Name it: scenedex jobs first VIDEO' })
    setFirst(db, videoId)
  },
}

/**
 * Writes what the person wants into the queue, where the engine that works on it sees it, in this process or another.
 * Throws NOTHING_TO_DO for a video that is not there.
 */
export function controlQueue(db: WriteDatabase, request: ControlRequest): void {
  const { action, videoId } = request
  db.transaction(() => {
    if (videoId !== null && video(db, videoId) === undefined) {
      throw new AppError('NOTHING_TO_DO', { message: `There is no video ${videoId} in the library.`, hint: 'See them with: scenedex library.' })
    }
    acts[action](db, videoId === null ? allVideos(db).map(({ id }) => id) : [videoId], request)
  })
}

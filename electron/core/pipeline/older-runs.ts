import type { VideoId } from '../../contract/ids.ts'
import type { WriteDatabase } from '../ports.ts'
import { renewRun, restartOlderRuns, stageRunsOf } from '../store/stage-runs.ts'
import { setVideoState, video, videosInState } from '../store/videos.ts'
import type { RegisteredStage } from './registered-stage.ts'
import { settleVideo } from './video-state.ts'

function askAgain(db: WriteDatabase, id: VideoId): void {
  // The run that refused it stands as failed for as long as it is not asked again.
  const isAskedAgain = !stageRunsOf(db, id).some(({ state }) => state === 'failed')
  if (isAskedAgain) setVideoState(db, id, { state: 'queued', error: null })
}

/** Puts back into the queue what an older version of a stage has stored or failed at, and the videos that it had refused. */
export function restartOlder(db: WriteDatabase, list: readonly RegisteredStage[]): void {
  db.transaction(() => {
    for (const { stage } of list) restartOlderRuns(db, stage.name, stage.version)
    for (const { id } of videosInState(db, 'refused')) askAgain(db, id)
  })
}

/** The same for one video that was put back into the library: stages may have come or changed while it was out. To be called in the transaction that put it back. */
export function comeBack(db: WriteDatabase, list: readonly RegisteredStage[], id: VideoId): void {
  for (const { stage } of list) renewRun(db, id, { stage: stage.name, version: stage.version })
  if (video(db, id)?.state === 'refused') askAgain(db, id)
  settleVideo(db, list, id)
}

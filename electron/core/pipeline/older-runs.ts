import type { WriteDatabase } from '../ports.ts'
import { restartOlderRuns, stageRunsOf } from '../store/stage-runs.ts'
import { setVideoState, videosInState } from '../store/videos.ts'
import type { RegisteredStage } from './registered-stage.ts'

/** Puts back into the queue what an older version of a stage has stored or failed at, and the videos that it had refused. */
export function restartOlder(db: WriteDatabase, list: readonly RegisteredStage[]): void {
  db.transaction(() => {
    for (const { stage } of list) restartOlderRuns(db, stage.name, stage.version)
    for (const { id } of videosInState(db, 'refused')) {
      // The run that refused it stands as failed for as long as it is not asked again.
      const isAskedAgain = !stageRunsOf(db, id).some(({ state }) => state === 'failed')
      if (isAskedAgain) setVideoState(db, id, { state: 'queued', error: null })
    }
  })
}

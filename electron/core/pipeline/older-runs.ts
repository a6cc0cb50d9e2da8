import type { VideoId } from '../../contract/ids.ts'
import type { WriteDatabase } from '../ports.ts'
import type { StageName } from '../../contract/videos.ts'
import { renewRun, restartOlderRuns, restartStage, stageRunsOf } from '../store/stage-runs.ts'
import { switchRuns } from '../store/vector-covers.ts'
import { setVideoState, video, videosInState } from '../store/videos.ts'
import type { RegisteredStage } from './registered-stage.ts'
import { settleVideo } from './video-state.ts'
import type { Runner } from './work.ts'

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

/** Puts back into the queue what stages have done with other models than those that work now, or left out for want of one. */
export async function restartForModels({ library: { db }, stages, tools: { models } }: Runner, isStillOpen = (): boolean => true): Promise<void> {
  for (const { stage, model: task } of stages) {
    const model = task === null ? null : (await models[task]())?.id ?? null
    // Without a model nothing could take the place of what the one before has found.
    if (model === null || !isStillOpen()) continue
    db.transaction(() => { if (switchRuns(db, { stage: stage.name, model, version: stage.version }) > 0) settleAll(db, stages) })
  }
}

/** The same at the start of the work, where nobody waits for it. */
export async function lookForModels(runner: Runner, isStillOpen: () => boolean): Promise<void> {
  try {
    await restartForModels(runner, isStillOpen)
  } catch (error) {
    runner.tools.log.error('the models could not be looked at', error)
  }
}

/** Does a stage of all videos again. To be called in a transaction. */
export function restartAll(db: WriteDatabase, list: readonly RegisteredStage[], stage: StageName): void {
  if (restartStage(db, stage) > 0) settleAll(db, list)
}

function settleAll(db: WriteDatabase, list: readonly RegisteredStage[]): void {
  for (const state of ['queued', 'processing', 'ready', 'failed'] as const) {
    for (const { id } of videosInState(db, state)) settleVideo(db, list, id)
  }
}

/** The same for one video that was put back into the library: stages may have come or changed while it was out. To be called in the transaction that put it back. */
export function comeBack(db: WriteDatabase, list: readonly RegisteredStage[], id: VideoId): void {
  for (const { stage } of list) renewRun(db, id, { stage: stage.name, version: stage.version })
  if (video(db, id)?.state === 'refused') askAgain(db, id)
  settleVideo(db, list, id)
}

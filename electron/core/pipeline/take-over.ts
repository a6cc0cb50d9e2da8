import { setImmediate } from 'node:timers/promises'
import { takeBackAbandoned } from '../store/leases.ts'
import { indexOlder } from '../store/scene-words.ts'
import { addMissingRuns } from '../store/stage-runs.ts'
import { repairVectorIndexes } from '../store/vector-index.ts'
import { videosInState } from '../store/videos.ts'
import { isGone } from './claimant.ts'
import { lookForModels, restartOlder } from './older-runs.ts'
import { settleVideo } from './video-state.ts'
import type { Runner } from './work.ts'

/** What fails here, for want of space or because another process writes for long, goes on at the next start. */
async function indexAllOlder({ library: { db }, tools: { log } }: Runner, isStillOpen: () => boolean): Promise<void> {
  try {
    while (isStillOpen() && indexOlder(db)) await setImmediate()
  } catch (error) {
    log.error('the words of an older library could not be put into the index', error)
  }
}

/**
 * What a process does first with the queue of another one that ended or died: whatever that left half done or half said is put right.
 * Resolves when the models were looked at and the words of an older library are in the index as they are written now.
 */
export function takeOverQueue(runner: Runner, nowMs: number, isStillOpen: () => boolean): Promise<void> {
  const { library: { db }, stages } = runner
  takeBackAbandoned(db, { nowMs, isHolderGone: isGone })
  repairVectorIndexes(db)
  restartOlder(db, stages)
  for (const { stage } of stages) addMissingRuns(db, stage.name, stage.version)
  for (const state of ['queued', 'processing'] as const) {
    for (const { id } of videosInState(db, state)) settleVideo(db, stages, id)
  }
  // A model may have come, gone or been chosen since somebody last worked here.
  return lookForModels(runner, isStillOpen).then(() => indexAllOlder(runner, isStillOpen))
}

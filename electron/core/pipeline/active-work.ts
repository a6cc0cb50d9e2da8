import type { VideoId } from '../../contract/ids.ts'
import type { StageName } from '../../contract/videos.ts'
import { AppError, toErrorShape } from '../errors.ts'
import { stageRun } from '../store/stage-runs.ts'
import { video } from '../store/videos.ts'
import { isQueuePaused } from './jobs/queue-state.ts'
import type { Pick } from './scheduler.ts'
import type { Resource } from './stage.ts'
import { runStage } from './runner.ts'
import type { Runner, StageResult } from './work.ts'

interface Active extends Pick {
  controller: AbortController
  /** False while it is found out which model works for it: whether it is still wanted then is looked at by the claim. */
  isClaimed: boolean
  ended: Promise<void>
}

export interface Ended extends Pick { result: StageResult }

/** What this process works on at the moment: at most one stage for each resource. */
export class ActiveWork {
  private readonly byResource = new Map<Resource, Active>()
  private readonly runner: Runner
  private readonly onEnd: (ended: Ended) => void

  constructor(runner: Runner, onEnd: (ended: Ended) => void) {
    this.runner = runner
    this.onEnd = onEnd
  }

  get size(): number { return this.byResource.size }

  isBusy(resource: Resource): boolean { return this.byResource.has(resource) }

  start(resource: Resource, picked: Pick): void {
    const active: Active = { ...picked, controller: new AbortController(), isClaimed: false, ended: Promise.resolve() }
    this.byResource.set(resource, active)
    active.ended = this.perform(resource, picked, active)
  }

  private async perform(resource: Resource, picked: Pick, active: Active): Promise<void> {
    let result: StageResult
    try {
      result = await runStage(this.runner, { ...picked, onClaim: () => { active.isClaimed = true } }, active.controller.signal)
    } catch (error) {
      // Its row could not be ended: the lease runs out, and it is taken up again.
      this.runner.tools.log.error(`the library failed during ${picked.stage} of video ${picked.videoId}`, error)
      result = error instanceof AppError && error.code === 'DISK_FULL' ? { kind: 'failed', error: toErrorShape(error, ''), retryAtMs: 0 } : { kind: 'lease-lost' }
    }
    this.byResource.delete(resource)
    this.onEnd({ ...picked, result })
  }

  /** Stops what was paused, cancelled or removed since it began, and all where the work rests. */
  stopUnwanted(isResting: boolean): void {
    const { db } = this.runner.library
    const isHeld = isResting || isQueuePaused(db)
    for (const active of this.byResource.values()) {
      const isLost = active.isClaimed && stageRun(db, active.videoId, active.stage)?.state !== 'running'
      if (isHeld || isLost || video(db, active.videoId)?.isPaused === true) abort(active)
    }
  }

  /** Stops what a resource does for any other video. */
  giveWay(resource: Resource, videoId: VideoId): void {
    const active = this.byResource.get(resource)
    if (active !== undefined && active.videoId !== videoId) abort(active)
  }

  /** Stops what is done for a video and waits until it has stopped. */
  async stopVideo(videoId: VideoId): Promise<void> {
    const meant = [...this.byResource.values()].filter((active) => active.videoId === videoId)
    for (const active of meant) abort(active)
    await Promise.all(meant.map(({ ended }) => ended))
  }

  /** Stops everything and waits until it has stopped; what is done is stored. */
  async stopAll(): Promise<void> {
    const all = [...this.byResource.values()]
    for (const active of all) abort(active)
    await Promise.all(all.map(({ ended }) => ended))
  }
}

function abort({ controller, videoId, stage }: Active): void {
  if (!controller.signal.aborted) controller.abort(new AppError('CANCELLED', { message: `The stage ${stage satisfies StageName} of video ${videoId satisfies VideoId} was stopped.` }))
}

import type { ErrorShape } from '../../contract/errors.ts'
import type { Library } from '../store/database.ts'
import type { Claim } from '../store/leases.ts'
import type { StageRun } from '../store/stage-runs.ts'
import type { VideoRecord } from '../store/videos.ts'
import type { Claimant } from './claimant.ts'
import type { RegisteredStage } from './registered-stage.ts'
import type { Resource, StageTools } from './stage.ts'

/** How long things may take and how often they are tried. */
export interface Limits {
  leaseMs: number
  heartbeatMs: number
  /** Failures without progress after which a stage of a video is given up. */
  mostAttempts: number
  /**
   * Deaths of the whole process without progress after which it is given up. Native code that runs within the process can
   * kill it. What decodes does so in another process, and is hardly ever to blame: that somebody ended the app, the machine
   * or its power again and again before a first chunk was through must not cost the video.
   */
  mostDeaths: Record<Resource, number>
  /** Wait after the first failed attempt; four times as long after each further one. */
  backoffMs: number
}

export const usualLimits: Limits = { leaseMs: 30_000, heartbeatMs: 5_000, mostAttempts: 3, mostDeaths: { light: 10, decode: 10, inference: 3 }, backoffMs: 1_000 }

export interface Runner {
  library: Library
  stages: readonly RegisteredStage[]
  tools: Omit<StageTools, 'storedScenes' | 'storedSegments' | 'storedPictureVectors' | 'storedPictureSample' | 'storedSilences' | 'settings' | 'threads' | 'othersAtWork'>
  claimant: Claimant
  limits: Limits
}

/** How the work on one stage of one video ended. */
export type StageResult =
  | { kind: 'done' }
  | { kind: 'skipped', note: string }
  /** The video can never be taken as it is. */
  | { kind: 'refused', error: ErrorShape }
  /** It will be tried again. */
  | { kind: 'failed', error: ErrorShape, retryAtMs: number }
  | { kind: 'quarantined', error: ErrorShape }
  /** The file is not there at the moment; the attempt is not counted. */
  | { kind: 'offline', error: ErrorShape }
  /** The file has other content now: all stages of the video begin again. */
  | { kind: 'changed' }
  /** Somebody cancelled it. */
  | { kind: 'cancelled' }
  /** Stopped for going on later from where it is. */
  | { kind: 'stopped' }
  | { kind: 'lease-lost' }
  /** Nobody is to work on it now, or somebody else does. */
  | { kind: 'not-due' }

/** A claimed stage of a video, while it is worked on. */
export interface Work {
  claimed: Claim
  registered: RegisteredStage
  run: StageRun
  of: VideoRecord
  /** Milliseconds on the forward clock up to which the work is already stored. */
  countedTo: number
}

/** Seconds of work since the last time this was asked. */
export function takeWorkSeconds(runner: Runner, work: Work): number {
  const now = runner.tools.clock.monotonic()
  const seconds = (now - work.countedTo) / 1000
  work.countedTo = now
  return seconds
}

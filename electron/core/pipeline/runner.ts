import { randomUUID } from 'node:crypto'
import path from 'node:path'
import type { VideoId } from '../../contract/ids.ts'
import type { StageName } from '../../contract/videos.ts'
import { AppError } from '../errors.ts'
import { ptsToSeconds } from '../facts.ts'
import { keyframeName } from '../store/folder.ts'
import type { Claim } from '../store/leases.ts'
import { claim, renew } from '../store/leases.ts'
import { settingsOf } from '../store/chosen-settings.ts'
import { pictureSample } from '../store/picture-sample.ts'
import { framesOf, scenesOf } from '../store/scenes.ts'
import { silencesOf } from '../store/silences.ts'
import { segmentsOf } from '../store/speech.ts'
import { runningStages } from '../store/stage-runs.ts'
import { pictureVectorsOf } from '../store/vectors.ts'
import { video } from '../store/videos.ts'
import { isGone } from './claimant.ts'
import { storeChunk } from './chunk-writer.ts'
import type { RegisteredStage } from './registered-stage.ts'
import { decodeThreads } from './resource-wishes.ts'
import type { StageTools, StoredScene } from './stage.ts'
import { finishAfter, finishDone, finishIfOther, resultOfLost, wornOut } from './stage-endings.ts'
import { settleVideo } from './video-state.ts'
import type { Runner, StageResult, Work } from './work.ts'
import { takeWorkSeconds } from './work.ts'

function stageTools(runner: Runner, videoId: VideoId): StageTools {
  const { library, tools } = runner
  return {
    ...tools,
    threads: decodeThreads(library.db),
    othersAtWork: () => runningStages(library.db).length > 1,
    storedScenes: () => storedScenes(runner, videoId),
    storedSegments: () => segmentsOf(library.db, videoId),
    storedPictureVectors: (scene, model) => pictureVectorsOf(library.db, scene, model),
    storedPictureSample: (model, limit) => pictureSample(library.db, model, limit),
    storedSilences: () => storedSilences(runner, videoId),
    settings: () => settingsOf(library.db),
  }
}

function storedScenes({ library: { db, paths } }: Runner, videoId: VideoId): StoredScene[] {
  const others = framesOf(db, videoId)
  const fileAt = (pts: number): string => path.join(paths.folder, keyframeName(videoId, pts))
  return scenesOf(db, videoId).map(({ id, startPts, endPts, keyframePts }) => {
    const times = new Set([...keyframePts === null ? [] : [keyframePts], ...others.get(id) ?? []])
    const frames = [...times].sort((a, b) => a - b).map((pts) => ({ pts, path: fileAt(pts) }))
    return { id, startPts, endPts, keyframePath: keyframePts === null ? null : fileAt(keyframePts), frames }
  })
}

function storedSilences({ library: { db } }: Runner, videoId: VideoId): { start: number, end: number }[] {
  const picture = video(db, videoId)?.media?.picture
  if (picture === undefined) return []
  return silencesOf(db, videoId).map(({ startPts, endPts }) => ({ start: ptsToSeconds(picture, startPts), end: ptsToSeconds(picture, endPts) }))
}

/** The name of the model that works for a task at present; null where none is installed. */
async function modelFor({ tools: { models } }: Runner, task: NonNullable<RegisteredStage['model']>): Promise<string | null> {
  return (await models[task]())?.id ?? null
}

async function workThrough(runner: Runner, work: Work, signal: AbortSignal): Promise<void> {
  const { registered: { stage, stores }, of, run, claimed } = work
  const input = { id: of.id, path: of.path, media: of.media, resumeFrom: run.position, isFirstLook: run.isFirstLook }
  for await (const chunk of stage.run(input, stageTools(runner, of.id), signal)) {
    signal.throwIfAborted()
    const untilMs = runner.tools.clock.now() + runner.limits.leaseMs
    const reached = { note: chunk.note ?? null, position: chunk.position, progress: chunk.progress, workSeconds: takeWorkSeconds(runner, work), untilMs }
    await storeChunk(runner.library, { claimed, chunk, stores, reached })
  }
  signal.throwIfAborted()
}

/** Renews the lease while the work goes on; aborts it when the lease is another's or nobody's. */
function keepAlive(runner: Runner, claimed: Claim, signal: AbortSignal): { signal: AbortSignal, release(): void } {
  const lost = new AbortController()
  const beat = (): void => {
    try {
      if (!renew(runner.library.db, claimed, runner.tools.clock.now() + runner.limits.leaseMs)) {
        lost.abort(new AppError('LEASE_LOST', { message: 'The work was taken over or stopped.' }))
      }
    } catch (error) {
      // The next write says the same where it matters; a timer has nobody to tell.
      runner.tools.log.warn('a lease could not be renewed', error)
    }
  }
  const timer = setInterval(beat, runner.limits.heartbeatMs)
  return { signal: AbortSignal.any([signal, lost.signal]), release: () => { clearInterval(timer) } }
}

async function perform(runner: Runner, work: Work, signal: AbortSignal): Promise<StageResult> {
  const alive = keepAlive(runner, work.claimed, signal)
  try {
    const other = await finishIfOther(runner, work)
    if (other !== null) return other
    await workThrough(runner, work, alive.signal)
    return await finishIfOther(runner, work) ?? finishDone(runner, work)
  } catch (error) {
    try {
      return await finishAfter(error, { runner, work, signal: alive.signal })
    } catch (second) {
      if (second instanceof AppError && second.code === 'LEASE_LOST') return resultOfLost(runner, work)
      throw second
    }
  } finally {
    alive.release()
  }
}

interface AskedStage { videoId: VideoId, stage: StageName, onClaim?: () => void }

/** Runs one stage of one video from where it stands, if it is due and nobody else does. Rejects only when the library itself fails. */
export async function runStage(runner: Runner, { onClaim, ...asked }: AskedStage, signal: AbortSignal): Promise<StageResult> {
  const { library: { db }, tools: { clock } } = runner
  const registered = runner.stages.find(({ stage }) => stage.name === asked.stage)
  const of = video(db, asked.videoId)
  if (registered === undefined || of === undefined) return { kind: 'not-due' }
  const token = randomUUID()
  const model = registered.model === null ? null : await modelFor(runner, registered.model)
  if (signal.aborted) return { kind: 'not-due' }
  const now = clock.now()
  const outcome = claim(db, {
    ...asked, model, version: registered.stage.version, isFirstLook: registered.hasFirstLook && of.wantsFirstLook, nowMs: now,
    lease: { token, untilMs: now + runner.limits.leaseMs, ...runner.claimant }, mostDeaths: runner.limits.mostDeaths[registered.stage.resource], isHolderGone: isGone,
  })
  if (outcome.kind === 'not-due') return { kind: 'not-due' }
  if (outcome.kind === 'worn-out') return wornOut(runner, outcome.run, of)
  onClaim?.()
  const work: Work = { claimed: { ...asked, token }, registered, run: outcome.run, of, countedTo: clock.monotonic() }
  settleVideo(db, runner.stages, of.id)
  return perform(runner, work, signal)
}

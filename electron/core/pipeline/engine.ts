import { randomUUID } from 'node:crypto'
import type { VideoId } from '../../contract/ids.ts'
import type { JobAction, JobsOverview } from '../../contract/jobs.ts'
import type { StageName, VideoState } from '../../contract/videos.ts'
import { AppError } from '../errors.ts'
import type { Library } from '../store/database.ts'
import { changeMark } from '../store/changes.ts'
import type { EngineHolder } from '../store/engine-lock.ts'
import { beat, leaveEngine, takeEngine } from '../store/engine-lock.ts'
import { takeBackAbandoned } from '../store/leases.ts'
import { addMissingRuns } from '../store/stage-runs.ts'
import { newestVideoId, video } from '../store/videos.ts'
import type { Ended } from './active-work.ts'
import { ActiveWork } from './active-work.ts'
import type { Engine, EngineOptions } from './engine-shape.ts'
import { isGone, thisProcess } from './claimant.ts'
import { controlQueue, tryAgain } from './jobs/control.ts'
import { jobsOverview } from './jobs/overview.ts'
import type { Wanted } from './jobs/queue-state.ts'
import { beginBatch, isQueuePaused, unfinishedVideos } from './jobs/queue-state.ts'
import { checkStages } from './registered-stage.ts'
import { bringBack } from './missing.ts'
import { restartAll, restartForModels } from './older-runs.ts'
import { OverviewTeller } from './overview-teller.ts'
import { ResourceWishes } from './resource-wishes.ts'
import { nextWork } from './scheduler.ts'
import { takeOverQueue } from './take-over.ts'
import type { Resource } from './stage.ts'
import { VideoChanges } from './video-changes.ts'
import { UsualLearner } from './usual/learner.ts'
import { eventOf } from './video-events.ts'
import { Waiters } from './waiters.ts'
import type { Limits, Runner } from './work.ts'
import { usualLimits } from './work.ts'

export type { Engine }

const resources: readonly Resource[] = ['light', 'decode', 'inference']

// How soon a word from another process is heard. It costs one look at a counter.
const TICK_MS = 250
// How often it is looked whether a file that was gone is back.
const MISSING_LOOK_MS = 5_000
// Of many thousand videos an event tells the counts, and lists those that somebody looks at.
const LISTED_IN_EVENTS = 100
// A resource without work looks again this often; looking through a long queue costs something.
const NOTHING_FOUND_LOOK_MS = 1_000

class QueueEngine implements Engine {
  private readonly options: EngineOptions
  private readonly runner: Runner
  private readonly limits: Limits
  private readonly work: ActiveWork
  private readonly token = randomUUID()
  private readonly waiters = new Waiters()
  private readonly wishes = new ResourceWishes()
  private readonly changes: VideoChanges
  private readonly learner: UsualLearner
  private readonly teller: OverviewTeller
  private timer: NodeJS.Timeout | null = null
  private isWorking = false
  private seenMark = ''
  private answeredMark = ''
  private nextAnswerMs = 0
  private readonly toldStates = new Map<VideoId, VideoState>()
  private nextBeatMs = 0
  private nextMissingLookMs = 0
  private readonly nextLookMs = new Map<Resource, number>()
  private enqueuedTo: number | null = null
  private wasIdle = true
  private takingOver: Promise<void> = Promise.resolve()

  constructor(options: EngineOptions) {
    this.options = options
    checkStages(options.stages)
    this.limits = { ...usualLimits, ...options.limits }
    this.runner = { library: options.library, stages: options.stages, tools: options.tools, claimant: thisProcess, limits: this.limits }
    this.changes = new VideoChanges({ db: options.library.db, clock: options.tools.clock, emit: options.emit })
    this.work = new ActiveWork(this.runner, (ended) => { this.afterStage(ended) })
    this.teller = new OverviewTeller(options.tools.clock, () => { options.emit({ type: 'jobs', jobs: this.overview(LISTED_IN_EVENTS) }) })
    this.learner = new UsualLearner(this.runner, () => { this.answerAtOnce() })
  }

  private get db(): Library['db'] { return this.options.library.db }
  private get clock(): Runner['tools']['clock'] { return this.options.tools.clock }

  start(): 'working' | 'another-process-works' {
    if (this.timer === null) {
      this.tryToTake()
      this.timer = setInterval(() => { this.tick() }, TICK_MS)
      this.tick()
    }
    return this.isWorking ? 'working' : 'another-process-works'
  }

  private tryToTake(): void {
    const now = this.clock.now()
    const isAtWork = (holder: EngineHolder): boolean => now - holder.heartbeatMs < this.limits.leaseMs && !isGone(holder)
    this.isWorking = takeEngine(this.db, { ...thisProcess, token: this.token, heartbeatMs: now }, isAtWork)
    if (!this.isWorking) return
    this.nextBeatMs = now + this.limits.heartbeatMs
    this.takingOver = takeOverQueue(this.runner, now, () => this.isWorking)
    this.enqueuedTo = newestVideoId(this.db)
    this.wake()
  }

  /** One look at the queue. A timer has nobody to tell of an error: it is logged, and the next tick tries again. */
  private tick(): void {
    try {
      if (!this.isWorking) this.tryToTake()
      else this.showLife()
      if (this.isWorking) this.workOn()
      const mark = changeMark(this.db)
      this.seenMark = mark
      this.answerWaiters(mark)
      this.teller.look(mark)
      this.changes.tell(mark)
    } catch (error) {
      if (error instanceof AppError && error.code === 'DISK_FULL') this.waiters.rejectAll(error)
      this.options.tools.log.error('the queue could not be looked at', error)
    }
  }

  /** Something has happened that may give work: look at once. */
  private wake(): void {
    this.seenMark = ''
    this.nextLookMs.clear()
  }

  private lookAtOnce(): void {
    this.wake()
    if (this.timer !== null) this.tick()
  }

  private showLife(): void {
    const now = this.clock.now()
    if (now < this.nextBeatMs) return
    this.nextBeatMs = now + this.limits.heartbeatMs
    this.isWorking = beat(this.db, this.token, now)
    // This process was asleep for so long that another one has taken over.
    if (!this.isWorking) void this.work.stopAll()
    else takeBackAbandoned(this.db, { nowMs: now, isHolderGone: isGone })
    this.options.library.trimLog()
  }

  private workOn(): void {
    const now = this.clock.now()
    if (changeMark(this.db) !== this.seenMark) {
      this.enqueueNew()
      this.work.stopUnwanted(this.wishes.resting(this.db) !== null)
    }
    if (now >= this.nextMissingLookMs) void this.lookForMissing(now)
    const isHeld = isQueuePaused(this.db) || this.wishes.resting(this.db) !== null
    if (!isHeld) this.fillResources(now)
    const isIdle = this.work.size === 0
    this.learner.look({ isHeld, isGrowing: !isIdle })
    if (this.wasIdle && !isIdle) beginBatch(this.db, now)
    this.wasIdle = isIdle
  }

  private enqueueNew(): void {
    if (newestVideoId(this.db) === this.enqueuedTo) return
    this.enqueuedTo = newestVideoId(this.db)
    for (const { stage } of this.options.stages) addMissingRuns(this.db, stage.name, stage.version)
  }

  private fillResources(now: number): void {
    for (const resource of resources) {
      if (this.work.size >= this.wishes.sideBySide(this.db)) return
      if (this.work.isBusy(resource) || now < (this.nextLookMs.get(resource) ?? 0)) continue
      const picked = nextWork(this.db, this.options.stages, { resource, nowMs: now })
      if (picked === null) {
        this.nextLookMs.set(resource, now + NOTHING_FOUND_LOOK_MS)
        continue
      }
      this.work.start(resource, picked)
      this.toldStates.set(picked.videoId, video(this.db, picked.videoId)?.state ?? 'queued')
    }
  }

  private async lookForMissing(now: number): Promise<void> {
    // Until it has ended there is no second one: a drive that does not answer takes its time.
    this.nextMissingLookMs = Infinity
    await bringBack(this.runner, () => this.timer !== null)
      .catch((error: unknown) => { this.options.tools.log.error('it could not be looked for missing files', error) })
    this.nextMissingLookMs = now + MISSING_LOOK_MS
  }

  private afterStage({ videoId, stage, result }: Ended): void {
    this.learner.stageEnded(stage)
    if (result.kind === 'failed' && result.error.code === 'DISK_FULL') this.waiters.rejectAll(new AppError('DISK_FULL', result.error))
    const of = video(this.db, videoId)
    if (of !== undefined && of.state !== this.toldStates.get(videoId)) {
      this.toldStates.set(videoId, of.state)
      const event = eventOf(of, result)
      if (event !== null) this.options.emit(event)
    }
    this.lookAtOnce()
  }

  private answerAtOnce(): void {
    this.answeredMark = ''
    this.nextAnswerMs = 0
    this.lookAtOnce()
  }

  private answerWaiters(mark: string): void {
    const begun = this.clock.monotonic()
    if (this.waiters.size === 0 || mark === this.answeredMark || begun < this.nextAnswerMs) return
    this.answeredMark = mark
    const isLearnt = (until: Wanted['until']): boolean => until !== 'done' || !this.isWorking || this.learner.isSettled
    this.waiters.answer((wanted) => isLearnt(wanted.until) && unfinishedVideos(this.db, this.options.stages, wanted).length === 0, () => {
      this.teller.lookNow(mark) // who has waited sees the end of it
      this.changes.tellNow(mark)
    })
    this.nextAnswerMs = this.clock.monotonic() + 10 * (this.clock.monotonic() - begun)
  }

  async idle(videos: readonly VideoId[], signal: AbortSignal, until: Wanted['until'] = 'done'): Promise<void> {
    signal.throwIfAborted()
    if (this.timer === null) this.start()
    await this.takingOver
    const waiting = this.waiters.wait({ videos, until }, signal)
    this.answerAtOnce()
    await waiting
  }

  control(action: JobAction, videoId: VideoId | null): JobsOverview {
    this.act(action, videoId)
    return this.overview()
  }

  /** What runs for other videos where this one has something to do stops, and goes on later from its last chunk. */
  private makeWay(videoId: VideoId | null): void {
    for (const resource of resources) {
      const next = nextWork(this.db, this.options.stages, { resource, nowMs: this.clock.now() })
      if (next !== null && next.videoId === videoId) this.work.giveWay(resource, videoId)
    }
  }

  private act(action: JobAction, videoId: VideoId | null): void {
    controlQueue(this.db, { action, videoId, stages: this.options.stages, nowMs: this.clock.now() })
    if (action === 'first') this.makeWay(videoId)
    this.lookAtOnce()
  }

  tryAgain(videos: readonly VideoId[]): void {
    if (videos.length === 0) return
    tryAgain(this.db, videos, this.options.stages)
    this.wake()
  }

  async giveUp(videoId: VideoId): Promise<void> {
    this.act('cancel', videoId)
    await this.work.stopVideo(videoId)
  }

  async modelsChanged(): Promise<void> {
    await restartForModels(this.runner)
    this.lookAtOnce()
  }

  again(stage: StageName): void {
    this.db.transaction(() => { restartAll(this.db, this.options.stages, stage) })
    this.lookAtOnce()
  }

  overview(limit: number | null = null): JobsOverview {
    const { options: { stages }, token: ownToken, limits: { leaseMs: silentMs } } = this
    return jobsOverview(this.db, { stages, nowMs: this.clock.now(), ownToken, silentMs, resting: this.wishes.resting(this.db), limit })
  }

  power(onBattery: boolean): void {
    this.wishes.onBattery = onBattery
    this.teller.again()
    this.lookAtOnce()
  }

  async stop(): Promise<void> {
    if (this.timer !== null) clearInterval(this.timer)
    this.timer = null
    await Promise.all([this.work.stopAll(), this.learner.stop()])
    leaveEngine(this.db, this.token)
    this.isWorking = false
  }
}

/** The engine of a library. It does nothing before `start`. Throws for a list of stages that is out of order. */
export function createEngine(options: EngineOptions): Engine {
  return new QueueEngine(options)
}

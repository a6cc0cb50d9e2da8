import type { StageName } from '../../../contract/videos.ts'
import { AppError } from '../../errors.ts'
import { changeMark } from '../../store/changes.ts'
import type { VectorKind } from '../../store/vector-index.ts'
import { coveringModels, makesVectors } from '../../store/vector-covers.ts'
import type { Runner } from '../work.ts'
import { hasToLearn, learnUsual } from './learn.ts'

/** While stages make vectors it is looked this often whether there is much more to learn from. */
const LOOK_WHILE_GROWING_MS = 60_000

// Counting the vectors of a large library costs something: at most a fiftieth of the time goes into it.
const COUNTING_SHARE = 50

function keyOf({ model, modality }: VectorKind): string {
  return JSON.stringify([model, modality])
}

/** Learns what is usual in the library beside the work on the queue, when there is enough new to learn from. */
export class UsualLearner {
  private readonly runner: Runner
  private readonly onEnd: () => void
  private running: { controller: AbortController, ended: Promise<void> } | null = null
  private seenMark = ''
  private nextLookMs = 0
  private isExpected = true
  private isHeld = false
  private wasGrowing = false
  /** What was tried in vain: not again and again. */
  private readonly inVain = new Set<string>()

  /** `onEnd` is called whenever something was learned, or could not be. */
  constructor(runner: Runner, onEnd: () => void) {
    this.runner = runner
    this.onEnd = onEnd
  }

  /** False while something is learned, or will soon be looked for. */
  get isSettled(): boolean { return this.running === null && (this.isHeld || !this.isExpected) }

  private expect(): void {
    this.isExpected = true
    this.inVain.clear()
  }

  /** After a stage that makes vectors there may be more to learn from. */
  stageEnded(stage: StageName): void {
    if (makesVectors(stage)) this.expect()
  }

  /** Begins to learn where there is something to learn and the work is not held. Costs next to nothing where nothing has changed. */
  look({ isHeld, isGrowing }: { isHeld: boolean, isGrowing: boolean }): void {
    this.isHeld = isHeld
    // What was enough to wait for while more was coming is due once nothing more comes.
    if (this.wasGrowing && !isGrowing) this.isExpected = true
    this.wasGrowing = isGrowing
    const { library: { db }, tools: { clock, log } } = this.runner
    if (isHeld || this.running !== null) return
    const begun = clock.monotonic()
    const mark = changeMark(db)
    if (!this.isExpected && (mark === this.seenMark || begun < this.nextLookMs)) return
    this.isExpected = false
    this.seenMark = mark
    const due = this.dueKinds(isGrowing)
    const now = clock.monotonic()
    this.nextLookMs = now + Math.max(isGrowing ? LOOK_WHILE_GROWING_MS : 0, COUNTING_SHARE * (now - begun))
    if (due.length === 0) return
    const controller = new AbortController()
    const ended = this.learn(due, controller.signal)
      .catch((error: unknown) => { if (!controller.signal.aborted) log.error('it could not be learned what is usual in this library', error) })
      .finally(() => {
        this.running = null
        if (!controller.signal.aborted) this.onEnd()
      })
    this.running = { controller, ended }
  }

  private dueKinds(isGrowing: boolean): VectorKind[] {
    const { db } = this.runner.library
    return (['picture', 'text'] as const)
      .flatMap((modality) => coveringModels(db, modality).map((model) => ({ model, modality })))
      .filter((kind) => !this.inVain.has(keyOf(kind)) && hasToLearn(db, kind, isGrowing))
  }

  private async learn(kinds: readonly VectorKind[], signal: AbortSignal): Promise<void> {
    const { library: { db }, tools: { models } } = this.runner
    for (const kind of kinds) {
      this.inVain.add(keyOf(kind))
      const model = await models.embedderOf(kind.model)
      signal.throwIfAborted()
      // Of a model that is not there any more nobody asks anything either.
      if (model === null) continue
      await learnUsual(db, { model, modality: kind.modality }, signal)
      this.inVain.delete(keyOf(kind))
    }
  }

  /** Stops what is being learned, and resolves when nothing writes any more. It is learned anew at the next look. */
  async stop(): Promise<void> {
    const { running } = this
    if (running === null) return
    this.expect()
    running.controller.abort(new AppError('CANCELLED', { message: 'Learning what is usual in the library was stopped.' }))
    await running.ended
  }
}

import { setImmediate, setTimeout } from 'node:timers/promises'
import type { Turns } from './turns.ts'

// How long nobody looks whether there is something new to do, unless somebody says so: what was stored a second ago is to be found.
const REST_MS = 250

// Where question follows question, each waits for a tenth of the time that it took: the index they would all be quicker with is made all the same.
const SHARE_OF_WAIT = 0.1
const MOST_AT_ONCE_MS = 30

export interface BackgroundWork {
  /** It is only done while nobody works or waits here. */
  turns: Turns
  /** Does a little; false when there is nothing to do for now. */
  step: () => boolean
  failed: (error: unknown) => void
}

/** Does work in small steps that let everything else come in between. */
export class Background {
  private readonly work: BackgroundWork
  private isRunning = false
  private isClosed = false
  private rest: AbortController | null = null
  private waiting: (() => void)[] = []

  constructor(work: BackgroundWork) { this.work = work }

  /** Begins, once. */
  begin(): void {
    if (this.isRunning || this.isClosed) return
    this.isRunning = true
    this.run().catch((error: unknown) => {
      this.close()
      this.work.failed(error)
    })
  }

  /** No step is done any more. */
  close(): void {
    this.isClosed = true
    this.wake()
    this.tellWaiting()
  }

  /** Says that there is something to do. */
  wake(): void {
    this.rest?.abort()
    this.rest = null
  }

  /** Resolves when there is nothing to do now, or nothing is done any more. */
  async settled(): Promise<void> {
    if (!this.isRunning || this.isClosed) return
    this.wake()
    await new Promise<void>((resolve) => { this.waiting.push(resolve) })
  }

  private tellWaiting(): void {
    for (const tell of this.waiting.splice(0)) tell()
  }

  private async run(): Promise<void> {
    for (;;) {
      const begun = performance.now()
      await this.work.turns.free()
      if (this.isClosed) return
      if (this.steps(Math.min(MOST_AT_ONCE_MS, (performance.now() - begun) * SHARE_OF_WAIT))) await setImmediate()
      else await this.sleep()
    }
  }

  /** One step, and more of them while there is time. False when there is nothing to do for now. */
  private steps(forMs: number): boolean {
    const end = performance.now() + forMs
    for (;;) {
      if (!this.work.step()) return false
      if (performance.now() >= end) return true
    }
  }

  private async sleep(): Promise<void> {
    this.rest = new AbortController()
    const { signal } = this.rest
    this.tellWaiting()
    await setTimeout(REST_MS, undefined, { signal, ref: false }).catch(() => null) // it was woken
    this.rest = null
  }
}

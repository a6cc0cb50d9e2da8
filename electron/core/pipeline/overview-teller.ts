import type { Clock } from '../ports.ts'

const EVENTS_APART_MS = 250

/** Tells of the whole queue whenever something has changed, but not all the time. */
export class OverviewTeller {
  private readonly clock: Pick<Clock, 'monotonic'>
  private readonly tell: () => void
  private toldMark = ''
  private nextMs = 0

  /** `tell` says how the queue is. */
  constructor(clock: Pick<Clock, 'monotonic'>, tell: () => void) {
    this.clock = clock
    this.tell = tell
  }

  /** Something has changed of which the library knows nothing. */
  again(): void { this.toldMark = '' }

  /** Tells at once if anything has changed. */
  lookNow(mark: string): void {
    this.nextMs = 0
    this.look(mark)
  }

  /** Tells if anything has changed since the last time, and that was a while ago. */
  look(mark: string): void {
    const begun = this.clock.monotonic()
    if (mark === this.toldMark || begun < this.nextMs) return
    this.toldMark = mark
    this.tell()
    // In a library of many thousand videos looking costs something itself.
    const tookMs = this.clock.monotonic() - begun
    this.nextMs = begun + Math.max(EVENTS_APART_MS, 10 * tookMs)
  }
}

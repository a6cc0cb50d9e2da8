import type { Wanted } from './jobs/queue-state.ts'

interface Waiter { wanted: Wanted, resolve: () => void, reject: (error: Error) => void }

/** Who waits for an end of the work. */
export class Waiters {
  private readonly waiting = new Set<Waiter>()

  get size(): number { return this.waiting.size }

  wait(wanted: Wanted, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = (act: () => void): void => {
        this.waiting.delete(waiter)
        signal.removeEventListener('abort', onAbort)
        act()
      }
      const waiter: Waiter = { wanted, resolve: () => { leave(resolve) }, reject: (error) => { leave(() => { reject(error) }) } }
      const onAbort = (): void => { waiter.reject(signal.reason instanceof Error ? signal.reason : new Error('aborted')) }
      signal.addEventListener('abort', onAbort, { once: true })
      this.waiting.add(waiter)
      if (signal.aborted) onAbort()
    })
  }

  /** Lets those go whose work is done, after `tell` for each. */
  answer(isDone: (wanted: Wanted) => boolean, tell: () => void): void {
    for (const waiter of [...this.waiting]) {
      if (!isDone(waiter.wanted)) continue
      tell()
      waiter.resolve()
    }
  }

  /** What is in the way of all work, as a full drive: nobody is to wait for it without a word. The work stays in the queue. */
  rejectAll(error: Error): void {
    for (const waiter of [...this.waiting]) waiter.reject(error)
  }
}

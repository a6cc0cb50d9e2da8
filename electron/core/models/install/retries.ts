import { AppError } from '../../errors.ts'
import type { Clock } from '../../ports.ts'
import { fetchFailed, PassingFailure } from './fetch-errors.ts'
import type { Patience } from './pace.ts'

/** A server may ask for more patience than a person has. */
const LONGEST_WAIT_MS = 60_000

// What failed on the way has a cause; what an answer said is the end of it.
function passing(error: unknown): PassingFailure | null {
  if (error instanceof PassingFailure) return error
  return error instanceof AppError && error.code === 'NETWORK_FAILED' && error.cause !== undefined ? new PassingFailure(error) : null
}

/**
 * Does something again, a little later each time, when it fails with what may pass. `work` gives back how much came; when something did, the counting begins anew. Throws
 * the last failure.
 */
export async function withPatience(work: () => Promise<void>, options: { patience: Patience, progress: () => number, clock: Clock, signal: AbortSignal }): Promise<void> {
  const { patience, progress, clock, signal } = options
  let before = progress()
  for (let attempt = 1; ; attempt++) {
    try {
      await work()
      return
    } catch (error) {
      signal.throwIfAborted()
      const failure = passing(error)
      if (failure === null) throw error
      if (progress() > before) attempt = 1
      before = progress()
      if (attempt >= patience.tries) throw failure.error
      await clock.sleep(Math.min(failure.waitMs ?? patience.waitMs * 2 ** (attempt - 1), LONGEST_WAIT_MS), signal)
    }
  }
}

/** A signal that also ends what has stood still for too long: `touch` says that something came, `end` that nothing is waited for any more. */
export function stallWatch(signal: AbortSignal, { stallMs, what }: { stallMs: number, what: string }): { signal: AbortSignal, touch: () => void, end: () => void } {
  const stalled = new AbortController()
  const failure = new PassingFailure(fetchFailed(`${what} sends nothing any more: nothing came for ${stallMs / 1000} seconds.`))
  const timer = setTimeout(() => { stalled.abort(failure) }, stallMs)
  return { signal: AbortSignal.any([signal, stalled.signal]), touch: () => { timer.refresh() }, end: () => { clearTimeout(timer) } }
}

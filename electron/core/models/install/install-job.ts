import type { ModelState } from '../../../contract/models.ts'
import type { InstallPhase, InstallProgress } from './install-tools.ts'
import { createSpeed } from './speed.ts'

/** An install that goes on whoever waits for it. */
export interface InstallJob {
  readonly progress: InstallProgress
  readonly stop: AbortController
  /** Settles when it is through. */
  ended: Promise<void>
  state(): Extract<ModelState, { kind: 'installing' }>
}

/** The beginning of an install; `ended` is to be set by who starts it. `onChange` is called for every step. */
export function createJob(now: () => number, onChange: () => void): InstallJob {
  let phase: InstallPhase = 'waiting'
  let doneBytes = 0
  let totalBytes = 0
  let speed = createSpeed(now)
  return {
    stop: new AbortController(),
    ended: Promise.resolve(),
    progress: {
      begin: (next, total) => {
        phase = next
        doneBytes = 0
        totalBytes = total
        speed = createSpeed(now)
        onChange()
      },
      bytes: (change) => {
        doneBytes += change
        speed.add(change)
        onChange()
      },
      found: (bytes) => {
        doneBytes += bytes
        onChange()
      },
    },
    state: () => {
      const bytesPerSecond = phase === 'fetching' || phase === 'checking' ? speed.bytesPerSecond() : null
      const etaSeconds = bytesPerSecond === null || bytesPerSecond <= 0 ? null : (totalBytes - doneBytes) / bytesPerSecond
      return { kind: 'installing', phase, doneBytes, totalBytes, bytesPerSecond, etaSeconds }
    },
  }
}

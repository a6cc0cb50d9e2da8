import { AppError } from '../../electron/core/errors.ts'
import type { Answer } from './worker-wire.ts'

interface Waiting { resolve(answer: Answer): void, reject(error: Error): void, signal: AbortSignal, onAbort(): void }

/** Questions that have no answer yet, by their id. */
export interface WaitingRoom {
  /** Waits for the answer. When the signal says stop, the question is forgotten, `onStop` is told its id, and the wait ends with the signal's reason. */
  wait(signal: AbortSignal, options: { ask(id: number): void, onStop(id: number): void }): Promise<Answer>
  answered(answer: Answer): void
  failed(id: number, error: Error): void
  allFailed(error: Error): void
  isEmpty(): boolean
}

function reasonOf(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new AppError('CANCELLED', { message: 'Stopped.' })
}

export function waitingRoom(): WaitingRoom {
  const waiting = new Map<number, Waiting>()
  let nextId = 1

  const leave = (id: number): Waiting | undefined => {
    const entry = waiting.get(id)
    waiting.delete(id)
    entry?.signal.removeEventListener('abort', entry.onAbort)
    return entry
  }

  return {
    wait: (signal, { ask, onStop }) => new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(reasonOf(signal))
        return
      }
      const id = nextId++
      const onAbort = (): void => {
        leave(id)?.reject(reasonOf(signal))
        onStop(id)
      }
      waiting.set(id, { resolve, reject, signal, onAbort })
      signal.addEventListener('abort', onAbort)
      ask(id)
    }),
    answered: (answer) => leave(answer.id)?.resolve(answer),
    failed: (id, error) => leave(id)?.reject(error),
    allFailed: (error) => { for (const id of [...waiting.keys()]) leave(id)?.reject(error) },
    isEmpty: () => waiting.size === 0,
  }
}

import { AppError } from '../../core/errors.ts'
import { lastUsed } from './last-used.ts'

/** A text and the model whose vector of it is wanted. */
export interface AskedVector {
  /** Vectors of another edition of the models are not used, also where a model has the same name. */
  edition: string
  model: string
  text: string
}

/** The vectors of texts that are searched for, each computed once as long as it is remembered. */
export interface QueryVectors {
  /** Rejects with what the computing says, or with the signal's reason when stopped. The vector is shared: nobody may change it. */
  of(asked: AskedVector, signal: AbortSignal): Promise<Float32Array>
  /** How many are remembered, and how many are being computed. */
  counts(): { kept: number, coming: number }
}

/** Computes one vector; stops when nobody waits for it any more. */
export type ComputeVector = (asked: AskedVector, signal: AbortSignal) => Promise<Float32Array>

interface Coming { vector: Promise<Float32Array>, stop: AbortController, askers: number }

// 500 vectors of 768 numbers are 1.5 MB, and more texts than anybody types in an evening.
const MOST_KEPT = 500

function untilStopped<Value>(value: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => { reject(signal.reason instanceof Error ? signal.reason : new AppError('CANCELLED', { message: 'Stopped.' })) }
    if (signal.aborted) {
      onAbort()
      return
    }
    signal.addEventListener('abort', onAbort, { once: true })
    const left = (): void => { signal.removeEventListener('abort', onAbort) }
    value.then((found) => { left(); resolve(found) }, (error: unknown) => { left(); reject(error instanceof Error ? error : new Error(String(error))) })
  })
}

/**
 * Remembers the vectors of the texts that were asked for last. Who asks for one that is being computed waits for the same; it is computed
 * to its end as long as anybody waits, and stopped when the last one has gone.
 */
export function queryVectors(compute: ComputeVector, most = MOST_KEPT): QueryVectors {
  const kept = lastUsed<Float32Array>(most)
  const coming = new Map<string, Coming>()
  let edition: string | null = null

  const begin = (key: string, asked: AskedVector): Coming => {
    const stop = new AbortController()
    const begun: Coming = { vector: compute(asked, stop.signal), stop, askers: 0 }
    coming.set(key, begun)
    const isAwaited = (): boolean => coming.get(key) === begun
    begun.vector.then((vector) => {
      if (!isAwaited()) return
      coming.delete(key)
      kept.put(key, vector)
    }, () => { if (isAwaited()) coming.delete(key) }) // who asked is told why
    return begun
  }
  const forget = (): void => {
    kept.clear()
    coming.clear() // those who wait get what they wait for; nobody else does
  }

  return {
    of: async (asked, signal) => {
      signal.throwIfAborted()
      if (asked.edition !== edition) forget()
      edition = asked.edition
      const key = JSON.stringify([asked.model, asked.text])
      const known = kept.get(key)
      if (known !== undefined) return known
      const awaited = coming.get(key) ?? begin(key, asked)
      awaited.askers++
      try {
        return await untilStopped(awaited.vector, signal)
      } finally {
        awaited.askers--
        if (awaited.askers === 0) {
          if (coming.get(key) === awaited) coming.delete(key)
          awaited.stop.abort()
        }
      }
    },
    counts: () => ({ kept: kept.size(), coming: coming.size }),
  }
}

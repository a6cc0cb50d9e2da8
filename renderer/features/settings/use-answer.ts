import { useEffect, useState } from 'react'
import type { ErrorShape } from '../../../electron/contract/errors.ts'
import { engine } from '../../api.ts'
import { errorShape, isCancelled } from '../../report-error.ts'

/** What the settings ask of the engine. */
export const questions = {
  facts: (signal: AbortSignal) => engine.call('library.facts', {}, signal),
  labels: (signal: AbortSignal) => engine.call('tags.labels', {}, signal),
  network: (signal: AbortSignal) => engine.call('network.log', {}, signal),
  doctor: (signal: AbortSignal) => engine.call('doctor', {}, signal),
}

export interface Asked<Output> {
  answer: Output | null
  error: ErrorShape | null
  again(): void
}

/** Asks the engine once while the calling component is shown, and again on demand. */
export function useAnswer<Output>(question: (signal: AbortSignal) => Promise<Output>): Asked<Output> {
  const [answer, setAnswer] = useState<Output | null>(null)
  const [error, setError] = useState<ErrorShape | null>(null)
  const [round, setRound] = useState(0)
  useEffect(() => {
    const stop = new AbortController()
    question(stop.signal).then(
      (output) => { if (!stop.signal.aborted) { setAnswer(output); setError(null) } },
      (failure: unknown) => { if (!stop.signal.aborted && !isCancelled(failure)) setError(errorShape(failure)) },
    )
    return () => { stop.abort() }
  }, [question, round])
  return { answer, error, again: () => { setRound(round + 1) } }
}

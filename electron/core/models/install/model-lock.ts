import { randomUUID } from 'node:crypto'
import { AppError } from '../../errors.ts'
import { isGone, thisProcess } from '../../pipeline/claimant.ts'
import type { Clock, ReadDatabase, WriteDatabase } from '../../ports.ts'
import type { ModelHolder } from '../../store/model-locks.ts'
import { leaveModel, modelHolder, takeModel } from '../../store/model-locks.ts'

const BEAT_MS = 5000
/** Without a sign of life for so long another process is believed to be gone, if it can not be seen. */
const SILENCE_MS = 30_000
const ASK_MS = 500

function isAtWork(holder: ModelHolder, nowMs: number): boolean {
  return nowMs - holder.heartbeatMs < SILENCE_MS && !isGone(holder)
}

/** True while another process installs or removes the model. */
export function isHeldByAnother(db: ReadDatabase, id: string, nowMs: number): boolean {
  const holder = modelHolder(db, id)
  return holder !== null && holder.pid !== process.pid && isAtWork(holder, nowMs)
}

/** Throws LIBRARY_BUSY while another process installs, checks or removes the model. */
export function refuseWhileHeld(db: ReadDatabase, id: string, nowMs: number): void {
  if (isHeldByAnother(db, id, nowMs)) throw new AppError('LIBRARY_BUSY', { message: `Another Scenedex is at work on "${id}".`, hint: 'Stop it there, or wait until it is done.' })
}

interface Held<Value> { work: (signal: AbortSignal) => Promise<Value>, signal: AbortSignal }

/**
 * Does something with a model's files that only one process may do at a time; waits for the one that does. The signal that `work` gets also stops when another process
 * has taken over, because this one was asleep for long.
 */
export async function withModel<Value>(id: string, { db, clock }: { db: WriteDatabase, clock: Clock }, options: Held<Value>): Promise<Value> {
  const token = randomUUID()
  const take = (): boolean => {
    const heartbeatMs = clock.now()
    return takeModel(db, id, { self: { ...thisProcess, token, heartbeatMs }, isAtWork: (holder) => isAtWork(holder, heartbeatMs) })
  }
  while (!take()) await clock.sleep(ASK_MS, options.signal)
  const lost = new AbortController()
  const sign = (): void => {
    try {
      if (!take()) lost.abort(new AppError('LEASE_LOST', { message: 'Another Scenedex works on the same model now.', hint: 'Wait for it.' }))
    } catch (error) {
      lost.abort(error)
    }
  }
  const beat = setInterval(sign, BEAT_MS)
  try {
    return await options.work(AbortSignal.any([options.signal, lost.signal]))
  } finally {
    clearInterval(beat)
    leaveModel(db, id, token)
  }
}

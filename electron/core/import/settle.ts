import { stat } from 'node:fs/promises'
import type { Clock } from '../ports.ts'
import { refusal } from '../refusals.ts'
import type { Place } from './check.ts'

export interface SettleLimits {
  /** A file is finished when neither its size nor its time has changed for this long. */
  quietMs: number
  pollMs: number
  /** After this long somebody is at work on it and it is given up. */
  waitMs: number
}

const usualLimits: SettleLimits = { quietMs: 5000, pollMs: 500, waitMs: 30_000 }

/** True when nothing was written for some seconds by the file's own time. A time in the future tells nothing. */
export function isQuiet({ modifiedMs }: Pick<Place, 'modifiedMs'>, nowMs: number, limits: SettleLimits = usualLimits): boolean {
  return nowMs - modifiedMs >= limits.quietMs
}

/** Waits until a file that was written a moment ago stays as it is; gives what it is then. Throws IN_USE. */
export async function waitUntilQuiet(place: Place, { clock, limits = usualLimits }: { clock: Clock, limits?: SettleLimits }, signal: AbortSignal): Promise<Place> {
  const began = clock.monotonic()
  const age = Math.max(0, clock.now() - place.modifiedMs)
  let now: Place = place
  let changed = began - Math.min(age, limits.quietMs)
  while (clock.monotonic() - changed < limits.quietMs) {
    const left = limits.quietMs - (clock.monotonic() - changed)
    if (clock.monotonic() - began + left > limits.waitMs) throw refusal('IN_USE', place.path)
    await clock.sleep(Math.min(limits.pollMs, left), signal)
    signal.throwIfAborted()
    const stats = await stat(place.path).catch((cause: unknown) => { throw refusal('NOT_FOUND', place.path, { cause }) })
    const seen: Place = { ...now, sizeBytes: stats.size, modifiedMs: Math.floor(stats.mtimeMs) }
    if (seen.sizeBytes !== now.sizeBytes || seen.modifiedMs !== now.modifiedMs) changed = clock.monotonic()
    now = seen
  }
  return now
}

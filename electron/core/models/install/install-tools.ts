import type { Outgoing } from '../../network/outgoing.ts'
import type { Clock, Inference, Log, WriteDatabase } from '../../ports.ts'
import type { FetchPace } from './pace.ts'

export type InstallPhase = 'waiting' | 'fetching' | 'checking' | 'trying'

/** Told how an install goes on. */
export interface InstallProgress {
  /** Another part of the work begins, of so many bytes. */
  begin(phase: InstallPhase, totalBytes: number): void
  /** So many more are done; fewer where some were thrown away. */
  bytes(change: number): void
  /** So many are here from before. */
  found(bytes: number): void
}

/** What installing needs. */
export interface InstallTools {
  db: WriteDatabase
  /** Where models lie. */
  folder: string
  outgoing: Outgoing
  inference: Pick<Inference, 'tryOut' | 'release'>
  clock: Clock
  log: Log
  freeBytes: (folder: string) => Promise<number>
  pace: FetchPace
  /** Asked before the hub; null for nobody. */
  mirror: () => string | null
}

import type { JobsOverview } from '../../contract/jobs.ts'
import type { ReadDatabase } from '../ports.ts'
import { settingsOf } from '../store/chosen-settings.ts'

/** What the person allows the work to take of the machine, as it is powered now. */
export class ResourceWishes {
  onBattery = false

  /** Why nothing is to be done at the moment; null when there is no reason. */
  resting(db: ReadDatabase): JobsOverview['resting'] {
    return this.onBattery && settingsOf(db).pauseOnBattery ? 'battery' : null
  }

  /** How many stages may run at a time: each keeps at least one core busy. */
  sideBySide(db: ReadDatabase): number {
    return settingsOf(db).cores ?? Infinity
  }
}

/** Threads that one decoder may use; null for as many as serve it. */
export function decodeThreads(db: ReadDatabase): number | null {
  return settingsOf(db).cores
}

import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { createOutgoing } from '../../network/outgoing.ts'
import type { Inference, Network } from '../../ports.ts'
import type { Library } from '../../store/database.ts'
import { testClock } from '../../store/test-library.ts'
import type { FetchPace } from './pace.ts'
import type { InstallPhase, InstallProgress, InstallTools } from './install-tools.ts'

/** As quick as a test, in pieces of 16 KiB. What stalls is told from a busy machine only where a test is about that. */
export const quickPace: FetchPace = { connections: 4, chunkBytes: 64 * 1024, tries: 3, waitMs: 5, stallMs: 30_000 }

export const wordless = { info: () => undefined, warn: () => undefined, error: () => undefined }

/** An inference that tries nothing and remembers what it was asked. */
export function noInference(): Pick<Inference, 'tryOut' | 'release'> & { tried: { folder: string, variants: string[] }[] } {
  const tried: { folder: string, variants: string[] }[] = []
  return {
    tried,
    tryOut: async (folder, _spec, { variants }) => {
      tried.push({ folder, variants })
      return { variant: variants[0] ?? '', provider: 'cpu', measures: variants.map((variant) => ({ variant, provider: 'cpu', itemsPerSecond: 10, note: '', atMs: 1 })) }
    },
    release: async () => undefined,
  }
}

/** What an install of tests works with; `change` says what is different. */
export function testTools(library: Pick<Library, 'db' | 'paths'>, network: Network, change: Partial<InstallTools> & { isAllowed?: () => boolean, plainHosts?: string[] } = {}): InstallTools {
  const folder = path.join(library.paths.folder, 'models')
  mkdirSync(folder, { recursive: true })
  const { isAllowed = () => true, plainHosts = [], ...tools } = change
  return {
    db: library.db, folder, inference: noInference(), clock: testClock, log: wordless, freeBytes: async () => 1e12, pace: quickPace, mirror: () => null,
    outgoing: createOutgoing({ network, db: library.db, clock: testClock, isAllowed, plainHosts: () => plainHosts }), ...tools,
  }
}

/** Remembers how an install went on. */
export function watch(): InstallProgress & { phases: string[], done: number, total: number } {
  const watched = {
    phases: [] as string[], done: 0, total: 0,
    begin: (phase: InstallPhase, total: number) => {
      watched.phases.push(phase)
      Object.assign(watched, { done: 0, total })
    },
    bytes: (change: number) => { watched.done += change },
    found: (bytes: number) => { watched.done += bytes },
  }
  return watched
}

import { setTimeout as delay } from 'node:timers/promises'
import { calls } from '../contract/calls.ts'
import { AppEvent } from '../contract/events.ts'
import { AppError } from '../core/errors.ts'
import type { Service } from './server.ts'

/** Some calls of the engine, enough to show what a transport does with all of them. For the tests of this folder. */
export const testProtocol = {
  calls: {
    'library.import': calls['library.import'],
    'library.list': calls['library.list'],
    'library.scenes': calls['library.scenes'],
    'search.query': calls['search.query'],
    'jobs.idle': calls['jobs.idle'],
    doctor: calls.doctor,
  },
  event: AppEvent,
} as const

/**
 * Handlers that show what a transport does with answers, errors, events and cancels. For the tests of this folder. `pace` is waited for
 * before each event of an import that is not `fast`.
 */
export function createTestApp(pace: (told: number) => Promise<void> = () => delay(2)): Service<typeof testProtocol> {
  const listeners = new Set<(event: AppEvent) => void>()
  const handlers: Service<typeof testProtocol>['handlers'] = {
    'library.import': async (input) => {
      for (const index of input.paths.keys()) {
        if (!input.fast) await pace(index)
        for (const listener of listeners) listener({ type: 'import-found', files: index + 1 })
      }
      return { added: [], known: [], moved: [], refused: [], ignored: 0 }
    },
    'library.list': () => Promise.resolve({ videos: [] }),
    'library.scenes': (input) => Promise.reject(new AppError('USAGE', { message: `No video "${String(input.video)}".`, hint: 'List them.' })),
    'search.query': (input) => Promise.resolve({
      query: input.query === 'large' ? 'x'.repeat(10_000_000) : input.query,
      tookMs: 0, nothingGood: true, hits: [], more: null, nearest: [], notes: [`limit ${String(input.limit)}`],
    }),
    'jobs.idle': (_, { signal }) => new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => { reject(signal.reason instanceof Error ? signal.reason : new Error('aborted')) }, { once: true })
    }),
    doctor: () => Promise.reject(new Error('not part of these tests')),
  }
  return { protocol: testProtocol, handlers, subscribe: (listener) => { listeners.add(listener); return () => { listeners.delete(listener) } } }
}

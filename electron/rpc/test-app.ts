import { AppError } from '../core/errors.ts'
import type { App, Handlers, Listener } from '../core/handlers.ts'

/** Handlers that show what a transport does with answers, errors, events and cancels. For the tests of this folder. */
export function createTestApp(): Pick<App, 'handlers' | 'subscribe'> {
  const listeners = new Set<Listener>()
  const unused = (): Promise<never> => Promise.reject(new Error('not part of these tests'))
  const handlers: Handlers = {
    'library.import': (input) => {
      for (const index of input.paths.keys()) for (const listener of listeners) listener({ type: 'import-found', files: index + 1 })
      return Promise.resolve({ added: [], known: [], moved: [], refused: [], ignored: 0 })
    },
    'library.list': () => Promise.resolve({ videos: [] }),
    'library.scenes': (input) => Promise.reject(new AppError('USAGE', { message: `No video "${String(input.video)}".`, hint: 'List them.' })),
    'search.query': (input) => Promise.resolve({
      query: input.query === 'large' ? 'x'.repeat(10_000_000) : input.query,
      tookMs: 0, nothingGood: true, hits: [], nearest: [], notes: [`limit ${String(input.limit)}`],
    }),
    'jobs.idle': (_, { signal }) => new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => { reject(signal.reason instanceof Error ? signal.reason : new Error('aborted')) }, { once: true })
    }),
    'library.remove': unused,
    'library.relink': unused,
    'export.clips': unused,
    'jobs.overview': unused,
    'jobs.control': unused,
    doctor: unused,
  }
  return { handlers, subscribe: (listener) => { listeners.add(listener); return () => { listeners.delete(listener) } } }
}

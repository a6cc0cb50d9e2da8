import { AppError } from '../errors.ts'
import type { AppContext } from './context.ts'

type Act<Value> = (signal: AbortSignal) => Promise<Value>

/**
 * For calls that write: when the app is closed they are stopped, and waited for until they have cleaned up behind them. Nobody does so
 * when a host ends at once, as it does when its window is closed or its machine shut down.
 */
export function untilClosed({ onClose }: Pick<AppContext, 'onClose'>): <Value>(signal: AbortSignal, act: Act<Value>) => Promise<Value> {
  const closing = new AbortController()
  const running = new Set<Promise<unknown>>()
  onClose(async () => {
    closing.abort(new AppError('CANCELLED', { message: 'Scenedex is being closed.' }))
    await Promise.allSettled(running)
  })
  return async (signal, act) => {
    const work = act(AbortSignal.any([signal, closing.signal]))
    running.add(work)
    try {
      return await work
    } finally {
      running.delete(work)
    }
  }
}

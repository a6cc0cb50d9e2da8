import type { ErrorShape } from '../electron/contract/errors.ts'
import { RemoteError } from '../electron/rpc/client.ts'
import { toast } from './ui/toasts.tsx'

/** An error as the person is told of it. What did not come from the other side is a bug of the page, and says so. */
export function errorShape(error: unknown): ErrorShape {
  if (error instanceof RemoteError) return { code: error.code, message: error.message, hint: error.hint }
  return { code: 'INTERNAL', message: 'Something went wrong in the window.', hint: error instanceof Error ? error.message : String(error) }
}

/** True for what was stopped on purpose. */
export function isCancelled(error: unknown): boolean {
  return (error instanceof RemoteError && error.code === 'CANCELLED') || (error instanceof DOMException && error.name === 'AbortError')
}

/** Tells the person of an error, unless they stopped it themselves or the connection's own notice says it already. */
export function reportError(error: unknown): void {
  if (isCancelled(error) || (error instanceof RemoteError && error.code === 'CHANNEL_CLOSED')) return
  const { message, hint } = errorShape(error)
  if (!(error instanceof RemoteError)) console.error(error)
  toast({ text: message, hint, tone: 'bad' })
}

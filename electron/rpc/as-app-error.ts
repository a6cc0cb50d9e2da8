import { AppError } from '../core/errors.ts'
import { RemoteError } from './client.ts'

/** A failure that came over a channel as the error it was on the other side, for a caller within the core. Any other error as it is. */
export function asAppError(error: unknown): unknown {
  return error instanceof RemoteError ? new AppError(error.code, { message: error.message, hint: error.hint, cause: error }) : error
}

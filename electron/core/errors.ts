import type { ErrorCode, ErrorShape } from '../contract/errors.ts'
import { RefusalCode } from '../contract/errors.ts'

export interface ErrorTexts {
  /** One sentence a person understands, naming what it is about. */
  message: string
  /** What they can do. Empty when there is nothing to do. */
  hint?: string
  cause?: unknown
}

/** The only error that is expected. Anything else that is thrown is a bug. */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: ErrorCode
  readonly hint: string

  constructor(code: ErrorCode, texts: ErrorTexts) {
    super(texts.message, { cause: texts.cause })
    this.code = code
    this.hint = texts.hint ?? ''
  }
}

/** True when the error says that a file can never be taken as it is, so that trying again is no use. */
export function isRefusal(error: unknown): error is AppError {
  return error instanceof AppError && RefusalCode.safeParse(error.code).success
}

/** True for the rejection of anything that was stopped through its AbortSignal. */
export function isCancel(error: unknown): boolean {
  if (error instanceof AppError) return error.code === 'CANCELLED'
  return error instanceof Error && error.name === 'AbortError'
}

/** The error as it crosses a border; what is no AppError becomes INTERNAL with `where` in its sentence. */
export function toErrorShape(error: unknown, where: string): ErrorShape {
  if (error instanceof AppError) return { code: error.code, message: error.message, hint: error.hint }
  if (isCancel(error)) return { code: 'CANCELLED', message: 'Stopped.', hint: '' }
  return { code: 'INTERNAL', message: `Something went wrong in ${where}.`, hint: 'It stands in errors.log in the library folder. Trying again may help.' }
}

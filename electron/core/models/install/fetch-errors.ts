import { AppError } from '../../errors.ts'
import { damaged } from '../model-errors.ts'

const LATER = 'Try again later: what was fetched is kept.'

/** Something that may be different the next time. */
export class PassingFailure extends Error {
  readonly error: AppError
  /** How long the server asks to wait. */
  readonly waitMs: number | null

  constructor(error: AppError, waitMs: number | null = null) {
    super(error.message, { cause: error })
    this.error = error
    this.waitMs = waitMs
  }
}

/** The server has another file now than the one that was begun: what is here is of no use. */
export class OtherFile extends Error {}

/** The server does not have it; another one may. */
export class NotHere extends Error {
  readonly error: AppError
  constructor(error: AppError) {
    super(error.message, { cause: error })
    this.error = error
  }
}

export function fetchFailed(message: string, hint = LATER, cause?: unknown): AppError {
  return new AppError('NETWORK_FAILED', { message, hint, cause })
}

export const notThere = (name: string, host: string): AppError => fetchFailed(`${host} does not have "${name}" (404).`, 'The model may have moved: look for a newer version of Scenedex, or install from a folder or an archive.')

export const aPage = (name: string, host: string): AppError => fetchFailed(
  `${host} sent a page in the place of "${name}".`, 'A network that wants you to sign in does so: open a browser, sign in, and try again. Or the address of the mirror is wrong.',
)

export const wrongSize = (name: string, sizes: { wanted: number, got: number }): AppError => damaged(
  `"${name}" has ${sizes.got} bytes where it should have ${sizes.wanted}.`, 'It is not the file that the catalog means. Look for a newer version of Scenedex, or try without the mirror.',
)

export const keepsChanging = (name: string, host: string): AppError => fetchFailed(`"${name}" changes on ${host} while it is fetched.`)

export function diskFull(folder: string, { needed, free }: { needed: number, free: number | null }, cause?: unknown): AppError {
  const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`
  return new AppError('DISK_FULL', {
    message: `The model needs ${megabytes(needed)} more (${needed} bytes), and "${folder}" has ${free === null ? 'no room' : `${megabytes(free)} free`}.`,
    hint: 'Free some space and install it again: what was fetched is kept.', cause,
  })
}

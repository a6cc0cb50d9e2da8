import { AppError } from '../errors.ts'

/** The system's name of an error, for example ENOSPC; empty when it has none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

/** An error of writing into the folder, in the product's terms; what is unknown comes back as it is. */
export function writeError(folder: string, cause: unknown): unknown {
  switch (codeOf(cause)) {
    case 'EACCES': case 'EPERM': case 'EROFS':
      return new AppError('NO_ACCESS', { message: `"${folder}" can not be written to.`, hint: 'Choose another folder, or change who may write to it.', cause })
    case 'ENOSPC': case 'EDQUOT':
      return new AppError('DISK_FULL', { message: `There is no room left in "${folder}".`, hint: 'Free some space or choose another folder.', cause })
    default: return cause
  }
}

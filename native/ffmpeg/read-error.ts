import path from 'node:path'
import { AppError } from '../../electron/core/errors.ts'

// What drives and network folders answer with, in the words of Linux, macOS and Windows.
const REASONS = [
  'Input/output error', 'Remote I/O error', 'Stale file handle', 'Stale NFS file handle', 'Connection timed out', 'Operation timed out',
  'Transport endpoint is not connected', 'Socket is not connected', 'No such device', 'No such device or address', 'Device not configured', 'Host is down', 'Network is down',
]

const BARE = /^\[(?:error|fatal)\] (.+)$/

/**
 * The reason when a line of the log (`-loglevel level+...`) says that `file` could not be read on; else null. ffmpeg takes
 * such an error for the end of the file and ends with 0. Complaints about other files (the one that is written) do not count.
 */
export function parseReadError(line: string, file: string): string | null {
  const said = BARE.exec(line)?.[1]
  if (said === undefined) return null
  return REASONS.find((reason) => said === `file:${path.resolve(file)}: ${reason}`) ?? null
}

/** The error for a file that could not be read on: its drive may be gone, nothing is known to be wrong with the video. */
export function readError(file: string, reason: string): AppError {
  return new AppError('OFFLINE', { message: `${file} could not be read to its end: ${reason}.`, hint: 'See to its drive or network folder; the work goes on from where it was.' })
}

import { AppError } from '../../electron/core/errors.ts'
import { parseReadError } from './read-error.ts'

/** ffmpeg's own exit code for "most packets did not decode". */
const TOO_MANY_ERRORS = 69
/**
 * Said by ffmpeg itself when a stream never gave anything: then it ends with 1, although nothing else is wrong. Lack of memory
 * or threads is said in the same words, so more must speak for it (`isWhole`).
 */
const NOTHING_DECODED = /^(?:\[[^\]]+ @ \w+\] )*\[(?:error|warning|fatal)\] (?:Cannot determine format of input stream|Output file is empty|Nothing was written|Error marking filters as finished|Finishing stream without any data)/
/** Whatever else was said: these are no fault of the file. */
const NO_MEANS = /^(?:\[[^\]]+ @ \w+\] )*\[(?:error|warning|fatal)\] .*(?:Cannot allocate memory|Resource temporarily unavailable|Out of memory|pthread_create)/i
const ENDED_WITH_ERROR = 1

/** What the log of a run of ffmpeg says of how it ended. */
export interface RunEnd {
  onLine(line: string): void
  /** Why the file could not be read on; null when it could. */
  readonly readError: string | null
  /** True when a run that ended with this code came to the end of the file, as far as the file lets it. */
  isWhole(code: number, gaveAnything: boolean): boolean
}

/** Listens to one run. `mayGiveNothing`: false where the file is known to have what is asked for, so that nothing and an error is no end. */
export function createRunEnd(file: string, { mayGiveNothing }: { mayGiveNothing: boolean }): RunEnd {
  const seen = { emptyOutput: false, lacksMeans: false, readError: null as string | null }
  return {
    onLine(line) {
      if (NOTHING_DECODED.test(line)) seen.emptyOutput = true
      if (NO_MEANS.test(line)) seen.lacksMeans = true
      seen.readError ??= parseReadError(line, file)
    },
    get readError() { return seen.readError },
    isWhole(code, gaveAnything) {
      if (code === 0) return true
      if (seen.lacksMeans || (!mayGiveNothing && !gaveAnything)) return false
      return code === TOO_MANY_ERRORS || (code === ENDED_WITH_ERROR && seen.emptyOutput)
    },
  }
}

/** The error for a run that broke off. */
export function brokenOff(code: number, file: string, complaint: string | null): AppError {
  return new AppError('DECODE_FAILED', {
    message: `Reading ${file} broke off (ffmpeg ended with ${code}${complaint === null ? '' : `: ${complaint}`}).`,
    hint: 'Try again; if it stays so, "scenedex doctor" tells whether ffmpeg works.',
  })
}

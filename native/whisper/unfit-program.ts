import { constants } from 'node:os'
import { AppError } from '../../electron/core/errors.ts'

/** How a program ends that meets an instruction the processor does not have: STATUS_ILLEGAL_INSTRUCTION on Windows, else SIGILL. */
const ILLEGAL_INSTRUCTION: readonly number[] = [0xC000001D, 128 + constants.signals.SIGILL]
/** What the loader of Linux says: version `GLIBC_2.36' not found (required by ...). */
const OTHER_LIBRARY = /version `\w+_[\d.]+' not found/

function madeFor(code: number, lastWords: string): string | null {
  if (ILLEGAL_INSTRUCTION.includes(code)) return 'newer processors than the one of this machine'
  return code !== 0 && OTHER_LIBRARY.test(lastWords) ? 'newer systems than this one' : null
}

/**
 * The error for a whisper-cli that ended so because it was built for other machines than this one; null for other endings.
 * TOOL_MISSING, as no other try and no other model would help.
 */
export function unfitProgram(program: string, code: number, lastWords: string): AppError | null {
  const other = madeFor(code, lastWords)
  if (other === null) return null
  return new AppError('TOOL_MISSING', {
    message: `${program} was built for ${other}.`,
    hint: 'Build whisper.cpp on this machine, and let SCENEDEX_WHISPER_CLI name the whisper-cli that comes out of it.',
  })
}

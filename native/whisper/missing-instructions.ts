import { constants } from 'node:os'
import { AppError } from '../../electron/core/errors.ts'

/** How a program ends that meets an instruction the processor does not have: STATUS_ILLEGAL_INSTRUCTION on Windows, else SIGILL. */
const ENDINGS: readonly number[] = [0xC000001D, 128 + constants.signals.SIGILL]

/**
 * The error for a whisper-cli that ended with this exit code because it was built for newer processors than the one here; null
 * for other endings. TOOL_MISSING, as no other try and no other model would help.
 */
export function missingInstructions(program: string, code: number): AppError | null {
  if (!ENDINGS.includes(code)) return null
  return new AppError('TOOL_MISSING', {
    message: `${program} was built for newer processors than the one of this machine.`,
    hint: 'Build whisper.cpp on this machine, and let SCENEDEX_WHISPER_CLI name the whisper-cli that comes out of it.',
  })
}

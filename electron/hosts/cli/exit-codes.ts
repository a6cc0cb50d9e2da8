import type { ErrorCode } from '../../contract/errors.ts'
import { RefusalCode } from '../../contract/errors.ts'

/** What the process ends with. Scripts rely on these numbers. */
export const exitCodes = { done: 0, usage: 2, someRefused: 3, toolMissing: 4, failed: 5, interrupted: 130 } as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

const usageCodes: readonly ErrorCode[] = ['USAGE', 'NOTHING_TO_DO', 'LIBRARY_NOT_A_FOLDER', 'SAME_FILE']
const missingCodes: readonly ErrorCode[] = ['TOOL_MISSING', 'MODEL_MISSING', 'NETWORK_OFF']

/** The exit code for an error that ended a command. */
export function exitCodeOf(code: ErrorCode): ExitCode {
  if (code === 'CANCELLED') return exitCodes.interrupted
  if (usageCodes.includes(code)) return exitCodes.usage
  if (missingCodes.includes(code)) return exitCodes.toolMissing
  if (RefusalCode.safeParse(code).success) return exitCodes.someRefused
  return exitCodes.failed
}

import type { Command } from 'commander'
import type { ExitCode } from './exit-codes.ts'

/** What a command file gives: a described command under `parent`, which says with `finish` how it ended. */
export type AddCommand = (parent: Command, finish: (code: ExitCode) => void) => Command

import { Command, CommanderError, Option } from 'commander'
import { AppError, toErrorShape } from '../../core/errors.ts'
import { RemoteError } from '../../rpc/client.ts'
import packageJson from '../../../package.json' with { type: 'json' }
import type { ExitCode } from './exit-codes.ts'
import { exitCodeOf, exitCodes } from './exit-codes.ts'
import { printable } from './output/text.ts'
import { doctorCommand } from './commands/doctor.ts'
import { demoCommand } from './commands/demo.ts'
import { exportCommand } from './commands/export.ts'
import { importCommand } from './commands/import.ts'
import { jobsCommand } from './commands/jobs.ts'
import { libraryCommand } from './commands/library.ts'
import { modelsCommand } from './commands/models.ts'
import { relinkCommand } from './commands/relink.ts'
import { removeCommand } from './commands/remove.ts'
import { scenesCommand } from './commands/scenes.ts'
import { searchCommand } from './commands/search.ts'
import { tagsCommand } from './commands/tags.ts'
import { timelineCommand } from './commands/timeline.ts'
import { serveCommand } from './commands/serve.ts'

const commands = [
  importCommand, libraryCommand, scenesCommand, searchCommand, tagsCommand, exportCommand, timelineCommand, jobsCommand, modelsCommand, removeCommand, relinkCommand,
  doctorCommand, demoCommand, serveCommand,
]

function shape(error: unknown): { code: ExitCode, message: string, hint: string, json: unknown } {
  const told = error instanceof RemoteError ? { code: error.code, message: error.message, hint: error.hint } : toErrorShape(error, 'the command line')
  return { code: exitCodeOf(told.code), message: told.message, hint: told.hint, json: { error: told } }
}

function report(error: unknown, asJson: boolean): ExitCode {
  const { code, message, hint, json } = shape(error)
  const expected = error instanceof AppError || error instanceof RemoteError
  // An unexpected error is a bug: the person gets a sentence, whoever mends it gets the whole.
  if (!expected && process.env['SCENEDEX_DEBUG'] !== undefined) process.stderr.write(`${error instanceof Error ? error.stack ?? error.message : String(error)}\n`)
  if (asJson) process.stdout.write(`${JSON.stringify(json)}\n`)
  process.stderr.write(`scenedex: ${printable(message)}${hint === '' ? '' : ` ${printable(hint)}`}\n`)
  return code
}

function buildProgram(finish: (code: ExitCode) => void): Command {
  const program = new Command('scenedex')
    .description('Finds any moment in your own videos, on your own machine.')
    .version(packageJson.version)
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({ outputError: (text, write) => { write(text.replace(/^error: /, 'scenedex: ')) } })
    .addHelpText('after', '\nExit codes: 0 done, 2 wrong usage, 3 some inputs refused (the rest done), 4 something needed is not installed, 5 failed, 130 stopped with Ctrl-C.\nEach command has examples: scenedex help COMMAND')
  for (const add of commands) {
    add(program, finish)
      .addOption(new Option('--library <folder>', 'the library to use (default: SCENEDEX_LIBRARY, else the platform\'s data folder)'))
      .addOption(new Option('--json', 'print one JSON value'))
      .addOption(new Option('--progress', 'with --json: events as JSON lines on stderr'))
  }
  return program
}

/** Runs one command line and gives the exit code. Prints one clear line for every error, never a stack trace. */
export async function runCommandLine(args: string[]): Promise<ExitCode> {
  let code: ExitCode = exitCodes.done
  const program = buildProgram((result) => { code = result })
  try {
    if (args.length === 0) { program.outputHelp(); return exitCodes.usage }
    await program.parseAsync(args, { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage
    return report(error, args.includes('--json'))
  }
}

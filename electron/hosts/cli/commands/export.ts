import { AppError } from '../../../core/errors.ts'
import type { AddCommand } from '../add-command.ts'
import type { ClipOptions } from '../clip-arguments.ts'
import { clipsOf, refuseNoClips, withClipOptions } from '../clip-arguments.ts'
import type { ExitCode } from '../exit-codes.ts'
import { exitCodeOf, exitCodes } from '../exit-codes.ts'
import type { ChoiceOptions } from '../export-arguments.ts'
import { choicesOf, withChoiceOptions } from '../export-arguments.ts'
import { exportText, planText } from '../output/export-text.ts'
import type { CommonOptions } from '../session.ts'
import { withSession } from '../session.ts'
import type { ErrorShape } from '../../../contract/errors.ts'

interface ExportOptions extends CommonOptions, ClipOptions, ChoiceOptions { out?: string, plan?: boolean }

function codeFor(done: number, failed: readonly { error: ErrorShape }[]): ExitCode {
  const [first] = failed
  if (first === undefined) return exitCodes.done
  return done > 0 ? exitCodes.someRefused : exitCodeOf(first.error.code)
}

async function runExport(options: ExportOptions): Promise<ExitCode> {
  refuseNoClips(options)
  const choices = choicesOf(options)
  const { out: outFolder = '', plan = false } = options
  if (outFolder === '' && !plan) throw new AppError('USAGE', { message: 'Say where to write: --out FOLDER.', hint: 'Or see with --plan what would be written.' })
  return withSession(options, 'read', async ({ client, signal, answer }) => {
    const clips = await clipsOf(options, { client, signal })
    if (plan) {
      const planned = await client.call('export.plan', { clips, ...choices }, signal)
      answer(planned, () => planText(planned))
      return codeFor(planned.clips.length, planned.problems)
    }
    const report = await client.call('export.clips', { clips, outFolder, ...choices }, signal)
    answer(report, () => exportText(report))
    return codeFor(report.files.length, report.failed)
  })
}

export const exportCommand: AddCommand = (parent, finish) => withChoiceOptions(withClipOptions(parent.command('export')
  .description('Writes scenes or spans as clips. Each is checked against the source before it gets its name; nothing is overwritten.'))
  .option('--out <folder>', 'where to write; made when it is not there')
  .option('--plan', 'only say what would be written, in which mode and why; writes nothing'))
  .addHelpText('after', `
Examples:
  scenedex export --scene 12 13 14 --out clips --captions sidecar
  scenedex export --clip holiday.mp4 1:10 1:25.5 --clip lake.mov 0 12 --out clips --json
  scenedex export --search "solar eclipse" --limit 5 --out clips --name-template "{n} {query} {video} {start}"
  scenedex export --tray --out clips --reel "Best of" --crossfade 0.5 --loudness -14
  scenedex export --scene 12 --out clips --frame 9:16 --follow --captions burned --highlight
  scenedex export --clip film.mkv 2:00 2:30 --mode copy --plan
  scenedex export --scene 12 --out clips --format gif`)
  .action(async (options: ExportOptions) => { finish(await runExport(options)) })

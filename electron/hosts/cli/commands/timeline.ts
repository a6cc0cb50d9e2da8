import { Option } from 'commander'
import type { WrittenTimeline } from '../../../contract/timelines.ts'
import { TimelineFormat } from '../../../contract/timelines.ts'
import type { AddCommand } from '../add-command.ts'
import type { ClipOptions } from '../clip-arguments.ts'
import { clipsOf, refuseNoClips, withClipOptions } from '../clip-arguments.ts'
import type { ExitCode } from '../exit-codes.ts'
import { exitCodes } from '../exit-codes.ts'
import { printable } from '../output/text.ts'
import type { CommonOptions } from '../session.ts'
import { withSession } from '../session.ts'

interface TimelineOptions extends CommonOptions, ClipOptions { format: TimelineFormat, out: string, name: string, conform?: boolean }

function writtenText({ paths, clips, frames, notes }: WrittenTimeline): string {
  return [...paths.map(printable), `    ${String(clips)} ${clips === 1 ? 'clip' : 'clips'}, ${String(frames)} frames`, ...notes.map((note) => `    Note: ${printable(note)}`)].join('\n')
}

async function runTimeline(options: TimelineOptions): Promise<ExitCode> {
  refuseNoClips(options)
  return withSession(options, 'read', async ({ client, signal, answer }) => {
    const clips = await clipsOf(options, { client, signal })
    const { format, out: outFolder, name, conform: conformVariableRate = false } = options
    const written = await client.call('export.timeline', { clips, format, outFolder, name, conformVariableRate }, signal)
    answer(written, () => writtenText(written))
    return exitCodes.done
  })
}

export const timelineCommand: AddCommand = (parent, finish) => withClipOptions(parent.command('timeline')
  .description('Writes clips as a list for an editor: the videos stay where they are, and whole.'))
  .addOption(new Option('--format <format>', 'edl (CMX 3600), fcpxml (Final Cut Pro), fcp7xml (Premiere Pro, DaVinci Resolve), otio (OpenTimelineIO), csv, youtube (chapters), llc (LosslessCut)')
    .choices(TimelineFormat.options).makeOptionMandatory())
  .requiredOption('--out <folder>', 'where to write; made when it is not there')
  .option('--name <name>', 'of the sequence, and of the file', 'Scenedex')
  .option('--conform', 'count videos whose pictures come at no constant rate at the nearest usual one; else they are refused')
  .addHelpText('after', `
Examples:
  scenedex timeline --format fcpxml --search "solar eclipse" --limit 5 --out lists
  scenedex timeline --format edl --clip holiday.mp4 1:10 1:25.5 --clip lake.mov 0 12 --out lists --name "Best of"
  scenedex timeline --format otio --tray --out lists --json`)
  .action(async (options: TimelineOptions) => { finish(await runTimeline(options)) })

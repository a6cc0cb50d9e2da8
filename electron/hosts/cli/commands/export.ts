import { Option } from 'commander'
import type { ClipSource, ExportReport } from '../../../contract/exports.ts'
import { ExportMode } from '../../../contract/export-choices.ts'
import type { SceneId } from '../../../contract/ids.ts'
import { AppError } from '../../../core/errors.ts'
import type { Client } from '../../../rpc/client.ts'
import { sceneIds, seconds, videoRef } from '../arguments.ts'
import type { AddCommand } from '../add-command.ts'
import type { ExitCode } from '../exit-codes.ts'
import { exitCodeOf, exitCodes } from '../exit-codes.ts'
import { printable, timeText } from '../output/text.ts'
import type { CommonOptions } from '../session.ts'
import { withSession } from '../session.ts'

interface ExportOptions extends CommonOptions {
  scene?: SceneId[]
  clip?: string[]
  out: string
  mode: ExportMode
  captions: 'none' | 'sidecar' | 'burned'
  reel?: string
}

async function spanOf(client: Client, [video = '', start = '', end = '']: string[]): Promise<ClipSource> {
  const found = await client.call('library.scenes', { video: videoRef(video) })
  return { kind: 'span', videoId: found.video.id, start: seconds(start), end: seconds(end) }
}

async function clipsOf(client: Client, options: ExportOptions): Promise<ClipSource[]> {
  const scenes = (options.scene ?? []).map((sceneId): ClipSource => ({ kind: 'scene', sceneId }))
  if (options.clip === undefined) return scenes
  if (options.clip.length !== 3) throw new AppError('USAGE', { message: '--clip takes a video, a start and an end.', hint: 'For example: --clip holiday.mp4 1:10 1:25.5' })
  return [...scenes, await spanOf(client, options.clip)]
}

function reportText(report: ExportReport): string {
  return [
    ...report.files.map((file) => `${printable(file.path)}\n    ${timeText(file.start)} - ${timeText(file.end)}, ${String(file.verified.frames)} frames, checked: right length, first and last picture, plays to the end`),
    ...report.failed.map(({ error }) => `failed  ${error.code}: ${printable(error.message)} ${error.hint}`.trimEnd()),
  ].join('\n')
}

function codeFor({ files, failed }: ExportReport): ExitCode {
  const [first] = failed
  if (first === undefined) return exitCodes.done
  return files.length > 0 ? exitCodes.someRefused : exitCodeOf(first.error.code)
}

async function runExport(options: ExportOptions): Promise<ExitCode> {
  if (options.reel !== undefined) throw new AppError('USAGE', { message: '--reel is not there yet.', hint: 'Export the clips one by one for now.' })
  if (options.scene === undefined && options.clip === undefined) throw new AppError('USAGE', { message: 'Say what to export: --scene ID... or --clip VIDEO START END.' })
  return withSession(options, 'read', async ({ client, signal, answer }) => {
    const clips = await clipsOf(client, options)
    const report = await client.call('export.clips', { clips, outFolder: options.out, mode: options.mode, captions: options.captions }, signal)
    answer(report, () => reportText(report))
    return codeFor(report)
  })
}

export const exportCommand: AddCommand = (parent, finish) => parent.command('export')
  .description('Writes scenes or spans as clips. Each is checked against the source before it gets its name; nothing is overwritten.')
  .option('--scene <id...>', 'scenes by their numbers', sceneIds)
  .option('--clip <video start end...>', 'a span of a video; times as 12.5, 2:03.4 or 1:02:03')
  .requiredOption('--out <folder>', 'where to write; made when it is not there')
  .addOption(new Option('--mode <mode>', 'exact: re-encoded, right to the frame (copy and smart are not there yet)').choices(ExportMode.options).default('auto'))
  .addOption(new Option('--captions <how>', 'sidecar: an .srt beside the clip (burned is not there yet)').choices(['none', 'sidecar', 'burned']).default('none'))
  .option('--reel <name>', 'all clips as one (not there yet)')
  .addHelpText('after', `
Examples:
  scenedex export --scene 12 --out clips
  scenedex export --scene 12 13 14 --out clips --captions sidecar
  scenedex export --clip holiday.mp4 1:10 1:25.5 --out clips --json`)
  .action(async (options: ExportOptions) => { finish(await runExport(options)) })

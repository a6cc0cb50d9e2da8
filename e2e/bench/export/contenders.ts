import { mkdtemp, rm } from 'node:fs/promises'
import path from 'node:path'
import type { ExportChoices } from '../../../electron/contract/export-choices.ts'
import { usualExportChoices } from '../../../electron/contract/export-choices.ts'
import type { ExportReport } from '../../../electron/contract/exports.ts'
import type { ClipLookup } from '../../../electron/core/export/clip-lookup.ts'
import type { ExportFfmpeg } from '../../../electron/core/export/clip-making.ts'
import { exportClips } from '../../../electron/core/export/export.ts'
import { toolsWith, videoId } from '../../../electron/core/export/test-library.ts'
import type { FfmpegTools } from '../../../native/ffmpeg/locate.ts'
import { inputArgument } from '../../../native/ffmpeg/locate.ts'
import { runToEnd } from '../../../native/ffmpeg/process.ts'
import type { Cost } from '../../costs.ts'
import { costOf } from '../../costs.ts'

export interface Span { start: number, end: number }

const never = new AbortController().signal
const { crf, preset } = usualExportChoices.encoding

/** What anybody would type: the same range, encoded anew with the same settings. */
export async function plainEncoding(tools: FfmpegTools, { file, span, folder }: { file: string, span: Span, folder: string }): Promise<Cost> {
  const target = path.join(folder, 'plain.mp4')
  const args = [
    '-hide_banner', '-nostdin', '-v', 'error', '-y', '-ss', String(span.start), ...inputArgument(file), '-t', String(span.end - span.start),
    '-c:v', 'libx264', '-preset', preset, '-crf', String(crf), '-c:a', 'aac', '-b:a', '192k', '-movflags', '+faststart', target,
  ]
  return costOf(async () => {
    const { code, stderr } = await runToEnd({ program: tools.ffmpeg, args, signal: never })
    if (code !== 0) throw new Error(stderr.join('\n'))
  })
}

/** ffmpeg that says how long the looks at finished clips took: what is decoded to be looked at, and what is read in the folder that is written to. */
function timed(ffmpeg: ExportFfmpeg, folder: string): { ffmpeg: ExportFfmpeg, checking: Cost } {
  const checking = { wall: 0, cpu: 0 }
  const looked = async <Value>(look: () => Promise<Value>): Promise<Value> => {
    const found: Value[] = []
    const cost = await costOf(async () => { found.push(await look()) })
    checking.wall += cost.wall
    checking.cpu += cost.cpu
    const [value] = found
    if (value === undefined) throw new Error('nothing was found')
    return value
  }
  return {
    checking,
    ffmpeg: {
      ...ffmpeg,
      probe: async (file, signal) => file.startsWith(folder) ? looked(async () => ffmpeg.probe(file, signal)) : ffmpeg.probe(file, signal),
      decodeAll: (request, signal) => looked(async () => ffmpeg.decodeAll(request, signal)),
    },
  }
}

export interface Exported { making: Cost, checking: Cost, report: ExportReport }

interface OurTools { ffmpeg: ExportFfmpeg, clips: ClipLookup }

/** Our export of some spans in one call; what checking costs apart is only true for one span. */
export async function ourExport({ ffmpeg, clips }: OurTools, spans: readonly Span[], { choices, folder }: { choices: Partial<ExportChoices>, folder: string }): Promise<Exported> {
  const outFolder = await mkdtemp(path.join(folder, 'ours-'))
  const watched = timed(ffmpeg, outFolder)
  const reports: ExportReport[] = []
  const input = { ...usualExportChoices, ...choices, clips: spans.map((span) => ({ kind: 'span' as const, videoId, ...span })), outFolder }
  const whole = await costOf(async () => { reports.push(await exportClips(input, toolsWith(clips, { ffmpeg: watched.ffmpeg }), never)) })
  await rm(outFolder, { recursive: true })
  const [report] = reports
  if (report === undefined || report.failed.length > 0) throw new Error(report?.failed.map(({ error }) => error.message).join('\n'))
  const { checking } = watched
  return { report, checking, making: { wall: whole.wall - checking.wall, cpu: whole.cpu - checking.cpu } }
}

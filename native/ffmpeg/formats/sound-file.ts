import path from 'node:path'
import type { AudioFormat } from '../../../electron/contract/export-choices.ts'
import { AppError } from '../../../electron/core/errors.ts'
import type { SoundStream } from '../../../electron/core/facts.ts'
import type { HeardFile, SoundFileJob } from '../../../electron/core/format-ports.ts'
import type { CutJob } from '../../../electron/core/ports.ts'
import type { FfmpegTools } from '../locate.ts'
import { inputArgument, SAFE_INPUT } from '../locate.ts'
import { startProcess } from '../process.ts'
import { QUIET, runPart } from '../reel/run-part.ts'
import { jumpArguments, parseComplaint } from '../run-up.ts'
import { soundFilters, soundTarget, soundToKeep } from '../sound-graph.ts'
import { listenForPeak } from '../sound-peak.ts'

type SoundOfCut = SoundFileJob<Omit<CutJob, 'target'>>

/** Sound lies up to some seconds away from the pictures it belongs to. */
const RUN_UP_SECONDS = 10
const STALL_MS = 120_000

const MUXER: Record<AudioFormat, string[]> = { m4a: ['-movflags', '+faststart', '-f', 'ipod'], mp3: ['-f', 'mp3'], wav: ['-f', 'wav'], flac: ['-f', 'flac'] }

function encoder({ format, cut }: SoundOfCut, sound: SoundStream): string[] {
  switch (format) {
    case 'm4a': return ['-c:a', 'aac', '-b:a', soundTarget(cut, sound).bitRate]
    // About 190 kbit/s: as good as MP3 gets for nearly everybody.
    case 'mp3': return ['-c:a', 'libmp3lame', '-q:a', '2']
    case 'wav': return ['-c:a', 'pcm_s16le']
    case 'flac': return ['-c:a', 'flac', '-sample_fmt', 's16']
  }
}

/** MP3 knows no more than two channels. */
function layoutFilters({ format }: SoundOfCut, { channels }: SoundStream): string[] {
  return format === 'mp3' && channels > 2 ? ['aformat=channel_layouts=stereo'] : []
}

function copied({ cut }: SoundOfCut, sound: SoundStream): string[] {
  const { timeBase } = cut.video.media.picture
  const seconds = (pts: number): string => (pts * timeBase.num / timeBase.den).toFixed(9)
  const middle = '(pts+duration/2)*tb'
  const drop = `lt(${middle}\\,${seconds(cut.startPts)})+gte(${middle}\\,${seconds(cut.endPts)})`
  return ['-map', `0:${String(sound.index)}`, '-c:a', 'copy', '-bsf:a', `noise=drop=${drop},setts=ts=round(TS-${seconds(cut.startPts)}/TB)`]
}

/** Writes the sound of a cut: by packets, or exact to the sample. Throws USAGE where there is none, and as `runPart` does. */
export async function writeSoundFile(tools: FfmpegTools, job: SoundOfCut, signal: AbortSignal): Promise<void> {
  const { cut, format } = job
  const sound = soundToKeep(cut)
  if (sound === null) throw new AppError('USAGE', { message: `"${cut.video.path}" has no sound.`, hint: 'Choose another format.' })
  const filters = [...soundFilters(cut, sound), ...layoutFilters(job, sound)]
  const encoded = (): string[] => ['-filter_complex', `[0:${String(sound.index)}]${filters.join(',')}[sound]`, '-map', '[sound]', ...encoder(job, sound)]
  const endSeconds = cut.endPts * cut.video.media.picture.timeBase.num / cut.video.media.picture.timeBase.den
  const args = [
    ...QUIET, ...SAFE_INPUT, ...jumpArguments(cut.video.media.picture, cut.startPts, RUN_UP_SECONDS),
    // Of packets nothing ends the run: they are read on to the end of the file.
    ...job.isCopied ? ['-to', (endSeconds + RUN_UP_SECONDS).toFixed(6)] : [], ...inputArgument(cut.video.path),
    ...job.isCopied ? copied(job, sound) : encoded(),
    '-map_metadata', '-1', '-map_chapters', '-1', ...MUXER[format], `file:${path.resolve(job.target)}`,
  ]
  await runPart({ program: tools.ffmpeg, args, what: 'The sound', signal })
}

const CODEC = /Stream #0:\d+.*: Audio: (\w+)/

/** Decodes a file of sound to its end: mono samples of 16 bits at 48 kHz are counted and listened to. Throws TIMED_OUT, TOOL_MISSING. */
export async function hearFile(tools: FfmpegTools, file: string, signal: AbortSignal): Promise<HeardFile> {
  const found: { codec: string | null, errors: string[], bytes: number } = { codec: null, errors: [], bytes: 0 }
  const running = startProcess({
    program: tools.ffmpeg, signal, stallMs: STALL_MS,
    args: [
      '-hide_banner', '-nostdin', '-nostats', '-loglevel', 'level+info', ...SAFE_INPUT, ...inputArgument(file), '-map', '0:a:0',
      '-af', 'aformat=sample_fmts=s16:channel_layouts=mono:sample_rates=48000', '-f', 's16le', 'pipe:1',
    ],
    onStderrLine: (line) => {
      found.codec ??= CODEC.exec(line)?.[1] ?? null
      const complaint = parseComplaint(line)
      if (complaint !== null && found.errors.length < 100) found.errors.push(complaint)
    },
  })
  running.stdout.on('data', (part: Buffer) => { found.bytes += part.length })
  const { loudest } = listenForPeak(running.stdout)
  const code = await running.finished
  if (code !== 0 && found.errors.length === 0) found.errors.push(`ffmpeg ended with ${String(code)}`)
  return { codec: found.codec ?? 'unknown', seconds: found.bytes / 2 / 48_000, peak: loudest(), errors: found.errors }
}

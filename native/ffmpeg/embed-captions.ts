import { createHash } from 'node:crypto'
import path from 'node:path'
import type { EmbedJob } from '../../electron/core/caption-ports.ts'
import { AppError } from '../../electron/core/errors.ts'
import type { FfmpegTools } from './locate.ts'
import { inputArgument, SAFE_INPUT } from './locate.ts'
import type { RunningProcess } from './process.ts'
import { startProcess } from './process.ts'
import { parseComplaint } from './run-up.ts'

const STALL_MS = 120_000
const QUIET = ['-hide_banner', '-nostdin', '-nostats', '-loglevel', 'level+error']
/** Packets as they are, hidden ones too. */
const AS_STORED = ['-c', 'copy', '-copyinkf', '-copypriorss', '1', '-copytb', '1']
/** Of either end of a list of packets: enough for some of the sound to be in it. */
const LIST_LETTERS = 100_000
const PICTURE_AND_SOUND = ['-map', '0:v', '-map', '0:a?']

interface Way { muxer: string, codec: string, options: string[] }

/** The codec of a text track that players of this container show, and the options that keep the rest as it is. */
function wayInto({ container, captions: { format }, clockDen }: EmbedJob): Way {
  switch (container) {
    case 'mp4':
    case 'mov': return { muxer: container, codec: 'mov_text', options: ['-video_track_timescale', String(clockDen), '-movflags', '+faststart'] }
    case 'mkv': return { muxer: 'matroska', codec: 'copy', options: [] }
    case 'webm':
      if (format !== 'vtt') throw new Error(`webm holds WebVTT and not ${format}`)
      return { muxer: 'webm', codec: 'copy', options: [] }
  }
}

/** The demuxer of a document; the file's name says nothing. */
const DEMUXER = { srt: 'srt', vtt: 'webvtt', ass: 'ass' }

/** QuickTime's own numbers stand for other letters of some languages: ISO 639-2/B. */
const QUICKTIME: Partial<Record<string, string>> = {
  sqi: 'alb', hye: 'arm', eus: 'baq', mya: 'bur', zho: 'chi', ces: 'cze', nld: 'dut', kat: 'geo', deu: 'ger', ell: 'gre', isl: 'ice', mkd: 'mac', mri: 'mao', msa: 'may', fas: 'per',
  ron: 'rum', slk: 'slo', bod: 'tib', cym: 'wel',
}

/** What has to be put right so that the sound is read back as it was, in its own ticks. */
interface Mending { shift: number, lastPts: number, lastExtra: number }

const UNMENDED: Mending = { shift: 0, lastPts: 0, lastExtra: 0 }

function mendingArguments({ shift, lastPts, lastExtra }: Mending): string[] {
  if (shift === 0 && lastExtra === 0) return []
  return ['-bsf:a', `setts=ts=TS+(${String(shift)}):duration=if(gte(PTS\\,${String(lastPts)})\\,DURATION+(${String(lastExtra)})\\,DURATION)`]
}

function embedArguments(job: EmbedJob, mending: Mending): string[] {
  const { muxer, codec, options } = wayInto(job)
  const language = job.container === 'mov' ? QUICKTIME[job.language] ?? job.language : job.language
  return [
    ...QUIET, '-y', '-copyts', ...SAFE_INPUT, ...inputArgument(job.clip),
    // The one input that we have written ourselves; only its format is let in.
    '-protocol_whitelist', 'file', '-format_whitelist', DEMUXER[job.captions.format], '-itsoffset', job.pictureSeconds.toFixed(6),
    '-f', DEMUXER[job.captions.format], ...inputArgument(job.captions.file),
    ...PICTURE_AND_SOUND, '-map', '1:s', ...AS_STORED, '-c:s', codec, ...mendingArguments(mending),
    '-metadata:s:s:0', `language=${language}`, '-disposition:s:0', 'default', '-map_metadata', '0', '-map_chapters', '0',
    '-avoid_negative_ts', 'disabled', '-max_interleave_delta', '0', ...options, '-f', muxer, `file:${path.resolve(job.target)}`,
  ]
}

/** Runs ffmpeg to its end; who wants what it gives listens to it. */
async function finished(running: RunningProcess, complaints: readonly string[]): Promise<void> {
  const code = await running.finished
  if (complaints.some((line) => line.includes('No space left on device'))) throw new AppError('DISK_FULL', { message: 'The disk is full.', hint: 'Free some space or choose another folder.' })
  if (code !== 0) throw new AppError('EXPORT_UNVERIFIED', { message: `The captions could not be put into the clip: ${complaints.at(-1) ?? 'ffmpeg gave no reason'}.` })
}

function start(tools: FfmpegTools, { args, extraPipes }: { args: string[], extraPipes: number }, signal: AbortSignal): { running: RunningProcess, complaints: string[] } {
  const complaints: string[] = []
  const running = startProcess({
    program: tools.ffmpeg, args, signal, stallMs: STALL_MS, extraPipes,
    onStderrLine: (line) => {
      const complaint = parseComplaint(line)
      if (complaint !== null && complaints.length < 100) complaints.push(complaint)
    },
  })
  running.stdout.resume()
  return { running, complaints }
}

/** A packet of sound: when it is heard and for how long, in ticks. */
interface SoundPacket { pts: number, duration: number }

/** What all packets of picture and sound are: times, flags and bytes, as one text to compare; and an early and the last packet of the sound. */
interface PacketSum { digest: string, early: SoundPacket | null, last: SoundPacket | null }

const SOUND_PACKET = /^1, *-?\d+, *(-?\d+), *(\d+),/gm

function soundPackets(list: string): SoundPacket[] {
  return Array.from(list.matchAll(SOUND_PACKET), ([, pts, duration]) => ({ pts: Number(pts), duration: Number(duration) }))
}

async function packetSum(tools: FfmpegTools, file: string, signal: AbortSignal): Promise<PacketSum> {
  const list = [...PICTURE_AND_SOUND, ...AS_STORED]
  const args = [...QUIET, '-copyts', ...SAFE_INPUT, ...inputArgument(file), ...list, '-f', 'framecrc', 'pipe:1', ...list, '-f', 'streamhash', '-hash', 'md5', 'pipe:3']
  const { running, complaints } = start(tools, { args, extraPipes: 1 }, signal)
  const digest = createHash('sha256')
  let beginning = ''
  let ending = ''
  let contents = ''
  running.stdout.on('data', (bytes: Buffer) => {
    const text = bytes.toString('latin1')
    digest.update(bytes)
    if (beginning.length < LIST_LETTERS) beginning += text
    ending = (ending + text).slice(-LIST_LETTERS)
  })
  for (const pipe of running.pipes) pipe.on('data', (bytes: Buffer) => { contents += bytes.toString('latin1') })
  await finished(running, complaints)
  // Not the first: what would come before 0 is written elsewhere than it should.
  const [first = null, second = first] = soundPackets(beginning)
  return { digest: `${digest.digest('hex')} ${contents}`, early: second, last: soundPackets(ending).at(-1) ?? null }
}

/**
 * Two things that ffmpeg 5.1 takes off when it reads and does not put back when it writes: what Opus in Matroska needs to get going, and, in mp4, of the last packet
 * as much as the sound begins late (both seen here, 2026-11-21).
 */
function mendingOf(before: PacketSum, after: PacketSum): Mending {
  if (before.early === null || before.last === null || after.early === null || after.last === null) return UNMENDED
  return { shift: before.early.pts - after.early.pts, lastPts: before.last.pts, lastExtra: before.last.duration - after.last.duration }
}

/**
 * Copies a clip and puts a text track beside picture and sound, shown by default. Throws EXPORT_UNVERIFIED unless the packets of picture and sound are
 * the same, byte by byte and at the same times; DISK_FULL, TIMED_OUT, TOOL_MISSING.
 */
export async function embedCaptions(tools: FfmpegTools, job: EmbedJob, signal: AbortSignal): Promise<void> {
  const before = await packetSum(tools, job.clip, signal)
  let mending = UNMENDED
  for (const isLast of [false, true]) {
    const { running, complaints } = start(tools, { args: embedArguments(job, mending), extraPipes: 0 }, signal)
    await finished(running, complaints)
    const after = await packetSum(tools, job.target, signal)
    if (after.digest === before.digest) return
    mending = mendingOf(before, after)
    if (isLast || (mending.shift === 0 && mending.lastExtra === 0)) break
  }
  throw new AppError('EXPORT_UNVERIFIED', { message: 'Picture or sound would not be the same with captions in it.' })
}

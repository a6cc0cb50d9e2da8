import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { ReelJoin } from '../../../electron/core/reel-ports.ts'
import type { FfmpegTools } from '../locate.ts'
import { inputArgument } from '../locate.ts'
import { conformClock, REEL_SOUND } from '../picture-changes/conform.ts'
import { chaptersText, listOfPieces } from './join-text.ts'
import { QUIET, runPart } from './run-part.ts'

const FILES_ONLY = ['-protocol_whitelist', 'file']

function soundInput({ sound }: ReelJoin): string[] {
  return sound === null ? [] : [...FILES_ONLY, '-format_whitelist', 'f32le', '-f', 'f32le', '-ar', String(REEL_SOUND.rateHz), '-ac', String(REEL_SOUND.channels), ...inputArgument(sound)]
}

/**
 * Joins the parts of a reel: pictures are copied and counted anew, the sound is encoded once from beginning to end, chapters are written. An mp4 with its index in front.
 * Throws as `runPart` does.
 */
export async function joinParts(tools: FfmpegTools, job: ReelJoin, signal: AbortSignal): Promise<void> {
  await writeFile(job.notes.pieces, listOfPieces(job))
  await writeFile(job.notes.chapters, chaptersText(job.chapters))
  const { ticksASecond, ticksAPicture } = conformClock(job.frameRate)
  const hasSound = job.sound !== null
  const args = [
    ...QUIET,
    ...FILES_ONLY, '-format_whitelist', 'concat,mov,mp4', '-f', 'concat', '-safe', '0', ...inputArgument(job.notes.pieces),
    ...FILES_ONLY, '-format_whitelist', 'ffmetadata', '-f', 'ffmetadata', ...inputArgument(job.notes.chapters),
    ...soundInput(job),
    '-map', '0:v', '-c:v', 'copy', '-bsf:v', `setts=ts=N*${String(ticksAPicture)}:duration=${String(ticksAPicture)}`, '-video_track_timescale', String(ticksASecond),
    ...hasSound ? ['-map', '2:a', '-c:a', 'aac', '-b:a', '192k'] : [],
    '-map_metadata:g', '-1', '-map_metadata:s', '-1', '-map_chapters', '1', '-movflags', '+faststart', '-f', 'mp4', `file:${path.resolve(job.target)}`,
  ]
  await runPart({ program: tools.ffmpeg, args, what: 'The reel', signal })
}

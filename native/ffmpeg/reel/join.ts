import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { conformClock } from '../../../electron/core/reel-clock.ts'
import type { ReelJoin } from '../../../electron/core/reel-ports.ts'
import { lastPacketFilters } from '../clip-container.ts'
import type { FfmpegTools } from '../locate.ts'
import { inputArgument, SAFE_INPUT } from '../locate.ts'
import { REEL_SOUND } from '../picture-changes/conform.ts'
import { chaptersText, listOfPieces } from './join-text.ts'
import { QUIET, runPart } from './run-part.ts'

const FILES_ONLY = ['-protocol_whitelist', 'file']

function soundInput({ sound }: ReelJoin): string[] {
  return sound === null ? [] : [...FILES_ONLY, '-format_whitelist', 'f32le', '-f', 'f32le', '-ar', String(REEL_SOUND.rateHz), '-ac', String(REEL_SOUND.channels), ...inputArgument(sound)]
}

interface PictureArguments { input: string[], output: string[] }

/** Pieces are counted anew; a track has its times, also of pictures that are decoded before their turn. */
function pictureArguments({ pictures, frameRate, notes }: ReelJoin): PictureArguments {
  if (pictures.how === 'track') {
    const filters = lastPacketFilters(pictures.last)
    return {
      input: [...SAFE_INPUT, ...inputArgument(pictures.path)],
      output: ['-copyinkf', '-copypriorss', '1', '-copytb', '1', ...filters.length === 0 ? [] : ['-bsf:v', filters.join(',')], '-strict', 'unofficial'],
    }
  }
  const { ticksAPicture } = conformClock(frameRate)
  return {
    input: [...FILES_ONLY, '-format_whitelist', 'concat,mov,mp4', '-f', 'concat', '-safe', '0', ...inputArgument(notes.pieces)],
    output: ['-bsf:v', `setts=ts=N*${String(ticksAPicture)}:duration=${String(ticksAPicture)}`],
  }
}

/**
 * Joins the parts of a reel: pictures are copied, the sound is encoded once from beginning to end, chapters are written. An mp4 with its index in front.
 * Throws as `runPart` does.
 */
export async function joinParts(tools: FfmpegTools, job: ReelJoin, signal: AbortSignal): Promise<void> {
  if (job.pictures.how === 'pieces') await writeFile(job.notes.pieces, listOfPieces(job.pictures.pieces, job.frameRate))
  await writeFile(job.notes.chapters, chaptersText(job.chapters))
  const { input, output } = pictureArguments(job)
  const hasSound = job.sound !== null
  const args = [
    ...QUIET,
    ...job.pictures.how === 'track' ? ['-copyts'] : [], ...input,
    ...FILES_ONLY, '-format_whitelist', 'ffmetadata', '-f', 'ffmetadata', ...inputArgument(job.notes.chapters),
    ...soundInput(job),
    '-map', '0:v', '-c:v', 'copy', ...output, '-video_track_timescale', String(conformClock(job.frameRate).ticksASecond),
    ...hasSound ? ['-map', '2:a', '-c:a', 'aac', '-b:a', '192k'] : [],
    '-map_metadata:g', '-1', '-map_metadata:s', '-1', '-map_chapters', '1', '-movflags', '+faststart', '-f', 'mp4', `file:${path.resolve(job.target)}`,
  ]
  await runPart({ program: tools.ffmpeg, args, what: 'The reel', signal })
}

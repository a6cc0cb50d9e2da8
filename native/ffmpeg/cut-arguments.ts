import path from 'node:path'
import type { PictureStream, SoundStream } from '../../electron/core/facts.ts'
import type { CutJob } from '../../electron/core/ports.ts'
import { clipRate, clipTicks } from './clip-clock.ts'
import { inputArgument, SAFE_INPUT } from './locate.ts'
import { colourArguments } from './output-colour.ts'
import { partEncoder } from './picture-changes/conform.ts'
import { colourOf, pictureGraph } from './picture-graph.ts'
import { soundGraph, soundTarget, soundToKeep } from './sound-graph.ts'
import type { VideoEncoder } from './video-encoder.ts'
import { X264 } from './video-encoder.ts'

/** A graph with a single input hands the turn mark of that input to the output, past all filters; one with two does not. */
function withoutSound(job: CutJob): string {
  return `[0:${job.video.media.picture.index}]nullsink`
}

/** What a player needs to know of the speed: x264 would take a clock of 90000 ticks a second for 90000 pictures a second. */
function levelHint(picture: PictureStream): string {
  const rate = Math.min(1000, Math.max(1, picture.frameRate ?? 25))
  return `fps=${Math.round(rate * 1000)}/1000`
}

/**
 * The muxer knows how long a picture is shown from the one after it; of the last one only we know. Encoder and muxer have
 * the same clock, because releases of ffmpeg differ in whose clock this filter runs on.
 */
function lastPictureFilter(job: CutJob): string {
  const last = Math.max(job.lastPts, job.startPts)
  const ticks = (pts: number): number => clipTicks(job, pts)
  return `setts=pts=PTS:dts=DTS:duration=if(gte(PTS\\,${ticks(last) - ticks(job.startPts)})\\,${ticks(job.endPts) - ticks(last)}\\,DURATION)`
}

function pictureOutput(job: CutJob, encoder: VideoEncoder): string[] {
  const { picture } = job.video.media
  const rate = clipRate(picture)
  return [
    '-fps_mode:v', 'passthrough', '-enc_time_base:v', `1:${rate}`, '-video_track_timescale', String(rate),
    ...encoder.options(job.encoding), ...encoder === X264 ? ['-x264-params', levelHint(picture)] : [],
    ...colourArguments(colourOf(job)),
    '-bsf:v', lastPictureFilter(job),
  ]
}

/** The sound goes into the clip; of a part of a reel into a file of its own. */
function soundOutput(job: CutJob, sound: SoundStream | null): { inside: string[], apart: string[] } {
  if (sound === null) return { inside: [], apart: [] }
  if (job.conform === null) return { inside: ['-map', '[sound]', '-c:a', 'aac', '-b:a', soundTarget(job, sound).bitRate], apart: [] }
  return { inside: [], apart: ['-map', '[sound]', '-c:a', 'pcm_f32le', '-f', 'f32le', `file:${path.resolve(job.conform.soundTarget ?? '')}`] }
}

/** The sound that the run writes; null for none. */
export function soundOfCut(job: CutJob): SoundStream | null {
  return job.conform !== null && job.conform.soundTarget === null ? null : soundToKeep(job)
}

/**
 * All arguments of the run that writes the clip; `jump` are the input options that say where to start reading. Small pictures of all that goes to the encoder come out of `pipe:3`,
 * the sound that is to be heard out of `pipe:4`. They end the run when nobody reads them any more, also where we were killed.
 */
export function cutArguments(job: CutJob, { jump, encoder }: { jump: string[], encoder: VideoEncoder }): string[] {
  const sound = soundOfCut(job)
  const { inside, apart } = soundOutput(job, sound)
  return [
    '-hide_banner', '-nostdin', '-nostats', '-loglevel', 'level+info', '-progress', 'pipe:1', '-stats_period', '0.2', '-y', ...encoder.device,
    ...SAFE_INPUT, ...jump, '-noautorotate', ...inputArgument(job.video.path),
    '-filter_complex', `${pictureGraph(job, encoder.upload)};${sound === null ? withoutSound(job) : soundGraph(job, sound)}`,
    '-map', '[picture]', ...job.conform === null ? pictureOutput(job, encoder) : partEncoder(job.conform, job.encoding),
    ...inside,
    '-map_metadata', '-1', '-map_chapters', '-1', '-movflags', '+faststart', '-f', 'mp4', `file:${path.resolve(job.target)}`,
    ...apart,
    '-map', '[seen]', '-fps_mode:v', 'passthrough', '-enc_time_base:v', '1:1000', '-f', 'rawvideo', 'pipe:3',
    ...sound === null ? [] : ['-map', '[heard]', '-f', 's16le', 'pipe:4'],
  ]
}

import path from 'node:path'
import type { PictureStream } from '../../electron/core/facts.ts'
import type { ClipContainer, LastPacket } from '../../electron/core/ports.ts'

const MUXER: Record<ClipContainer, string> = { mp4: 'mp4', mov: 'mov', mkv: 'matroska', webm: 'webm' }

/**
 * What Apple's players take of HEVC: parameter sets beside the pictures (hvc1). Where they stand among the pictures (hev1) it has to be said too.
 * Dolby Vision has marks of its own, which are kept.
 */
function tagOf({ codec, dynamicRange }: PictureStream, parameterSets: 'beside' | 'among'): string[] {
  if (codec !== 'hevc' || dynamicRange === 'dolby-vision') return []
  return ['-tag:v', parameterSets === 'beside' ? 'hvc1' : 'hev1']
}

/** Arguments for the file of a clip whose pictures are not touched: the clock of the source, the index in front. */
export function containerArguments(picture: PictureStream, { container, target, parameterSets }: { container: ClipContainer, target: string, parameterSets: 'beside' | 'among' }): string[] {
  const isIsoMedia = container === 'mp4' || container === 'mov'
  return [
    '-map_metadata', '-1', '-map_chapters', '-1', '-strict', 'unofficial',
    ...isIsoMedia ? [...tagOf(picture, parameterSets), '-movflags', '+faststart', '-video_track_timescale', String(picture.timeBase.den)] : ['-cues_to_front', '1', '-avoid_negative_ts', 'disabled'],
    '-f', MUXER[container], `file:${path.resolve(target)}`,
  ]
}

/** Gives the packet of the last picture its duration. Without numbers of seconds, as in clip-sound.ts. */
export function lastPacketFilters(last: LastPacket | null): string[] {
  return last === null ? [] : [`setts=pts=PTS:dts=DTS:duration=if(eq(N\\,${last.index})\\,round(DURATION*${last.stretch.toFixed(9)})\\,DURATION)`]
}

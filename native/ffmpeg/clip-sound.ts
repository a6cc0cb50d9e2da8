import type { VideoFacts } from '../../electron/core/facts.ts'
import type { ClipContainer, ClipSound } from '../../electron/core/ports.ts'
import { usualExportChoices } from '../../electron/contract/export-choices.ts'
import { soundFilters, soundTarget } from './sound-graph.ts'

/** The part of the source whose sound goes into a clip of copied pictures. */
export interface SoundOfClip { video: VideoFacts, startPts: number, endPts: number, sound: ClipSound | null, container: ClipContainer }

/**
 * Keeps the packets whose middle lies in the clip, so that the sound begins and ends at most half a block beside the picture, and counts their time from the beginning
 * of the clip. `duration` and `tb` are those of the sound's own clock.
 */
function copiedSound({ video: { media: { picture: { timeBase } } }, startPts, endPts }: SoundOfClip): string[] {
  const seconds = (pts: number): string => (pts * timeBase.num / timeBase.den).toFixed(9)
  const middle = '(pts+duration/2)*tb'
  return [
    '-c:a', 'copy',
    '-bsf:a', `noise=drop=lt(${middle}\\,${seconds(startPts)})+gte(${middle}\\,${seconds(endPts)}),setts=ts=round(TS-${seconds(startPts)}/TB)`,
  ]
}

interface SoundArguments { filter: string[], output: string[] }

/** Arguments for the sound out of the input with this number; nothing where the clip has none. */
export function clipSoundArguments(clip: SoundOfClip, input: number): SoundArguments {
  const { sound, video: { media }, container } = clip
  const stream = media.sounds.find(({ index }) => index === sound?.streamIndex)
  if (sound === null || stream === undefined) return { filter: [], output: [] }
  if (sound.how === 'copy') return { filter: [], output: ['-map', `${input}:${stream.index}`, ...copiedSound(clip)] }
  const job = { ...clip, conform: null, gain: null, fades: usualExportChoices.fades }
  const codec = container === 'webm' ? ['-c:a', 'libopus', '-b:a', '160k'] : ['-c:a', 'aac', '-b:a', soundTarget(job, stream).bitRate]
  return { filter: ['-filter_complex', `[${input}:${stream.index}]${soundFilters(job, stream).join(',')}[sound]`], output: ['-map', '[sound]', ...codec] }
}

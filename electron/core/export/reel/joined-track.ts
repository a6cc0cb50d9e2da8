import type { LastPacket } from '../../ports.ts'
import { conformClock } from '../../reel-clock.ts'
import type { MakingTools } from '../clip-making.ts'
import { stitchInto } from '../modes/stitch-track.ts'
import type { TrackFile } from '../modes/track-file.ts'
import { openTrackFile } from '../modes/track-file.ts'
import type { Joinable, JoinableClip } from './joinable.ts'

/** The pictures of a reel in a file of their own. */
export interface JoinedTrack { path: string, last: LastPacket | null, /** Of each clip. */ frames: number[] }

interface Place { firstPts: number, startFrame: number }

/** Which picture of its clip stands at a pts, from 0, at a constant rate. */
function frameAt(pts: number, { firstPts }: Pick<Place, 'firstPts'>, { clip: { plan }, frameRate }: { clip: JoinableClip } & Pick<Joinable, 'frameRate'>): number {
  const { num, den } = plan.video.facts.media.picture.timeBase
  return Math.round((pts - firstPts) * num * frameRate.num / den / frameRate.den)
}

/**
 * Writes the pictures of all clips one behind the other, each where its number says, so that clocks of several sources never add up what they round. Gives in words what
 * stands in the way where they turn out not to go together. Throws EXPORT_UNVERIFIED and what reading and encoding throw.
 */
export async function writeJoinedTrack({ clips, frameRate, picture }: Joinable, path: string, tools: MakingTools): Promise<JoinedTrack | string> {
  const { ffmpeg, choices: { encoding }, signal } = tools
  const { ticksASecond, ticksAPicture } = conformClock(frameRate)
  await using file = await openTrackFile(path, { ...picture, timeBase: { num: 1, den: ticksASecond } })
  const frames: number[] = []
  let startFrame = 0
  for (const [index, clip] of clips.entries()) {
    const place = { firstPts: clip.smart.cut.firstPts, startFrame }
    const placed: Pick<TrackFile, 'add'> = { add: async (packet) => file.add({ ...packet, pts: (place.startFrame + frameAt(packet.pts, place, { clip, frameRate })) * ticksAPicture }) }
    const onPicture = (share: number): void => { tools.progress(0.3 * (index + share) / clips.length) }
    const pts = await stitchInto(placed, { ffmpeg, encoding, signal, onPicture }, { video: clip.plan.video.facts, smart: clip.smart })
    if (pts.some((at, number) => frameAt(at, place, { clip, frameRate }) !== number)) return 'The pictures of a clip do not come at a constant rate.'
    frames.push(pts.length)
    startFrame += pts.length
  }
  const finished = await file.finish(startFrame * ticksAPicture)
  return finished === null ? 'The clips were encoded with other settings: what a decoder has to know differs.' : { path, last: finished.last, frames }
}

import type { VideoFacts } from '../facts.ts'
import { ptsToSeconds } from '../facts.ts'
import type { StageInput, StageTools } from './stage.ts'

/**
 * Where the video ends, in seconds from its first picture: its decoded end, which is that of the last scene. A first look sees key
 * frames only and may end before the video does, so that what the file claims counts too. A file that claims nothing has no limit.
 */
export function endOfVideo(video: VideoFacts, input: Pick<StageInput, 'isFirstLook'>, tools: Pick<StageTools, 'storedScenes'>): number {
  const { picture, durationSeconds } = video.media
  const decoded = tools.storedScenes().map((scene) => ptsToSeconds(picture, scene.endPts))
  const claimed = picture.durationPts === null ? durationSeconds ?? Number.MAX_SAFE_INTEGER : ptsToSeconds(picture, picture.startPts + picture.durationPts)
  if (decoded.length === 0) return claimed
  return Math.max(...decoded.slice(-1), ...input.isFirstLook ? [claimed] : [])
}

import type { Scene, ScenesOfVideo, Video } from '../../contract/videos.ts'
import { ptsToSeconds } from '../facts.ts'
import type { ReadDatabase } from '../ports.ts'
import { keyframeName } from './folder.ts'
import { scenesOf, shotsOf } from './scenes.ts'
import type { Segment } from './speech.ts'
import { partIn, segmentsOf } from './speech.ts'
import { tagsOf } from './tags.ts'
import type { VideoRecord } from './videos.ts'

function saidIn(segments: Segment[], span: { from: number, to: number }): Scene['said'] {
  return segments.flatMap((segment) => partIn(segment, span) ?? [])
}

/** Shots and scenes of a video with all that was found in them; times in seconds from the first picture. Empty before the video was probed. */
export function scenesView(db: ReadDatabase, of: VideoRecord, view: Video): ScenesOfVideo {
  if (of.media === null) return { video: view, shots: [], scenes: [] }
  const { picture } = of.media
  const seconds = (pts: number): number => ptsToSeconds(picture, pts)
  const segments = segmentsOf(db, of.id)
  const tags = tagsOf(db, of.id)
  const scenes = scenesOf(db, of.id).map((scene, index): Scene => {
    const [start, end] = [seconds(scene.startPts), seconds(scene.endPts)]
    const near = segments.filter(({ startSeconds, endSeconds }) => startSeconds < end && endSeconds >= start)
    return {
      id: scene.id, index, start, end,
      keyframe: scene.keyframePts === null ? null : { file: keyframeName(of.id, scene.keyframePts), at: seconds(scene.keyframePts) },
      motion: scene.motion, brightness: scene.brightness, colours: scene.colours,
      said: saidIn(near, { from: start, to: end }), tags: tags.get(scene.id) ?? [],
    }
  })
  const shots = shotsOf(db, of.id).map((shot) => ({ start: seconds(shot.startPts), end: seconds(shot.endPts), transition: shot.transition }))
  return { video: view, shots, scenes }
}

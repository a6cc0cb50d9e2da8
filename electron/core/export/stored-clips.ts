import type { ReadDatabase } from '../ports.ts'
import { scene, scenesOf, shotsOf } from '../store/scenes.ts'
import { segmentsIn } from '../store/speech.ts'
import { video } from '../store/videos.ts'
import type { ClipLookup } from './clip-lookup.ts'

/** What an export needs to know, from the library. */
export function storedClips(db: ReadDatabase): ClipLookup {
  return {
    scene: (id) => {
      const found = scene(db, id)
      if (found === undefined) return null
      const index = scenesOf(db, found.videoId).findIndex((other) => other.id === id)
      return { videoId: found.videoId, index, startPts: found.startPts, endPts: found.endPts }
    },
    video: (id) => {
      const found = video(db, id)
      if (found?.media == null) return null
      const { path, media, title, sizeBytes, modifiedMs, endPts } = found
      return { facts: { id, path, media }, title, sizeBytes, modifiedMs, endPts }
    },
    spoken: (id, from, to) => segmentsIn(db, id, { from, to }),
    shotStarts: (id, { startPts, endPts }) => shotsOf(db, id).map((shot) => shot.startPts).filter((pts) => pts >= startPts && pts < endPts),
  }
}

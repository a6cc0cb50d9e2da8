import type { SearchHit } from '../../contract/search.ts'
import { foundScenes } from '../store/word-index.ts'
import type { Search } from './asked-search.ts'
import { reasonsFor } from './explain.ts'
import type { Finding } from './group.ts'

function hitOf({ scene, start, end, score, evidence }: Finding, { tools, query }: Search): SearchHit {
  return {
    sceneId: scene.id, videoId: scene.videoId, path: scene.path, title: scene.title, start, end, score,
    keyframe: scene.keyframe?.file ?? null,
    reasons: evidence.flatMap((one) => reasonsFor(one, { db: tools.database, query })),
  }
}

/** The findings as a person sees them. What was removed since they were found is left out, and a video goes by the path and the title it has now. */
export function shown(found: readonly Finding[], search: Search): SearchHit[] {
  const there = foundScenes(search.tools.database, found.map(({ scene }) => scene.id))
  return found.flatMap((finding) => {
    const scene = there.get(finding.scene.id)
    return scene === undefined ? [] : [hitOf({ ...finding, scene }, search)]
  })
}

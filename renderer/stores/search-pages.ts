import type { SearchAnswer, SearchHit } from '../../electron/contract/search.ts'

/** Names a hit among the others: a scene can be in several of them. */
export function hitKey({ sceneId, start, end }: SearchHit): string {
  return `${sceneId}/${start}/${end}`
}

/** All hits that are shown, the nearest after the good ones. */
export function shownHits(answer: SearchAnswer | null): SearchHit[] {
  return answer === null ? [] : [...answer.hits, ...answer.nearest]
}

/** An answer with its next page at the end. What stands there stays as it is; a page that brings nothing new is the last one. */
export function withPage(answer: SearchAnswer, page: SearchAnswer): SearchAnswer {
  const known = new Set(answer.hits.map(hitKey))
  const fresh = page.hits.filter((hit) => !known.has(hitKey(hit)))
  return { ...answer, hits: [...answer.hits, ...fresh], more: fresh.length === 0 ? null : page.more, notes: [...new Set([...answer.notes, ...page.notes])] }
}

/** Where the hit that keys act on stands once a page came: the nearest move down, behind all hits. */
export function activeAfter(active: number, before: SearchAnswer, now: SearchAnswer): number {
  return active < before.hits.length ? active : active + now.hits.length - before.hits.length
}

/** The hits that are the last ones shown of a video which may have more: as many of it are there as an answer has at most. */
export function lastOfMany(hits: readonly SearchHit[], perVideo: number): ReadonlySet<string> {
  const counts = new Map<number, number>()
  const last = new Set<string>()
  for (const hit of hits) {
    const count = (counts.get(hit.videoId) ?? 0) + 1
    counts.set(hit.videoId, count)
    if (count === perVideo) last.add(hitKey(hit))
  }
  return last
}

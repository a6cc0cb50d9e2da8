import type { SceneId, VideoId } from '../../contract/ids.ts'
import type { FoundScene } from '../store/word-index.ts'
import type { FusedScene } from './fuse.ts'
import type { QueryNode } from './query.ts'
import type { Evidence } from './explain.ts'

/** Something found, from `start` to `end` of its video, with the evidence for it. */
export interface Finding {
  scene: FoundScene
  start: number
  end: number
  score: number
  evidence: Evidence[]
}

// Neighbours that go on for longer are not one moment any more.
const LONGEST_MERGED_SECONDS = 30
const TOUCHING_SECONDS = 0.001

/** A stable order: by score, then as a person would list them. Ids say when something was added, which is no matter. */
export function byScore(a: Pick<Finding, 'scene' | 'start' | 'score'>, b: Pick<Finding, 'scene' | 'start' | 'score'>): number {
  if (a.score !== b.score) return b.score - a.score
  if (a.scene.path !== b.scene.path) return a.scene.path < b.scene.path ? -1 : 1
  return a.start - b.start || a.scene.id - b.scene.id
}

/** The scenes as findings, the best first. */
export function findings(fused: readonly FusedScene[], scenes: ReadonlyMap<SceneId, FoundScene>, node: QueryNode): Finding[] {
  return fused.flatMap(({ id, score, parts }): Finding[] => {
    const scene = scenes.get(id)
    if (scene === undefined) return []
    const { start, end } = scene
    return [{ scene, start, end, score, evidence: [{ scene, scenes: [scene], span: { from: start, to: end }, parts, node }] }]
  }).sort(byScore)
}

/** Lets the group take the other one in, which stands right beside it. */
function join(group: Finding, other: Finding): void {
  const scenes = other.evidence.flatMap((one) => one.scenes)
  group.start = Math.min(group.start, other.start)
  group.end = Math.max(group.end, other.end)
  group.evidence = group.evidence.map((one) => ({
    ...one, scenes: [...one.scenes, ...scenes].sort((a, b) => a.start - b.start), span: { from: group.start, to: group.end },
  }))
}

/** Found by the title alone: as good as any other scene of its video. */
function isByTitleOnly({ evidence: [first] }: Finding): boolean {
  return first !== undefined && Object.keys(first.parts).every((name) => name === 'title')
}

/** Finds groups by where they begin and end: a video may have thousands. */
class Edges {
  private readonly groups = new Map<string, Finding>()

  private key({ scene: { videoId } }: Finding, seconds: number, rounding = 0): string {
    return `${videoId} ${Math.round(seconds / TOUCHING_SECONDS) + rounding}`
  }

  put(group: Finding): void {
    this.groups.set(`${this.key(group, group.start)} start`, group)
    this.groups.set(`${this.key(group, group.end)} end`, group)
  }

  remove(group: Finding): void {
    this.groups.delete(`${this.key(group, group.start)} start`)
    this.groups.delete(`${this.key(group, group.end)} end`)
  }

  /** Groups that end where it begins, or begin where it ends. */
  beside(finding: Finding): Finding[] {
    return [-1, 0, 1].flatMap((rounding) => [
      this.groups.get(`${this.key(finding, finding.start, rounding)} end`) ?? [],
      this.groups.get(`${this.key(finding, finding.end, rounding)} start`) ?? [],
    ].flat())
  }
}

/** Joins neighbouring scenes into the better one of them, and again what stands side by side then. For findings in order, which stay in order. */
function joined(found: readonly Finding[]): Finding[] {
  const edges = new Edges()
  const places = new Map<Finding, number>()
  const isOneMoment = (a: Finding, b: Finding): boolean => Math.max(a.end, b.end) - Math.min(a.start, b.start) <= LONGEST_MERGED_SECONDS
  for (const [place, finding] of found.entries()) {
    let group: Finding = { ...finding }
    places.set(group, place)
    if (isByTitleOnly(finding)) continue
    for (;;) {
      const beside: Finding[] = edges.beside(group).filter((other) => other !== group && isOneMoment(other, group))
      const [best] = beside.sort((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0))
      if (best === undefined) break
      const [into, from] = (places.get(best) ?? 0) < (places.get(group) ?? 0) ? [best, group] : [group, best]
      edges.remove(into)
      edges.remove(from)
      places.delete(from)
      join(into, from)
      group = into
    }
    edges.put(group)
  }
  return [...places].sort(([, a], [, b]) => a - b).map(([group]) => group)
}

export interface Grouped {
  groups: Finding[]
  /** How many were left out because their video has enough. */
  leftOut: number
}

/** Takes scenes in, the best first, a portion at a time. What it gave for one portion does not change by those that come later. */
export interface Grouping {
  add(found: readonly Finding[]): Grouped
}

/**
 * Joins neighbouring scenes of a portion into the better one of them, and keeps only the best few of each video, of all portions together.
 * Scenes found by their title alone are joined with nothing, and one of them stands for the video. A scene is taken once.
 */
export function grouping(perVideo: number): Grouping {
  const taken = new Set<SceneId>()
  const counts = new Map<VideoId, number>()
  const mostByTitle = perVideo === Infinity ? Infinity : 1
  return {
    add: (found) => {
      const fresh = found.filter(({ scene }) => !taken.has(scene.id))
      for (const { scene } of fresh) taken.add(scene.id)
      let leftOut = 0
      const groups = joined(fresh).filter((group) => {
        const { videoId } = group.scene
        const count = counts.get(videoId) ?? 0
        const isPlain = isByTitleOnly(group)
        const isKept = count < (isPlain ? mostByTitle : perVideo)
        if (isKept) counts.set(videoId, count + 1)
        else if (!isPlain) leftOut++
        return isKept
      })
      return { groups, leftOut }
    },
  }
}

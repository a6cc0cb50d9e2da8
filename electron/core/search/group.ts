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

/** Lets the group take the scene in. */
function join(group: Finding, { scene }: Finding): void {
  group.start = Math.min(group.start, scene.start)
  group.end = Math.max(group.end, scene.end)
  group.evidence = group.evidence.map((one) => ({
    ...one, scenes: [...one.scenes, scene].sort((a, b) => a.start - b.start), span: { from: group.start, to: group.end },
  }))
}

function isNeighbour(group: Finding, { start, end }: Finding): boolean {
  if (isByTitleOnly(group)) return false
  const touches = Math.abs(group.end - start) < TOUCHING_SECONDS || Math.abs(group.start - end) < TOUCHING_SECONDS
  return touches && Math.max(group.end, end) - Math.min(group.start, start) <= LONGEST_MERGED_SECONDS
}

export interface Grouped {
  groups: Finding[]
  /** How many were left out because their video has enough. */
  leftOut: number
}

/** Found by the title alone: as good as any other scene of its video. */
function isByTitleOnly({ evidence: [first] }: Finding): boolean {
  return first !== undefined && Object.keys(first.parts).every((name) => name === 'title')
}

/**
 * Joins neighbouring scenes into the better one of them, and keeps only the best few of each video. For findings in order.
 * Scenes found by their title alone are joined with nothing, and one of them stands for the video.
 */
export function grouped(found: readonly Finding[], perVideo: number): Grouped {
  const groupsOf = new Map<VideoId, Finding[]>()
  const groups: Finding[] = []
  const perVideoByTitle = perVideo === Infinity ? Infinity : 1
  let leftOut = 0
  for (const finding of found) {
    const known = groupsOf.get(finding.scene.videoId) ?? []
    groupsOf.set(finding.scene.videoId, known)
    const isPlain = isByTitleOnly(finding)
    const neighbour = isPlain ? undefined : known.find((group) => isNeighbour(group, finding))
    if (neighbour !== undefined) {
      join(neighbour, finding)
    } else if (known.length < (isPlain ? perVideoByTitle : perVideo)) {
      const group = { ...finding }
      known.push(group)
      groups.push(group)
    } else if (!isPlain) {
      leftOut++
    }
  }
  return { groups, leftOut }
}

import { setImmediate } from 'node:timers/promises'
import type { SceneId, VideoId } from '../../contract/ids.ts'
import type { KnownExample } from '../../contract/search-worker.ts'
import type { Reason, SearchAnswer, SearchHit } from '../../contract/search.ts'
import { AppError } from '../errors.ts'
import type { Clock, ReadDatabase } from '../ports.ts'
import type { FoundScene } from '../store/word-index.ts'
import { foundScenes } from '../store/word-index.ts'
import type { ListName } from './fuse.ts'
import { fuse } from './fuse.ts'
import { byScore } from './group.ts'
import type { Likeness } from './likeness.ts'
import { looksLike } from './similar-looks.ts'
import { saysLike } from './similar-words.ts'

export interface SimilarTools { database: ReadDatabase, clock: Pick<Clock, 'monotonic'> }

const PER_VIDEO = 5
const TOUCHING_SECONDS = 0.001

function isSelfOrNext(other: FoundScene, self: FoundScene): boolean {
  if (other.videoId !== self.videoId) return false
  return other.id === self.id || Math.abs(other.start - self.end) < TOUCHING_SECONDS || Math.abs(other.end - self.start) < TOUCHING_SECONDS
}

function hitOf(scene: FoundScene, score: number, reasons: Reason[]): SearchHit {
  return {
    sceneId: scene.id, videoId: scene.videoId, path: scene.path, title: scene.title, start: scene.start, end: scene.end, score,
    keyframe: scene.keyframe?.file ?? null, reasons: reasons.sort((a, b) => b.score - a.score),
  }
}

interface Found { scene: FoundScene, start: number, score: number, parts: Partial<Record<ListName, number>> }

function firstOfEach(found: readonly Found[], limit: number): Found[] {
  const counts = new Map<VideoId, number>()
  return found.filter(({ scene: { videoId } }) => {
    counts.set(videoId, (counts.get(videoId) ?? 0) + 1)
    return (counts.get(videoId) ?? 0) <= PER_VIDEO
  }).slice(0, limit)
}

/**
 * Scenes that look or sound like one, that one and its direct neighbours left out. Looks are a picture model's where the scene
 * was seen by one, else colours, brightness and motion. Throws NOTHING_TO_DO for a scene that is not there.
 */
export async function similarScenes(asked: { like: KnownExample, limit: number }, { database: db, clock }: SimilarTools, signal: AbortSignal): Promise<SearchAnswer> {
  const begun = clock.monotonic()
  if (asked.like.kind !== 'scene') throw new AppError('INTERNAL', { message: 'Only scenes can be compared so far.' })
  const { scene: asking } = asked.like
  const self = foundScenes(db, [asking]).get(asking)
  if (self === undefined) throw new AppError('NOTHING_TO_DO', { message: 'The scene is not there any more.', hint: 'Its video was removed or read anew. Search again.' })
  const { looks, notes } = looksLike(db, self)
  await setImmediate()
  signal.throwIfAborted()
  const words = saysLike(db, self)
  const lists: { name: ListName, weight: number, found: Likeness[] }[] = [{ name: 'seen', weight: 1, found: looks }, { name: 'said', weight: 1, found: words }]
  const scenes = foundScenes(db, lists.flatMap(({ found }) => found.map(({ id }) => id)))
  const ranked = lists.map((list) => ({ ...list, found: list.found.map(({ id }, at) => ({ id, strength: -at })) }))
  const fused = fuse(ranked).flatMap(({ id, score, parts }): Found[] => {
    const scene = scenes.get(id)
    return scene === undefined || isSelfOrNext(scene, self) ? [] : [{ scene, start: scene.start, score, parts }]
  }).sort(byScore)
  const likenesses = (id: SceneId): { likeness: Likeness, name: ListName }[] =>
    lists.flatMap(({ name, found }) => found.filter((one) => one.id === id).map((likeness) => ({ likeness, name })))
  const isGood = ({ scene }: Found): boolean => likenesses(scene.id).some(({ likeness }) => likeness.isGood)
  const show = (found: Found[]): SearchHit[] => firstOfEach(found, asked.limit).map(({ scene, score, parts }) =>
    hitOf(scene, score, likenesses(scene.id).map(({ likeness, name }) => likeness.reason(parts[name] ?? 0))))
  const [good, rest] = [fused.filter(isGood), fused.filter((found) => !isGood(found))]
  return {
    query: '', tookMs: clock.monotonic() - begun, nothingGood: good.length === 0, hits: show(good), more: null, nearest: good.length === 0 ? show(rest) : [], notes,
  }
}

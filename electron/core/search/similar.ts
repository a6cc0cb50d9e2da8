import type { SceneId, VideoId } from '../../contract/ids.ts'
import type { KnownExample } from '../../contract/search-example.ts'
import type { Reason, SearchAnswer, SearchHit } from '../../contract/search.ts'
import { AppError } from '../errors.ts'
import type { Clock, ReadDatabase } from '../ports.ts'
import { sceneShownAt } from '../store/similar-scenes.ts'
import type { FoundScene } from '../store/word-index.ts'
import { foundScenes } from '../store/word-index.ts'
import { breathe } from './asked-search.ts'
import type { ListName } from './fuse.ts'
import { fuse, rankPoints } from './fuse.ts'
import { byScore } from './group.ts'
import type { Likeness } from './likeness.ts'
import { colouredLike } from './similar-colours.ts'
import type { LookTools } from './similar-looks.ts'
import { looksLike } from './similar-looks.ts'
import { saysLike } from './similar-words.ts'

export interface SimilarTools extends LookTools { clock: Pick<Clock, 'monotonic'> }

export interface SimilarAsked { like: KnownExample, limit: number }

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

interface Listed { name: ListName, found: Likeness[] }

/** What is asked for and where it is from: null for a picture of whoever knows where, and where nothing is known of that time of the video. */
function selfOf(db: ReadDatabase, { from }: KnownExample): FoundScene | null {
  if (from.kind === 'picture') return null
  const id = from.kind === 'scene' ? from.scene : sceneShownAt(db, from.video, from.atSeconds)
  const self = id === null ? undefined : foundScenes(db, [id]).get(id)
  if (self === undefined && from.kind === 'scene') throw new AppError('NOTHING_TO_DO', { message: 'The scene is not there any more.', hint: 'Its video was removed or read anew. Search again.' })
  return self ?? null
}

/** What is like the example, list by list. */
async function alike(asked: SimilarAsked, { self, tools, notes }: { self: FoundScene | null, tools: SimilarTools, notes: string[] }, signal: AbortSignal): Promise<Listed[]> {
  const { like, limit } = asked
  const looks = await looksLike(like, { self, tools, wanted: { limit, perVideo: PER_VIDEO } }, signal)
  await breathe(signal)
  if (looks === null) {
    if (self === null) throw new AppError('NOTHING_TO_DO', { message: 'Nothing is known of this moment yet.', hint: 'Wait until its video was looked at.' })
    notes.push('Compared by colours, brightness and motion: no picture model has seen this scene.')
  }
  const seen: Listed = { name: 'seen', found: looks ?? (self === null ? [] : colouredLike(tools.database, self)) }
  // Who asks with a picture wants what looks like it, whatever is said there.
  return like.from.kind === 'scene' && self !== null ? [seen, { name: 'said', found: saysLike(tools.database, self) }] : [seen]
}

/**
 * Scenes that look like an example, or sound like it where it is a scene; that one and its direct neighbours left out. Looks are a picture model's where it was
 * seen by one, else colours, brightness and motion. Throws NOTHING_TO_DO for a scene that is not there.
 */
export async function similarScenes(asked: SimilarAsked, tools: SimilarTools, signal: AbortSignal): Promise<SearchAnswer> {
  const { database: db, clock } = tools
  const begun = clock.monotonic()
  const self = selfOf(db, asked.like)
  const notes = [...asked.like.notes]
  const lists = await alike(asked, { self, tools, notes }, signal)
  const scenes = foundScenes(db, lists.flatMap(({ found }) => found.map(({ id }) => id)))
  const ranked = lists.map(({ name, found }) => ({ name, weight: 1, found: found.map(({ id }, at) => ({ id, strength: rankPoints(at + 1, found.length) })) }))
  const fused = fuse(ranked).flatMap(({ id, score, parts }): Found[] => {
    const scene = scenes.get(id)
    return scene === undefined || (self !== null && isSelfOrNext(scene, self)) ? [] : [{ scene, start: scene.start, score, parts }]
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

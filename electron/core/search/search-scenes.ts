import { setImmediate } from 'node:timers/promises'
import type { SceneId } from '../../contract/ids.ts'
import type { SearchAnswer, SearchHit, SearchInput } from '../../contract/search.ts'
import type { Clock, PictureModel, ReadDatabase } from '../ports.ts'
import { vectorCount } from '../store/vectors.ts'
import { foundScenes } from '../store/word-index.ts'
import { reasonsFor } from './explain.ts'
import { fuse } from './fuse.ts'
import type { Finding, Grouped } from './group.ts'
import { findings, grouped } from './group.ts'
import { parseQuery } from './parse.ts'
import type { Prepared } from './prepare.ts'
import { prepared } from './prepare.ts'
import type { QueryNode } from './query.ts'
import { hasThen, wantedNodes } from './query.ts'
import { hasWords, relaxed } from './relax.ts'
import type { Retrieval } from './retrieve.ts'
import { isListing, nearestPictures, pictureTexts, retrieve } from './retrieve.ts'
import { sequences } from './sequence.ts'
import { passage, spokenIn } from './spoken.ts'

/** Turns the text of a query into a vector that pictures can be compared with. */
export type QueryEncoder = Pick<PictureModel, 'id' | 'encodeText'>

export interface SearchTools {
  database: ReadDatabase
  clock: Pick<Clock, 'monotonic'>
  /** Asked only where it is of use. Gives null when none is installed. */
  queryEncoder: () => Promise<QueryEncoder | null>
  /** The least similarity of a picture that counts as found with a model; null while nobody knows it: then the nearest count. */
  pictureBar: (model: string) => number | null
}

// So many hits of one video are enough where several are searched.
const PER_VIDEO = 5
// With fewer hits than this, what has only some of the words is worth a look.
const FEW_HITS = 3
const FIRST_DEPTH = 300
const DEEPEST = 20_000
const SEQUENCE_DEPTH = 5000
// Without a bar, pictures further down are there only because something has to be.
const MOST_PICTURES = 100

interface Search {
  input: SearchInput
  tools: SearchTools
  signal: AbortSignal
  query: Prepared
  notes: string[]
}

/** Lets a cancel come in, and stops if one has. */
async function breathe(signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  await setImmediate()
  signal.throwIfAborted()
}

async function encoderFor(node: QueryNode | null, { database, queryEncoder }: SearchTools): Promise<QueryEncoder | null> {
  if (node === null || pictureTexts(node).length === 0) return null
  const encoder = await queryEncoder()
  return encoder !== null && vectorCount(database, { model: encoder.id, modality: 'picture' }) > 0 ? encoder : null
}

async function lookAtPictures(node: QueryNode, encoder: QueryEncoder, { tools, signal, query }: Search): Promise<void> {
  const bar = tools.pictureBar(encoder.id)
  for (const text of pictureTexts(node)) {
    const vector = await encoder.encodeText(text, signal)
    await breathe(signal)
    const near = nearestPictures(tools.database, { node, query, model: encoder.id, vector, limit: MOST_PICTURES })
    query.pictures.set(text, bar === null ? near : near.filter(({ similarity }) => similarity >= bar))
  }
}

function retrievalOf({ input, tools, query }: Search, depth: number, perVideo: number): Retrieval {
  return { db: tools.database, query, weights: input.weights, depth, perVideo: Math.min(perVideo, depth) }
}

function perVideoFor(node: QueryNode): number {
  const isOfOne = wantedNodes(node).some((part) => part.kind === 'filter' && part.filter.kind === 'video')
  return isOfOne || isListing(node) ? Infinity : PER_VIDEO
}

/** Scenes that match, neighbours joined. Looks further down the lists until there are enough hits or no more scenes. */
async function matching(node: QueryNode, search: Search): Promise<Grouped> {
  const { tools: { database }, input: { limit }, signal } = search
  const perVideo = perVideoFor(node)
  for (let depth = Math.max(FIRST_DEPTH, limit * 2); ; depth *= 8) {
    await breathe(signal)
    const lists = retrieve(node, retrievalOf(search, depth, perVideo))
    await breathe(signal)
    const fused = fuse(lists)
    const found = findings(fused, foundScenes(database, fused.map(({ id }) => id)), node)
    const result = isListing(node) ? { groups: found, leftOut: 0 } : grouped(found, perVideo)
    const isMore = lists.some(({ ids }) => ids.length >= depth)
    if (result.groups.length >= limit || !isMore || depth >= DEEPEST) return result
  }
}

async function inSequence(node: QueryNode, search: Search): Promise<Grouped> {
  await breathe(search.signal)
  const found = sequences(node, retrievalOf(search, SEQUENCE_DEPTH, Infinity))
  const perVideo = perVideoFor(node)
  const counts = new Map<number, number>()
  const groups = found.filter(({ scene: { videoId } }) => {
    counts.set(videoId, (counts.get(videoId) ?? 0) + 1)
    return (counts.get(videoId) ?? 0) <= perVideo
  })
  return { groups, leftOut: found.length - groups.length }
}

/** Neighbouring scenes that have all the words only together: a cut went through what was said. */
function isAcrossCuts({ scene, start, end, evidence }: Finding, node: QueryNode, { query, tools }: Search): boolean {
  if ((evidence[0]?.scenes.length ?? 0) < 2) return false
  const said = spokenIn(tools.database, scene.videoId, { from: start, to: end })
  return hasWords(node, { said, title: passage([{ text: scene.title, start, end }]) }, query)
}

function asAnswerTo(finding: Finding, node: QueryNode): Finding {
  return { ...finding, evidence: finding.evidence.map((one) => ({ ...one, node })) }
}

/** What has only some of the words, and what has all of them only with its neighbour. */
async function nearly(node: QueryNode, hits: Finding[], search: Search): Promise<{ acrossCuts: Finding[], nearest: Finding[], easier: Search }> {
  const loose = relaxed(node)
  const easier: Search = { ...search, query: { ...prepared(search.tools.database, loose, { canBeSeen: true, notes: [] }), pictures: search.query.pictures } }
  const { groups } = await matching(loose, easier)
  const known = new Set(hits.flatMap(sceneIds))
  const others = groups.filter((group) => !sceneIds(group).some((id) => known.has(id)))
  const whole = new Set(hasThen(node) ? [] : others.filter((finding) => isAcrossCuts(finding, node, search)))
  return {
    acrossCuts: [...whole].map((finding) => ({ ...finding, evidence: finding.evidence.map((one) => ({ ...one, node })) })),
    nearest: others.filter((finding) => !whole.has(finding)),
    easier,
  }
}

function sceneIds({ evidence }: Finding): SceneId[] {
  return evidence.flatMap(({ scenes }) => scenes.map(({ id }) => id))
}

function hitOf({ scene, start, end, score, evidence }: Finding, { tools, query }: Search): SearchHit {
  return {
    sceneId: scene.id, videoId: scene.videoId, path: scene.path, title: scene.title, start, end, score,
    keyframe: scene.keyframe?.file ?? null,
    reasons: evidence.flatMap((one) => reasonsFor(one, { db: tools.database, query })),
  }
}

function noteFewHits(hits: Finding[], nearest: Finding[], { notes }: Search): void {
  if (nearest.length === 0) return
  if (hits.length === 0) notes.push('Nothing has all of it. What comes nearest has some of it.')
  else notes.push(`Only ${hits.length === 1 ? 'one hit has' : `${hits.length} hits have`} all of it. What comes nearest has some of it.`)
}

async function answered(node: QueryNode, search: Search): Promise<Pick<SearchAnswer, 'hits' | 'nearest' | 'nothingGood'>> {
  const { input: { limit }, notes } = search
  const { groups, leftOut } = hasThen(node) ? await inSequence(node, search) : await matching(node, search)
  if (leftOut > 0) notes.push(`At most ${PER_VIDEO} hits of a video are shown. in: and its title shows all of one.`)
  const show = (found: Finding[], by: Search): SearchHit[] => found.slice(0, limit).map((finding) => hitOf(finding, by))
  if (groups.length >= FEW_HITS || isListing(node)) return { hits: show(groups, search), nearest: [], nothingGood: groups.length === 0 }
  const { acrossCuts, nearest, easier } = await nearly(node, groups, search)
  const hits = [...groups, ...acrossCuts]
  noteFewHits(hits, nearest, search)
  return { hits: show(hits, search), nearest: show(nearest, easier), nothingGood: hits.length === 0 }
}

/** Answers any query. Throws only when it is stopped, or when the library fails. */
export async function searchScenes(input: SearchInput, tools: SearchTools, signal: AbortSignal): Promise<SearchAnswer> {
  const begun = tools.clock.monotonic()
  signal.throwIfAborted()
  const { node: asked, notes } = parseQuery(input.query)
  const encoder = await encoderFor(asked, tools)
  const query = prepared(tools.database, asked, { canBeSeen: encoder !== null, notes })
  const search: Search = { input, tools, signal, query, notes }
  const { node } = query
  if (node !== null && encoder !== null) await lookAtPictures(node, encoder, search)
  const found = node === null ? { hits: [], nearest: [], nothingGood: true } : await answered(node, search)
  return { query: input.query, tookMs: tools.clock.monotonic() - begun, ...found, notes }
}

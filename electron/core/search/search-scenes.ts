import { setImmediate } from 'node:timers/promises'
import type { SceneId } from '../../contract/ids.ts'
import type { SearchAnswer, SearchHit, SearchInput } from '../../contract/search.ts'
import type { Clock, ReadDatabase } from '../ports.ts'
import type { Modality } from '../store/vector-index.ts'
import { foundScenes } from '../store/word-index.ts'
import type { Answering, QueryEncoders } from './answering.ts'
import { orNote, whoAnswers } from './answering.ts'
import { overallFilters } from './compile.ts'
import { reasonsFor } from './explain.ts'
import { fuse } from './fuse.ts'
import type { Finding, Grouped } from './group.ts'
import { findings, grouped } from './group.ts'
import { nearestToTexts } from './nearest.ts'
import { parseQuery } from './parse.ts'
import type { NearScenes, Prepared } from './prepare.ts'
import { prepared } from './prepare.ts'
import type { QueryNode } from './query.ts'
import { hasThen, wantedNodes, wantedWords } from './query.ts'
import { relaxed, wholeAcrossCuts } from './relax.ts'
import type { Retrieval } from './retrieve.ts'
import { isListing, meaningTexts, pictureTexts, retrieve } from './retrieve.ts'
import { sequences } from './sequence.ts'
import type { VectorSearch } from './vector-search.ts'

export interface SearchTools {
  database: ReadDatabase
  clock: Pick<Clock, 'monotonic'>
  /** Asked only where they are of use. */
  encoders: QueryEncoders
  vectors: VectorSearch
  /** The least similarity of a picture that counts as found with a model; null while nobody knows it: then the nearest count. */
  pictureBar: (model: string) => number | null
}

// With fewer hits than this, what has only some of the words is worth a look.
const FEW_HITS = 3
const FIRST_DEPTH = 300
const DEEPEST = 20_000
const SEQUENCE_DEPTH = 5000
// Without a bar, what is further down is there only because something has to be.
const MOST_NEAR = 100
// A cautious guess until it is measured for each model: passages with less have hardly anything to do with the query.
const LEAST_MEANING = 0.35
// Of what has only some of the words, the best are looked at for the others beyond a cut.
const MOST_LOOKED_ACROSS = 100

interface Search {
  input: SearchInput
  tools: SearchTools
  signal: AbortSignal
  query: Prepared
  notes: string[]
  /** There is a bar for the pictures of the models. */
  isJudged: boolean
}

const nobody: Answering = { models: [], unanswered: 0 }

/** Lets a cancel come in, and stops if one has. */
async function breathe(signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  await setImmediate()
  signal.throwIfAborted()
}

interface Asking { tools: SearchTools, notes: string[] }

function noteUnanswered(modality: Modality, { unanswered }: Answering, notes: string[]): void {
  if (unanswered === 0) return
  const videos = unanswered === 1 ? '1 video was' : `${unanswered} videos were`
  notes.push(modality === 'picture' ? `${videos} looked at by a model that is not installed any more.` : `${videos} read by a text model that is not installed any more.`)
}

async function answeringFor(modality: Modality, texts: readonly string[], { tools: { database, encoders }, notes }: Asking): Promise<Answering> {
  if (texts.length === 0) return nobody
  const answering = await orNote(whoAnswers(database, modality, encoders), notes, nobody)
  noteUnanswered(modality, answering, notes)
  return answering
}

/** What comes near to the texts of the query without having its words. */
async function lookAround(node: QueryNode, answering: Record<Modality, Answering>, { tools: { vectors, pictureBar }, query, signal, notes }: Search): Promise<NearScenes> {
  const asked = { vectors, filters: overallFilters(node, query), limit: MOST_NEAR, notes }
  return {
    pictures: await nearestToTexts({ ...asked, modality: 'picture', texts: pictureTexts(node), answering: answering.picture, bar: pictureBar }, signal),
    passages: await nearestToTexts({ ...asked, modality: 'text', texts: meaningTexts(node), answering: answering.text, bar: () => LEAST_MEANING }, signal),
  }
}

function retrievalOf({ input, tools, query }: Search, depth: number, perVideo: number): Retrieval {
  return { db: tools.database, query, weights: input.weights, depth, perVideo: Math.min(perVideo, depth), notes: new Set() }
}

function perVideoFor(node: QueryNode, { perVideo }: SearchInput): number {
  const isOfOne = wantedNodes(node).some((part) => part.kind === 'filter' && part.filter.kind === 'video')
  return isOfOne || isListing(node) ? Infinity : perVideo ?? Infinity
}

/** Scenes that match, neighbours joined. Looks further down the lists until there are enough hits or no more scenes. */
async function matching(node: QueryNode, search: Search): Promise<Grouped> {
  const { tools: { database }, input: { limit }, signal } = search
  const perVideo = perVideoFor(node, search.input)
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
  const retrieval = retrievalOf(search, SEQUENCE_DEPTH, Infinity)
  const found = sequences(node, retrieval)
  search.notes.push(...retrieval.notes)
  const perVideo = perVideoFor(node, search.input)
  const counts = new Map<number, number>()
  const groups = found.filter(({ scene: { videoId } }) => {
    counts.set(videoId, (counts.get(videoId) ?? 0) + 1)
    return (counts.get(videoId) ?? 0) <= perVideo
  })
  return { groups, leftOut: found.length - groups.length }
}

/** True for what was found by the words themselves. */
function isWorded({ evidence }: Finding): boolean {
  return evidence.some(({ parts }) => parts.said !== undefined || parts.title !== undefined)
}

/** What has only some of the words, and what has all of them only with its neighbour. */
async function nearly(node: QueryNode, groups: Finding[], search: Search): Promise<{ acrossCuts: Finding[], nearest: Finding[], easier: Search }> {
  const loose = relaxed(node)
  const easier: Search = { ...search, query: { ...prepared(search.tools.database, loose, { canBeSeen: true, notes: [] }), near: search.query.near } }
  const found = await matching(loose, easier)
  const isNew = (known: Finding[]) => (group: Finding): boolean => !known.some((hit) => sceneIds(hit).some((id) => sceneIds(group).includes(id)))
  // What means about the same may have the words with its neighbour.
  const others = found.groups.filter(isNew(groups.filter(isWorded)))
  const whole = others.map((group, at) => at >= MOST_LOOKED_ACROSS ? null : wholeAcrossCuts(group, node, { db: search.tools.database, query: search.query }))
  return { acrossCuts: whole.filter((finding) => finding !== null), nearest: others.filter((_, at) => whole[at] === null).filter(isNew(groups)), easier }
}

/** What has all the words only with its neighbour comes after what has them by itself, and before what has them not. */
function withAcrossCuts(groups: Finding[], acrossCuts: Finding[]): Finding[] {
  const taken = new Set(acrossCuts.flatMap(sceneIds))
  const rest = groups.filter((group) => isWorded(group) || !sceneIds(group).some((id) => taken.has(id)))
  const place = rest.findLastIndex(isWorded) + 1
  return [...rest.slice(0, place), ...acrossCuts, ...rest.slice(place)]
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

/** Something is always the nearest: without a bar it must be said that nobody has looked at how near that is. */
function noteUnjudged(groups: Finding[], { notes, isJudged }: Search): void {
  const names = new Set(groups.flatMap(({ evidence }) => evidence.flatMap(({ parts }) => Object.keys(parts))))
  const isOnly = (...only: string[]): boolean => names.size > 0 && [...names].every((name) => only.includes(name))
  if (isOnly('meaning', 'order')) {
    if (names.has('meaning')) notes.push('No words match: this is what comes nearest in its meaning, good or not.')
  } else if (isOnly('seen', 'order')) {
    if (!isJudged) notes.push('No words match: these are the pictures that come nearest, good or not.')
  } else if (isOnly('meaning', 'seen', 'order')) {
    notes.push('No words match: this is what comes nearest in its meaning or its looks, good or not.')
  }
}

async function answered(node: QueryNode, search: Search): Promise<Pick<SearchAnswer, 'hits' | 'nearest' | 'nothingGood'>> {
  const { input: { limit, perVideo }, notes } = search
  const { groups, leftOut } = hasThen(node) ? await inSequence(node, search) : await matching(node, search)
  if (leftOut > 0) notes.push(`At most ${perVideo} hits of a video are shown. in: and its title shows all of one.`)
  const show = (found: Finding[], by: Search): SearchHit[] => found.slice(0, limit).map((finding) => hitOf(finding, by))
  if (isListing(node) || groups.filter(isWorded).length >= FEW_HITS || (groups.length >= FEW_HITS && wantedWords(node).length === 0)) {
    noteUnjudged(groups, search)
    return { hits: show(groups, search), nearest: [], nothingGood: groups.length === 0 }
  }
  const { acrossCuts, nearest, easier } = await nearly(node, groups, search)
  const hits = withAcrossCuts(groups, acrossCuts)
  noteUnjudged(hits, search)
  if (hits.length >= FEW_HITS) return { hits: show(hits, search), nearest: [], nothingGood: false }
  noteFewHits(hits, nearest, search)
  return { hits: show(hits, search), nearest: show(nearest, easier), nothingGood: hits.length === 0 }
}

/** Answers any query. Throws only when it is stopped, or when the library fails. */
export async function searchScenes(input: SearchInput, tools: SearchTools, signal: AbortSignal): Promise<SearchAnswer> {
  const begun = tools.clock.monotonic()
  signal.throwIfAborted()
  const { node: asked, notes } = parseQuery(input.query)
  const asking = { tools, notes }
  const answering = {
    picture: await answeringFor('picture', asked === null ? [] : pictureTexts(asked), asking),
    text: await answeringFor('text', asked === null || input.weights.meaning === 0 ? [] : meaningTexts(asked), asking),
  }
  const query = prepared(tools.database, asked, { canBeSeen: answering.picture.models.length > 0, notes })
  const isJudged = answering.picture.models.every(({ encoder }) => tools.pictureBar(encoder.id) !== null)
  const search: Search = { input, tools, signal, query, notes, isJudged }
  const { node } = query
  if (node !== null) query.near = await lookAround(node, answering, search)
  const found = node === null ? { hits: [], nearest: [], nothingGood: true } : await answered(node, search)
  return { query: input.query, tookMs: tools.clock.monotonic() - begun, ...found, more: null, notes }
}

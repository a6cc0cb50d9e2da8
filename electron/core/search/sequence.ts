import type { SceneId, VideoId } from '../../contract/ids.ts'
import { foundScenes, scenesThatFit } from '../store/word-index.ts'
import { breathe } from './asked-search.ts'
import { conditionOf } from './compile.ts'
import { wordMatches } from './explain.ts'
import { fuse } from './fuse.ts'
import type { Finding } from './group.ts'
import { byScore, findings } from './group.ts'
import type { QueryNode } from './query.ts'
import { hasThen, joined, wantedWords } from './query.ts'
import type { Retrieval } from './retrieve.ts'
import { retrieve } from './retrieve.ts'
import { spokenIn, timesOf } from './spoken.ts'

type Then = Extract<QueryNode, { kind: 'then' }>

// Times of neighbouring words are the same number, computed twice.
const SAME_SECONDS = 0.001
// What is looked at in between a cancel is heard.
const VIDEOS_AT_ONCE = 8

/** When in its scene a finding is said: each time one word is said, or once from the first of several words to the last. The whole scene where it is not by words. */
function saidMoments(finding: Finding, node: QueryNode, { db, query }: Retrieval): Finding[] {
  const { scene, evidence } = finding
  const text = spokenIn(db, scene.videoId, { from: scene.start, to: scene.end })
  const times = wordMatches(text, node, { query, field: 'said' }).map((match) => timesOf(text, match))
  const [first, last] = [times[0], times.at(-1)]
  if (first === undefined || last === undefined) return [finding]
  const isOneTerm = wantedWords(node).flatMap(({ terms }) => terms).length === 1
  return (isOneTerm ? times : [{ from: first.from, to: last.to }])
    .map((span) => ({ ...finding, start: span.from, end: span.to, evidence: evidence.map((one) => ({ ...one, span })) }))
}

function scenesFor(node: QueryNode, retrieval: Retrieval): Finding[] {
  const lists = retrieve(node, retrieval)
  if (lists.some(({ isMore }) => isMore)) retrieval.notes.add(`Only the best ${retrieval.depth} scenes on each side of THEN were looked at.`)
  const fused = fuse(lists)
  return findings(fused, foundScenes(retrieval.db, fused.map(({ id }) => id)), node)
}

function byVideo(moments: Finding[]): Map<VideoId, Finding[]> {
  const grouped = new Map<VideoId, Finding[]>()
  for (const moment of moments) {
    const known = grouped.get(moment.scene.videoId)
    if (known === undefined) grouped.set(moment.scene.videoId, [moment])
    else known.push(moment)
  }
  return grouped
}

function pairOf(first: Finding, second: Finding): Finding {
  return { scene: first.scene, start: first.start, end: second.end, score: first.score + second.score, evidence: [...first.evidence, ...second.evidence] }
}

/** How much speaks for a moment where that can be doubted. What is said or let through by a filter is there, and no moment has more of it than another. */
function doubtful({ evidence }: Finding): number {
  return evidence.reduce((sum, { parts: { said, title, seen = 0, meaning = 0 } }) => sum + (said === undefined && title === undefined ? seen + meaning : 0), 0)
}

/** The first moments that are over by a time and in reach of it, of times one after another. */
class InReach {
  private readonly coming: Finding[]
  private readonly withinSeconds: number
  // Each better than all that come after it: the first of them is the best.
  private there: Finding[] = []
  private next = 0

  constructor(firsts: readonly Finding[], withinSeconds: number) {
    this.coming = [...firsts].sort((a, b) => a.end - b.end || a.start - b.start)
    this.withinSeconds = withinSeconds
  }

  /** The best of them, the last of those that are as good. */
  best(seconds: number): Finding | undefined {
    for (let first = this.coming[this.next]; first !== undefined && first.end <= seconds + SAME_SECONDS; first = this.coming[++this.next]) this.put(first)
    while (seconds - (this.there[0]?.end ?? seconds) > this.withinSeconds) this.there.shift()
    return this.there[0]
  }

  private put(first: Finding): void {
    while (this.there.length > 0 && doubtful(this.there.at(-1) ?? first) <= doubtful(first)) this.there.pop()
    this.there.push(first)
  }
}

/** Each second moment with the best first moment in reach. A first moment serves once, for the best of its seconds. */
function pairs(firsts: Finding[], seconds: Finding[], withinSeconds: number): Finding[] {
  const inReach = new InReach(firsts, withinSeconds)
  const pairedWith = new Map<Finding, Finding>()
  for (const second of [...seconds].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const first = inReach.best(second.start)
    if (first === undefined || first.start >= second.start) continue
    const known = pairedWith.get(first)
    if (known === undefined || doubtful(second) > doubtful(known)) pairedWith.set(first, second)
  }
  return [...pairedWith].map(([first, second]) => pairOf(first, second))
}

/** Without those that are nowhere near one of the others: to look up when a word is said takes far longer than to find its scene. */
function near(found: Finding[], others: Map<VideoId, Finding[]>, withinSeconds: number): Finding[] {
  return found.filter(({ scene: { videoId }, start, end }) => (others.get(videoId) ?? []).some((other) => (
    other.start <= end + withinSeconds && other.end >= start - withinSeconds
  )))
}

/** What of one video may be a sequence: its scenes for both sides, whose words nobody has looked for yet. */
interface SidesOfVideo { firsts: Finding[], seconds: Finding[], /** No sequence of the video has a higher score. */ most: number }

function mostOf(found: readonly Finding[]): number {
  return found.reduce((most, { score }) => Math.max(most, score), 0)
}

/** By video, the most promising first. */
function sidesOf(node: Then, retrieval: Retrieval): SidesOfVideo[] {
  const [before, after] = [candidates(node.first, retrieval), candidates(node.second, retrieval)]
  const seconds = byVideo(near(after, byVideo(before), node.withinSeconds))
  return [...byVideo(near(before, byVideo(after), node.withinSeconds))].flatMap(([videoId, firsts]) => {
    const others = seconds.get(videoId)
    return others === undefined ? [] : [{ firsts, seconds: others, most: mostOf(firsts) + mostOf(others) }]
  }).sort((a, b) => b.most - a.most)
}

function pairsOf({ firsts, seconds }: SidesOfVideo, node: Then, retrieval: Retrieval): Finding[] {
  return pairs(timed(firsts, node.first, retrieval), timed(seconds, node.second, retrieval), node.withinSeconds)
}

function thenMoments(node: Then, retrieval: Retrieval): Finding[] {
  return sidesOf(node, retrieval).flatMap((sides) => pairsOf(sides, node, retrieval))
}

/** In a video that says it, what only looks a little like it would come between the words. */
function saidFirst(found: Finding[]): Finding[] {
  const isSaid = ({ evidence }: Finding): boolean => evidence.some(({ parts }) => parts.said !== undefined)
  const saying = new Set(found.filter(isSaid).map(({ scene }) => scene.videoId))
  return found.filter((finding) => isSaid(finding) || !saying.has(finding.scene.videoId))
}

/** What may be one side of a THEN: scenes, or what another THEN has found. */
function candidates(node: QueryNode, retrieval: Retrieval): Finding[] {
  return hasThen(node) ? moments(node, retrieval) : saidFirst(scenesFor(node, retrieval))
}

/** The candidates with the times at which it is said in them. */
function timed(found: Finding[], node: QueryNode, retrieval: Retrieval): Finding[] {
  return hasThen(node) ? found : found.flatMap((finding) => saidMoments(finding, node, retrieval))
}

/** What stands beside a THEN holds for the scene in which it begins. */
function narrowed(node: Extract<QueryNode, { kind: 'and' }>, retrieval: Retrieval): Finding[] {
  const sequences = node.parts.filter(hasThen)
  const [sequence] = sequences
  if (sequence === undefined) return []
  const others = joined('and', node.parts.filter((part) => part !== sequence))
  const found = moments(sequence, retrieval)
  if (others === null) return found
  const { db, query } = retrieval
  const fit = scenesThatFit(db, found.map(({ scene }): SceneId => scene.id), conditionOf(others, query))
  return found.filter(({ scene }) => fit.has(scene.id))
}

/** The moments of a query with THEN in it, in no order. */
function moments(node: QueryNode, retrieval: Retrieval): Finding[] {
  if (!hasThen(node)) return timed(scenesFor(node, retrieval), node, retrieval)
  switch (node.kind) {
    case 'then': return thenMoments(node, retrieval)
    case 'and': return narrowed(node, retrieval)
    case 'or': return node.parts.flatMap((part) => moments(part, retrieval))
    // There is no THEN in these.
    case 'not': case 'words': case 'seen': case 'filter': return []
  }
}

/** Spans from the first thing to the last, the best first, as many as are asked for: to look up when a word is said takes far longer than to find its scene. */
export class Sequences {
  private readonly node: QueryNode
  private readonly retrieval: Retrieval
  private readonly waiting: SidesOfVideo[]
  private found: Finding[]

  constructor(node: QueryNode, retrieval: Retrieval) {
    this.node = node
    this.retrieval = retrieval
    this.waiting = node.kind === 'then' ? sidesOf(node, retrieval) : []
    this.found = node.kind === 'then' ? [] : moments(node, retrieval).sort(byScore)
  }

  get isMore(): boolean { return this.waiting.length + this.found.length > 0 }

  /** The next ones, at least so many where there are. */
  async next(count: number, signal: AbortSignal): Promise<Finding[]> {
    for (;;) {
      const most = this.waiting[0]?.most ?? -Infinity
      const open = this.found.findIndex(({ score }) => score <= most)
      const sure = open < 0 ? this.found.length : open
      if (sure >= count || this.waiting.length === 0) return this.found.splice(0, sure)
      await breathe(signal)
      this.lookAtMore()
    }
  }

  private lookAtMore(): void {
    const { node, retrieval } = this
    if (node.kind !== 'then') return
    const more = this.waiting.splice(0, VIDEOS_AT_ONCE).flatMap((sides) => pairsOf(sides, node, retrieval))
    this.found = [...this.found, ...more].sort(byScore)
  }
}

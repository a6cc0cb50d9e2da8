import type { Reason } from '../../contract/search.ts'
import type { ReadDatabase } from '../ports.ts'
import type { SecondsSpan } from '../store/speech.ts'
import { tagWith } from '../store/tags.ts'
import type { FoundScene } from '../store/word-index.ts'
import { scenesThatFit } from '../store/word-index.ts'
import { coloursNamed, conditionOf } from './compile.ts'
import type { FusedScene } from './fuse.ts'
import type { NearScene } from './nearest.ts'
import type { Prepared } from './prepare.ts'
import { meaningTexts, pictureTexts } from './retrieve.ts'
import type { QueryNode, Range, WordField } from './query.ts'
import { wantedNodes, wantedWords } from './query.ts'
import type { Match, Passage } from './spoken.ts'
import { matchesOf, passage, snippet, spokenFrom, spokenIn, timesOf, withoutOverlaps } from './spoken.ts'

/** What a hit is made of: the scene that was found, and where in its video the evidence is. */
export interface Evidence {
  scene: FoundScene
  /** Scenes around it that were found too; `scene` is one of them. */
  scenes: FoundScene[]
  span: SecondsSpan
  parts: FusedScene['parts']
  node: QueryNode
}

interface Explaining { db: ReadDatabase, query: Prepared }

/** Where the wanted words of these fields stand in the text. */
export function wordMatches(text: Passage, node: QueryNode, search: { query: Prepared, field: Exclude<WordField, 'any'> }): Match[] {
  const forms = wantedWords(node)
    .filter(({ field }) => field === 'any' || field === search.field)
    .flatMap(({ terms }) => terms.flatMap((term) => search.query.forms.get(term)?.shown ?? []))
  return withoutOverlaps(matchesOf(text, forms))
}

function said({ span, scenes, node, parts }: Evidence, { db, query }: Explaining): Reason[] {
  const [from, to] = [Math.min(...scenes.map(({ start }) => start)), Math.max(...scenes.map(({ end }) => end))]
  const [scene] = scenes
  if (scene === undefined) return []
  const text = spokenIn(db, scene.videoId, { from, to })
  const matches = wordMatches(text, node, { query, field: 'said' }).filter((match) => {
    const time = timesOf(text, match)
    return time.to > span.from && time.from < span.to
  })
  const [first] = matches
  if (first !== undefined) return [{ kind: 'said', text: snippet(text, matches), score: parts.said ?? 0, at: timesOf(text, first).from, chance: null }]
  // It is in the index of the scene all the same: what is said there speaks for itself.
  return parts.said === undefined ? [] : [{ kind: 'said', text: spokenFrom(db, scene.videoId, { from, to }), score: parts.said, at: from, chance: null }]
}

function title({ scene, node, parts }: Evidence, { query }: Explaining): Reason[] {
  const text = passage([{ text: scene.title, start: 0, end: 0 }])
  const matches = wordMatches(text, node, { query, field: 'title' })
  return matches.length === 0 && parts.title === undefined ? [] : [{ kind: 'title', text: snippet(text, matches), score: parts.title ?? 0, at: null, chance: null }]
}

/** What is near to one of the texts, in one of the scenes. */
function nearestIn({ scenes }: Evidence, found: ReadonlyMap<string, NearScene[]>, text: string): (NearScene & { scene: FoundScene }) | null {
  const near = found.get(text)?.find(({ sceneId }) => scenes.some(({ id }) => id === sceneId))
  const scene = scenes.find(({ id }) => id === near?.sceneId)
  return near === undefined || scene === undefined ? null : { ...near, scene }
}

interface NearText { text: string, near: NearScene & { scene: FoundScene }, score: number }

/** What is near to each of the texts, with what of the points is due to it: those of the scene that was found itself. */
function near(evidence: Evidence, found: ReadonlyMap<string, NearScene[]>, { texts, points }: { texts: string[], points: number }): NearText[] {
  const all = texts.flatMap((text) => {
    const own = found.get(text)?.find(({ sceneId }) => sceneId === evidence.scene.id)
    const nearest = nearestIn(evidence, found, text)
    return nearest === null ? [] : [{ text, near: nearest, share: own === undefined ? 0 : own.surprise ?? 1 }]
  })
  const sum = all.reduce((total, { share }) => total + share, 0)
  return all.map(({ text, near, share }) => ({ text, near, score: sum === 0 ? 0 : points * share / sum }))
}

// As much of a text as a reason repeats: a pasted page is none.
const LONGEST_SHOWN = 80

function shortened(text: string): string {
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text
}

function seen(evidence: Evidence, { query }: Explaining): Reason[] {
  return near(evidence, query.near.pictures, { texts: pictureTexts(evidence.node), points: evidence.parts.seen ?? 0 }).map(({ text, near, score }): Reason => (
    { kind: 'seen', text: `looks like "${shortened(text)}"`, score, at: near.atSeconds, chance: near.chance }
  ))
}

function meaning(evidence: Evidence, { db, query }: Explaining): Reason[] {
  return near(evidence, query.near.passages, { texts: meaningTexts(evidence.node), points: evidence.parts.meaning ?? 0 }).map(({ near, score }): Reason => {
    const words = spokenFrom(db, near.scene.videoId, { from: near.atSeconds, to: near.scene.end })
    return { kind: 'meaning', text: words, score, at: near.atSeconds, chance: near.chance }
  })
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}

function isIn(value: number, range: Range): boolean {
  return value >= range.from && value <= range.to
}

type WhyLetThrough = Pick<Reason, 'kind' | 'text'>

function colourReason(names: readonly string[], { colours }: FoundScene): WhyLetThrough | null {
  const colour = colours.find(({ name }) => names.includes(name))
  return colour === undefined ? null : { kind: 'colour', text: `${colour.name} ${percent(colour.share)}` }
}

function tagReason(label: string, { id }: FoundScene, db: ReadDatabase): WhyLetThrough | null {
  const tag = tagWith(db, id, label)
  return tag === null ? null : { kind: 'tag', text: `${tag.name} (${tag.score.toFixed(1)} above usual)` }
}

/** What the scene has of what the filter asks for; null when this scene need not have it. */
function letThrough(part: Extract<QueryNode, { kind: 'filter' }>, scene: FoundScene, { db, query }: Explaining): WhyLetThrough | null {
  const { filter, written } = part
  // Beside OR and THEN a scene may be there for another part.
  const isLetThrough = (): boolean => scenesThatFit(db, [scene.id], conditionOf(part, query)).has(scene.id)
  const measured = (value: number, range: Range, shown: string): WhyLetThrough | null => isIn(value, range) ? { kind: 'filter', text: `${written} (${shown})` } : null
  switch (filter.kind) {
    case 'colour': return colourReason(coloursNamed(filter.text), scene)
    case 'tag': return tagReason(filter.text, scene, db)
    case 'brightness': case 'motion': return measured(scene[filter.kind], filter.range, `${filter.kind} ${scene[filter.kind].toFixed(3)}`)
    case 'duration': return measured(scene.end - scene.start, filter.range, `${(scene.end - scene.start).toFixed(1)} s`)
    case 'video': case 'language': case 'recorded': return isLetThrough() ? { kind: 'filter', text: written } : null
  }
}

function filters({ scene, node, parts }: Evidence, explaining: Explaining): Reason[] {
  const found = wantedNodes(node).flatMap((part) => part.kind === 'filter' ? letThrough(part, scene, explaining) ?? [] : [])
  return found.map((why) => ({ ...why, score: (parts.order ?? 0) / found.length, at: null, chance: null }))
}

/** Why it was found, the strongest first. Their scores add up to the score of the scene. */
export function reasonsFor(evidence: Evidence, explaining: Explaining): Reason[] {
  const found = [...said(evidence, explaining), ...meaning(evidence, explaining), ...title(evidence, explaining), ...seen(evidence, explaining)]
  const narrowed = filters(evidence, explaining)
  const [best, ...others] = [...found.sort((a, b) => b.score - a.score), ...narrowed]
  // Points of its place in the library where no filter is there to have them.
  const order = narrowed.length === 0 ? evidence.parts.order ?? 0 : 0
  if (best === undefined) return [{ kind: 'filter', text: 'has nothing of what was excluded', score: order, at: null, chance: null }]
  return [{ ...best, score: best.score + order }, ...others]
}

import type { SceneId, VideoId } from '../../contract/ids.ts'
import { languageByName, languageTag } from '../language.ts'
import type { ReadDatabase } from '../ports.ts'
import { folded } from '../store/folded-text.ts'
import { videoNames } from '../store/word-index.ts'
import type { NearScene } from './nearest.ts'
import type { Filter, QueryNode, Term, WordsNode } from './query.ts'
import { allLeaves, hasThen, mapLeaves } from './query.ts'
import type { TermForms } from './terms.ts'
import { formsOf } from './terms.ts'
import { unknownValues } from './unknown-values.ts'

/** A query with all that had to be looked up before it can be asked. */
export interface Prepared {
  node: QueryNode | null
  forms: ReadonlyMap<Term, TermForms>
  videos: ReadonlyMap<string, VideoId[]>
  near: NearScenes
}

/** What is near to the texts of the query without having its words. By the text that was encoded; the nearest first. */
export interface NearScenes {
  /** Pictures that look like it. */
  pictures: ReadonlyMap<string, NearScene[]>
  /** Passages that mean about the same. */
  passages: ReadonlyMap<string, NearScene[]>
}

export const nothingNear: NearScenes = { pictures: new Map(), passages: new Map() }

type Leaves = (leaf: QueryNode, isWanted: boolean) => QueryNode | null

/** The text that models are asked for. */
export function askedText(node: WordsNode | Extract<QueryNode, { kind: 'seen' }>): string {
  return node.kind === 'seen' ? node.text : node.written ?? node.terms.map(({ text }) => text).join(' ')
}

/** True for words that pictures and other words of the same meaning may answer too: quotation marks and said: ask for the words themselves. */
export function mayBeOther(node: WordsNode): boolean {
  return node.field === 'any' && node.terms.every(({ isExact }) => !isExact)
}

/** The scenes that answer the words without having them; none where only the words themselves count. */
export function othersFor(node: WordsNode, { near }: Pick<Prepared, 'near'>): SceneId[] {
  if (!mayBeOther(node)) return []
  const text = askedText(node)
  return [...new Set([...near.pictures.get(text) ?? [], ...near.passages.get(text) ?? []].map(({ sceneId }) => sceneId))]
}

/** The tag of a language by its code or its name, in lower case. */
export function languageOf(text: string): string | null {
  return (languageByName(text) ?? languageTag(text))?.toLowerCase() ?? null
}

function videosNamed(all: ReturnType<typeof videoNames>, text: string): VideoId[] {
  const byId = /^\d+$/.test(text) ? all.find(({ id }) => id === Number(text)) : undefined
  if (byId !== undefined) return [byId.id]
  const part = folded(text)
  return all.filter(({ title, path }) => folded(title).includes(part) || folded(path).includes(part)).map(({ id }) => id)
}

/** A node for what can be asked at all, and notes for what can not. */
function possible(node: QueryNode, canBeSeen: boolean, notes: string[]): QueryNode | null {
  const replace: Leaves = (leaf, isWanted) => {
    if (leaf.kind === 'seen' && (!canBeSeen || !isWanted)) {
      notes.push(!isWanted ? '-seen: can not be told from what is a little like it, and was left out.' : `seen: needs a picture model and pictures it has looked at: "${leaf.text}" was left out.`)
      return null
    }
    if (leaf.kind === 'filter' && leaf.filter.kind === 'language' && languageOf(leaf.filter.text) === null) {
      notes.push(`${leaf.written} is no language known here and was left out.`)
      return null
    }
    return leaf
  }
  return mapLeaves(withoutDeniedThen(node, notes), replace)
}

function withoutDeniedThen(node: QueryNode, notes: string[]): QueryNode {
  const asAnd = (part: QueryNode): QueryNode => part.kind === 'then' ? { kind: 'and', parts: [asAnd(part.first), asAnd(part.second)] } : withoutDeniedThen(part, notes)
  if (node.kind === 'not' && hasThen(node.part)) {
    notes.push('THEN within -( ) was taken as AND.')
    return { kind: 'not', part: asAnd(node.part) }
  }
  if (node.kind === 'and' || node.kind === 'or') return { ...node, parts: node.parts.map((part) => withoutDeniedThen(part, notes)) }
  if (node.kind === 'then') return { ...node, first: withoutDeniedThen(node.first, notes), second: withoutDeniedThen(node.second, notes) }
  return node
}

function isVideoFilter(leaf: QueryNode): leaf is { kind: 'filter', filter: Extract<Filter, { kind: 'video' }>, written: string } {
  return leaf.kind === 'filter' && leaf.filter.kind === 'video'
}

// A text with more words than this finds its scenes without slips and parts of words, which take some milliseconds each to look for.
const MOST_LOOSE = 12

/** Looks up the forms of the words and the videos of `in:`, and leaves out what can not be searched here. */
export function prepared(db: ReadDatabase, asked: QueryNode | null, options: { canBeSeen: boolean, notes: string[] }): Prepared {
  const { canBeSeen, notes } = options
  const node = asked === null ? null : possible(asked, canBeSeen, notes)
  const leaves = node === null ? [] : allLeaves(node)
  const videos = new Map<string, VideoId[]>()
  const named = leaves.filter(isVideoFilter)
  const all = named.length === 0 ? [] : videoNames(db)
  for (const { filter: { text } } of named) {
    const ids = videosNamed(all, text)
    videos.set(text, ids)
    if (ids.length === 0) notes.push(`No video has "${text}" in its title or path.`)
  }
  notes.push(...unknownValues(db, leaves, languageOf))
  const forms = new Map<Term, TermForms>()
  const terms = leaves.flatMap((leaf) => leaf.kind === 'words' ? leaf.terms : [])
  for (const term of terms) {
    const found = formsOf(db, term, { isLoose: terms.length <= MOST_LOOSE })
    forms.set(term, found)
    if (found.note !== null) notes.push(found.note)
  }
  return { node, forms, videos, near: nothingNear }
}

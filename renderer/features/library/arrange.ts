import type { VideoCard } from '../../../electron/contract/cards.ts'
import { coverageOf, shownState } from './video-state.ts'
import type { ShownState } from './video-state.ts'

export type SortKey = 'added' | 'recorded' | 'title' | 'duration' | 'size' | 'state'
export type StateFilter = 'all' | 'ready' | 'working' | 'failed' | 'missing'
export type CoverageFilter = 'all' | 'speech' | 'pictures' | 'no-speech' | 'no-pictures'

export interface Sort { key: SortKey, isAscending: boolean }
export interface Filter { text: string, state: StateFilter, coverage: CoverageFilter }

const byTitle = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })
// What needs the person comes first.
const stateRank: Record<ShownState, number> = { failed: 0, refused: 1, missing: 2, working: 3, paused: 4, waiting: 5, ready: 6 }

/** What is not known stands at the end, whichever way the list runs. */
function unknownLast(isKnownA: boolean, isKnownB: boolean): number {
  return Number(isKnownB) - Number(isKnownA)
}

const values: Record<Exclude<SortKey, 'title'>, (card: VideoCard) => number | string | null> = {
  added: (card) => card.addedMs,
  recorded: (card) => card.recordedAt,
  duration: (card) => card.duration,
  size: (card) => card.sizeBytes,
  state: (card) => stateRank[shownState(card)],
}

function comparison({ key, isAscending }: Sort): (a: VideoCard, b: VideoCard) => number {
  const sign = isAscending ? 1 : -1
  const byNewest = (a: VideoCard, b: VideoCard): number => b.addedMs - a.addedMs || b.id - a.id
  if (key === 'title') return (a, b) => sign * byTitle.compare(a.title, b.title) || byNewest(a, b)
  const value = values[key]
  return (a, b) => {
    const [left, right] = [value(a), value(b)]
    if (left === null || right === null) return unknownLast(left !== null, right !== null) || byNewest(a, b)
    return left === right ? byNewest(a, b) : left < right ? -sign : sign
  }
}

/**
 * Sorts libraries that change a little at a time: begins from the order it gave last, which is nearly right, so that the
 * engine's sort has one comparison a video to do instead of fifteen.
 */
export function createSorter(): (cards: readonly VideoCard[], sort: Sort) => VideoCard[] {
  let last: readonly VideoCard[] = []
  return (cards, sort) => {
    const now = new Map(cards.map((card) => [card.id, card]))
    const known = last.flatMap(({ id }) => {
      const card = now.get(id)
      now.delete(id)
      return card ?? []
    })
    const sorted = [...known, ...now.values()].sort(comparison(sort))
    last = sorted
    return sorted
  }
}

const folded = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

const haystacks = new WeakMap<VideoCard, string>()

function haystackOf(card: VideoCard): string {
  const known = haystacks.get(card)
  if (known !== undefined) return known
  const made = folded(`${card.title}\n${card.path}`)
  haystacks.set(card, made)
  return made
}

const stateGroups: Record<Exclude<StateFilter, 'all'>, readonly ShownState[]> = {
  ready: ['ready'], working: ['working', 'waiting', 'paused'], failed: ['failed', 'refused'], missing: ['missing'],
}

function isCovered(card: VideoCard, wanted: CoverageFilter): boolean {
  switch (wanted) {
    case 'all': return true
    case 'speech': case 'pictures': return (coverageOf(card.coverage, wanted) ?? 0) > 0
    case 'no-speech': return (coverageOf(card.coverage, 'speech') ?? 0) === 0
    case 'no-pictures': return (coverageOf(card.coverage, 'pictures') ?? 0) === 0
  }
}

/** Those that have every word of the text in their title or path, without regard to case and accents, and fit the rest. */
export function filtered(cards: readonly VideoCard[], { text, state, coverage }: Filter): readonly VideoCard[] {
  const words = folded(text).split(/\s+/).filter((word) => word !== '')
  if (words.length === 0 && state === 'all' && coverage === 'all') return cards
  return cards.filter((card) => (state === 'all' || stateGroups[state].includes(shownState(card)))
    && isCovered(card, coverage)
    && words.every((word) => haystackOf(card).includes(word)))
}

import { create } from 'zustand'
import type { ErrorShape } from '../../electron/contract/errors.ts'
import type { SceneId } from '../../electron/contract/ids.ts'
import type { SearchAnswer, SearchHit } from '../../electron/contract/search.ts'
import { engine, onConnection } from '../api.ts'
import { errorShape, isCancelled } from '../report-error.ts'

/** The scene that others are to be like, and what is said of it on its chip. */
export interface Likeness { scene: SceneId, title: string, at: number }

export type HitLayout = 'cards' | 'list'

interface SearchState {
  /** What stands in the box: the one truth of what is asked. */
  text: string
  /** Set while scenes like another one are shown in place of what the text asks for. */
  likeness: Likeness | null
  limit: number
  /** The last one; it stays until the next has come, so that nothing flickers. */
  answer: SearchAnswer | null
  isAsking: boolean
  error: ErrorShape | null
  /** The hit that keys act on, counted over the hits and then the nearest. */
  active: number
  selected: ReadonlySet<string>
  isPreviewing: boolean
  layout: HitLayout
  /** The focus is to go to the active hit, as soon as there is one. */
  isFocusWished: boolean
}

const FEW = 60
export const MOST_HITS = 200
const MOST_NEAREST = 24
// Keys that come faster than this belong to one word: only the last of them is asked for. The first key never waits.
const BETWEEN_KEYS_MS = 25
const LAYOUT_KEY = 'scenedex-search-layout'

export const useSearch = create<SearchState>(() => ({
  text: '', likeness: null, limit: FEW, answer: null, isAsking: false, error: null, active: 0, selected: new Set(), isPreviewing: false,
  layout: localStorage.getItem(LAYOUT_KEY) === 'list' ? 'list' : 'cards', isFocusWished: false,
}))

let running: AbortController | null = null
let waiting: ReturnType<typeof setTimeout> | undefined
let lastKeyMs = -Infinity
/** How the results were left: where they were scrolled to, and whether for one of them. No state: nothing is drawn by it. */
export const scrolled = { top: 0, wasHitOpened: false }

function stop(): void {
  clearTimeout(waiting)
  running?.abort()
  running = null
}

async function answerFor({ text, likeness, limit }: SearchState, signal: AbortSignal): Promise<SearchAnswer> {
  const answer = likeness === null
    ? await engine.call('search.query', { query: text, limit }, signal)
    : await engine.call('search.similar', { like: { kind: 'scene', scene: likeness.scene }, limit }, signal)
  return { ...answer, nearest: answer.nearest.slice(0, MOST_NEAREST) }
}

async function ask(): Promise<void> {
  stop()
  const state = useSearch.getState()
  if (state.likeness === null && state.text.trim() === '') {
    useSearch.setState({ answer: null, error: null, isAsking: false })
    return
  }
  const own = new AbortController()
  running = own
  useSearch.setState({ isAsking: true })
  try {
    const answer = await answerFor(state, own.signal)
    if (running === own) useSearch.setState({ answer, error: null, isAsking: false })
  } catch (error) {
    if (running === own && !isCancelled(error)) useSearch.setState({ error: errorShape(error), isAsking: false })
  }
}

// A new question begins at the top with nothing chosen.
const fresh = { limit: FEW, active: 0, selected: new Set<string>() }

/** Asks for what was typed. The question before it is cancelled. */
export function setQuery(text: string): void {
  const { text: before, likeness } = useSearch.getState()
  if (text === before && likeness === null) return
  performance.mark('search-key')
  const now = performance.now()
  const isFirstKey = now - lastKeyMs > BETWEEN_KEYS_MS
  lastKeyMs = now
  scrolled.top = 0
  // Asked from now on, also while another key is waited for: what is shown is the answer to something else.
  useSearch.setState({ ...fresh, text, likeness: null, isFocusWished: false, isAsking: true })
  stop()
  if (isFirstKey) void ask()
  else waiting = setTimeout(() => { void ask() }, BETWEEN_KEYS_MS)
}

/** Asks the same again: after an error, or when the library has changed. */
export function askAgain(): void {
  void ask()
}

export function showMore(): void {
  useSearch.setState({ limit: MOST_HITS })
  void ask()
}

/** Shows scenes like this one, or with null what the text asks for again. */
export function showLike(likeness: Likeness | null): void {
  scrolled.top = 0
  useSearch.setState({ ...fresh, likeness })
  void ask()
}

export function setLayout(layout: HitLayout): void {
  localStorage.setItem(LAYOUT_KEY, layout)
  useSearch.setState({ layout })
}

export function setActive(active: number): void {
  useSearch.setState({ active })
}

/** Brings the focus to the active hit, scrolled into view; when the answer is still on its way, then. Typing goes before it. */
export function focusResults(): void {
  useSearch.setState({ isFocusWished: true })
}

/** There was a hit for the focus to go to, or there will be none. */
export function endFocusWish(): void {
  useSearch.setState({ isFocusWished: false })
}

export function setPreviewing(isPreviewing: boolean): void {
  useSearch.setState({ isPreviewing })
}

/** Names a hit among the others: a scene can be in several of them. */
export function hitKey({ sceneId, start, end }: SearchHit): string {
  return `${sceneId}/${start}/${end}`
}

/** All hits that are shown, the nearest after the good ones. */
export function shownHits(answer: SearchAnswer | null): SearchHit[] {
  return answer === null ? [] : [...answer.hits, ...answer.nearest]
}

export function toggleSelected(hits: readonly SearchHit[]): void {
  const keys = hits.map(hitKey)
  useSearch.setState(({ selected }) => {
    const isAll = keys.every((key) => selected.has(key))
    const rest = [...selected].filter((key) => !keys.includes(key))
    return { selected: new Set(isAll ? rest : [...rest, ...keys]) }
  })
}

/** Puts the hits to those that are chosen. */
export function select(hits: readonly SearchHit[]): void {
  useSearch.setState(({ selected }) => ({ selected: new Set([...selected, ...hits.map(hitKey)]) }))
}

export function clearSelected(): void {
  useSearch.setState({ selected: new Set() })
}

/** Asks again what an engine that died did not answer, and when videos came or went. Gives what ends it. */
export function followLibrary(): () => void {
  const ends = [
    onConnection((connection) => { if (connection === 'connected' && useSearch.getState().error?.code === 'CHANNEL_CLOSED') askAgain() }),
    engine.onEvent(({ type }) => {
      const { answer, isAsking } = useSearch.getState()
      if (isAsking || answer === null) return
      // While something good is looked at, a new video must not move it.
      if (type === 'library-changed' || (type === 'video-ready' && answer.nothingGood)) askAgain()
    }),
  ]
  return () => { for (const end of ends) end() }
}

export const SEARCH_BOX_ID = 'search-box'

/** Brings the focus to the box, with all of its text selected. An answer that is still on its way does not take it from there. */
export function focusSearchBox(): void {
  endFocusWish()
  const box = document.getElementById(SEARCH_BOX_ID)
  if (!(box instanceof HTMLInputElement)) return
  box.focus()
  box.select()
}

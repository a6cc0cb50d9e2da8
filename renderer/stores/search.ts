import { create } from 'zustand'
import type { ErrorShape } from '../../electron/contract/errors.ts'
import type { SceneId, VideoId } from '../../electron/contract/ids.ts'
import type { Example, SearchAnswer, SearchHit, SearchInput } from '../../electron/contract/search.ts'
import { engine, onConnection } from '../api.ts'
import { chipsOf } from '../features/search/query-chips.ts'
import { errorShape, isCancelled } from '../report-error.ts'
import { activeAfter, hitKey, withPage } from './search-pages.ts'
import type { WeightName, Weights } from './search-weights.ts'
import { keepWeights, keptWeights, usualWeights } from './search-weights.ts'

/** What others are to be like, and what is shown of it on its chip. */
export type Likeness =
  | { kind: 'scene', scene: SceneId, title: string, at: number }
  /** What a video shows at a second; `preview` is the address of a small picture of it, where there is one. */
  | { kind: 'moment', video: VideoId, title: string, at: number, preview: string | null }
  /** A picture file: its bytes in base64, and the address of a small picture of it. */
  | { kind: 'picture', data: string, name: string, preview: string }

export type HitLayout = 'cards' | 'list'

interface SearchState {
  /** What stands in the box: the one truth of what is asked. */
  text: string
  /** Set while scenes like another one are shown in place of what the text asks for. */
  likeness: Likeness | null
  weights: Weights
  /** The last one with all of its pages; it stays until the next has come, so that nothing flickers, but not between words and an example. */
  answer: SearchAnswer | null
  isAsking: boolean
  error: ErrorShape | null
  /** Why the next page did not come. */
  pageError: ErrorShape | null
  /** The hit that keys act on, counted over the hits and then the nearest. */
  active: number
  selected: ReadonlySet<string>
  isPreviewing: boolean
  layout: HitLayout
  /** The focus is to go to the active hit, as soon as there is one. */
  isFocusWished: boolean
}

const PAGE = 60
const MOST_AT_ONCE = 1000
const MOST_SIMILAR = 200
const MOST_NEAREST = 24
/** So many hits of one video are shown, unless it alone is asked for. */
export const BEST_OF_A_VIDEO = 5
// Keys that come faster than this belong to one word: only the last of them is asked for. The first key never waits.
const BETWEEN_KEYS_MS = 25
const LAYOUT_KEY = 'scenedex-search-layout'

export const useSearch = create<SearchState>(() => ({
  text: '', likeness: null, weights: keptWeights(), answer: null, isAsking: false, error: null, pageError: null, active: 0, selected: new Set(), isPreviewing: false,
  layout: localStorage.getItem(LAYOUT_KEY) === 'list' ? 'list' : 'cards', isFocusWished: false,
}))

let running: AbortController | null = null
let nextPage: AbortController | null = null
let waiting: ReturnType<typeof setTimeout> | undefined
let lastKeyMs = -Infinity
/** How the results were left: where they were scrolled to, and whether for one of them. No state: nothing is drawn by it. */
export const scrolled = { top: 0, wasHitOpened: false }

function stop(): void {
  clearTimeout(waiting)
  running?.abort()
  running = null
  nextPage?.abort()
  nextPage = null
}

/** Whether one video alone is asked for: then all of its hits are. */
export function isOfOneVideo(text: string): boolean {
  return chipsOf(text).some(({ name, value, isNot }) => name === 'in' && !isNot && /^\d+$/.test(value))
}

function input({ text, weights }: SearchState, page: Pick<SearchInput, 'limit' | 'after'>): SearchInput {
  return { query: text, weights, perVideo: isOfOneVideo(text) ? null : BEST_OF_A_VIDEO, ...page }
}

function exampleOf(likeness: Likeness): Example {
  switch (likeness.kind) {
    case 'scene': return { kind: 'scene', scene: likeness.scene }
    case 'moment': return { kind: 'moment', video: likeness.video, atSeconds: likeness.at }
    case 'picture': return { kind: 'picture', data: likeness.data }
  }
}

async function answerFor(state: SearchState, limit: number, signal: AbortSignal): Promise<SearchAnswer> {
  const answer = state.likeness === null
    ? await engine.call('search.query', input(state, { limit, after: null }), signal)
    : await engine.call('search.similar', { like: exampleOf(state.likeness), limit: MOST_SIMILAR }, signal)
  return { ...answer, nearest: answer.nearest.slice(0, MOST_NEAREST) }
}

async function ask(limit = PAGE): Promise<void> {
  stop()
  const state = useSearch.getState()
  if (state.likeness === null && state.text.trim() === '') {
    useSearch.setState({ answer: null, error: null, pageError: null, isAsking: false })
    return
  }
  const own = new AbortController()
  running = own
  useSearch.setState({ isAsking: true })
  try {
    const answer = await answerFor(state, limit, own.signal)
    if (running === own) useSearch.setState({ answer, error: null, pageError: null, isAsking: false })
  } catch (error) {
    if (running === own && !isCancelled(error)) useSearch.setState({ error: errorShape(error), isAsking: false })
  }
}

type WithMore = SearchState & { answer: SearchAnswer & { more: string } }

function hasMore(state: SearchState): state is WithMore {
  return state.answer?.more != null && !state.isAsking && state.likeness === null
}

function showPage(before: SearchAnswer, page: SearchAnswer): void {
  const answer = withPage(before, page)
  useSearch.setState(({ active }) => ({ answer, active: activeAfter(active, before, answer) }))
}

/** Asks for the page after what is there, unless there is none, or it is asked for already, or another question is. */
export async function askMore(): Promise<void> {
  const state = useSearch.getState()
  if (!hasMore(state) || nextPage !== null) return
  const own = new AbortController()
  nextPage = own
  useSearch.setState({ pageError: null })
  try {
    const page = await engine.call('search.query', input(state, { limit: PAGE, after: state.answer.more }), own.signal)
    if (nextPage === own) showPage(state.answer, page)
  } catch (error) {
    if (nextPage === own && !isCancelled(error)) useSearch.setState({ pageError: errorShape(error) })
  } finally {
    if (nextPage === own) nextPage = null
  }
}

// A new question begins at the top with nothing chosen.
const fresh = { active: 0, selected: new Set<string>() }

/** Asks at once, or when nothing has changed for a moment. */
function askSoon(): void {
  performance.mark('search-key')
  const now = performance.now()
  const isFirstKey = now - lastKeyMs > BETWEEN_KEYS_MS
  lastKeyMs = now
  scrolled.top = 0
  // Asked from now on, also while another key is waited for: what is shown is the answer to something else.
  useSearch.setState({ ...fresh, isFocusWished: false, isAsking: true })
  stop()
  if (isFirstKey) void ask()
  else waiting = setTimeout(() => { void ask() }, BETWEEN_KEYS_MS)
}

/** Asks for what was typed. The question before it is cancelled. */
export function setQuery(text: string): void {
  const { text: before, likeness } = useSearch.getState()
  if (text === before && likeness === null) return
  // What is like an example is no answer to words, not even for a moment.
  useSearch.setState({ text, likeness: null, ...likeness === null ? {} : { answer: null } })
  askSoon()
}

/** How much something counts, from now on. What is shown follows. */
export function setWeight(name: WeightName, weight: number): void {
  setWeights({ ...useSearch.getState().weights, [name]: weight })
}

/** Everything counts as much as it usually does. */
export function resetWeights(): void {
  setWeights(usualWeights)
}

function setWeights(weights: Weights): void {
  useSearch.setState({ weights })
  keepWeights(weights)
  const { text, likeness } = useSearch.getState()
  if (likeness === null && text.trim() !== '') askSoon()
}

/** Asks the same again, as far as its pages are there: after an error, or when the library has changed. */
export function askAgain(): void {
  const count = useSearch.getState().answer?.hits.length ?? 0
  void ask(Math.min(MOST_AT_ONCE, Math.max(PAGE, count)))
}

/** Shows scenes like this one, or with null what the text asks for again. What was there goes at once: it answers another kind of question. */
export function showLike(likeness: Likeness | null): void {
  scrolled.top = 0
  useSearch.setState({ ...fresh, likeness, answer: null, error: null })
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

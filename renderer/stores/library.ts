import { create } from 'zustand'
import type { VideoCard } from '../../electron/contract/cards.ts'
import type { ErrorShape } from '../../electron/contract/errors.ts'
import type { VideoId } from '../../electron/contract/ids.ts'
import { engine, onConnection } from '../api.ts'
import { errorShape } from '../report-error.ts'

interface LibraryState {
  /** In the order in which the engine gives them; empty until `isLoaded`. */
  cards: readonly VideoCard[]
  byId: ReadonlyMap<VideoId, VideoCard>
  isLoaded: boolean
  /** Why the list could not be had, where it could not. */
  error: ErrorShape | null
}

export const useLibrary = create<LibraryState>(() => ({ cards: [], byId: new Map(), isLoaded: false, error: null }))

// Events come in bursts: an import tells of hundreds of videos within a second. Asked once for all of them, the list is redrawn once.
const GATHER_MS = 250

let isListAsked = false
let asked = new Set<VideoId>()
let timer: ReturnType<typeof setTimeout> | null = null
let isAsking = false

function show(cards: readonly VideoCard[]): void {
  useLibrary.setState({ cards, byId: new Map(cards.map((card) => [card.id, card])), isLoaded: true, error: null })
}

/** The cards with the answer in place of what was asked for; what was asked for and is not in the answer is gone. */
export function withAnswer(cards: readonly VideoCard[], askedFor: ReadonlySet<VideoId>, answer: readonly VideoCard[]): VideoCard[] {
  const fresh = new Map(answer.map((card) => [card.id, card]))
  const kept = cards.flatMap((card) => {
    const now = fresh.get(card.id)
    fresh.delete(card.id)
    return now ?? (askedFor.has(card.id) ? [] : card)
  })
  return [...kept, ...fresh.values()]
}

const isMoreAsked = (): boolean => isListAsked || asked.size > 0

async function ask(): Promise<void> {
  timer = null
  isAsking = true
  const [isWhole, ids] = [isListAsked, asked]
  isListAsked = false
  asked = new Set()
  try {
    if (isWhole) show((await engine.call('library.cards', {})).cards)
    else show(withAnswer(useLibrary.getState().cards, ids, (await engine.call('library.cards', { videos: [...ids] })).cards))
  } catch (error) {
    // When the engine is gone, its return asks for the whole list.
    useLibrary.setState({ error: errorShape(error) })
  } finally {
    isAsking = false
    if (isMoreAsked()) askSoon()
  }
}

function askSoon(waitMs = GATHER_MS): void {
  if (timer === null && !isAsking) timer = setTimeout(() => { void ask() }, waitMs)
}

/** Asks for the whole list now. */
export function reloadLibrary(): void {
  isListAsked = true
  askSoon(0)
}

/** Reads the library and follows its changes. To be called once. */
export function followLibrary(): void {
  engine.onEvent((event) => {
    if (event.type === 'library-changed') {
      isListAsked = true
      askSoon()
    } else if (event.type === 'videos-changed') {
      for (const id of event.videoIds) asked.add(id)
      askSoon()
    }
  })
  onConnection((connection) => { if (connection === 'connected') reloadLibrary() })
}

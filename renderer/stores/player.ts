import { create } from 'zustand'
import type { ErrorShape } from '../../electron/contract/errors.ts'
import type { Range } from '../features/player/range.ts'
import { noRange } from '../features/player/range.ts'
import type { SnapKind } from '../features/player/snap.ts'

export type PanelTab = 'transcript' | 'scenes'

interface PlayerState {
  /** Where the picture that is shown begins, in seconds of the video. */
  second: number
  isPlaying: boolean
  /** Nothing to show yet for where it is. */
  isWaiting: boolean
  /** The first picture is there. */
  isShown: boolean
  shuttle: number
  range: Range
  isLooping: boolean
  /** Said for a moment after a point jumped to something. */
  hint: { kind: SnapKind, count: number } | null
  /** Why a preview is played in place of the file; null while the file itself is. */
  previewWhy: string | null
  /** 0 to 1 of the piece of the preview that is waited for. */
  making: number | null
  error: ErrorShape | null
}

/** What stays from video to video. */
interface PlayerChoices {
  speed: number
  volume: number
  isMuted: boolean
  isMagnetOn: boolean
  isPanelOpen: boolean
  panelWidth: number
  tab: PanelTab
}

const CHOICES_KEY = 'scenedex-player'

const usualChoices: PlayerChoices = { speed: 1, volume: 1, isMuted: false, isMagnetOn: true, isPanelOpen: true, panelWidth: 360, tab: 'transcript' }

function keptChoices(): PlayerChoices {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(CHOICES_KEY) ?? '{}')
    const entries = typeof kept === 'object' && kept !== null ? Object.entries(kept) : []
    const names = Object.entries(usualChoices)
    return { ...usualChoices, ...Object.fromEntries(entries.filter(([name, value]) => names.some(([known, usual]) => known === name && typeof usual === typeof value))) }
  } catch {
    // Whatever else wrote there: the usual choices do.
    return usualChoices
  }
}

export const usePlayerChoices = create<PlayerChoices>(() => ({ ...keptChoices(), speed: 1 }))

export function choose(change: Partial<PlayerChoices>): void {
  usePlayerChoices.setState(change)
  localStorage.setItem(CHOICES_KEY, JSON.stringify(usePlayerChoices.getState()))
}

const fresh: PlayerState = {
  second: 0, isPlaying: false, isWaiting: true, isShown: false, shuttle: 0, range: noRange, isLooping: false, hint: null, previewWhy: null, making: null, error: null,
}

export const usePlayer = create<PlayerState>(() => fresh)

/** Forgets the video before. */
export function beginPlayer(second: number): void {
  usePlayer.setState({ ...fresh, second })
}

export function setRange(range: Range): void {
  usePlayer.setState({ range })
}

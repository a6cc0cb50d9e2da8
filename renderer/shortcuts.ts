import { useEffect, useEffectEvent } from 'react'

export type ShortcutSection = 'everywhere' | 'library' | 'search' | 'player' | 'tray'

export interface Shortcut {
  section: ShortcutSection
  /** As KeyboardEvent.key has it, with Ctrl+ (or Cmd+ on a Mac), Alt+ and Shift+ before it; several mean the same. */
  keys: readonly string[]
  text: string
}

/** Every key that does something: what is listed under `?` is what works. */
export const shortcuts = {
  'go-search': { section: 'everywhere', keys: ['/', 'Ctrl+K', 'Alt+2'], text: 'Search' },
  'go-library': { section: 'everywhere', keys: ['Alt+1'], text: 'Library' },
  'go-tray': { section: 'everywhere', keys: ['Alt+3'], text: 'Export tray' },
  'go-activity': { section: 'everywhere', keys: ['Alt+4'], text: 'Activity' },
  'go-settings': { section: 'everywhere', keys: ['Ctrl+,'], text: 'Settings' },
  'go-back': { section: 'everywhere', keys: ['Escape'], text: 'Back, close' },
  'show-help': { section: 'everywhere', keys: ['?'], text: 'How to search; in the player and the tray this list' },
  'show-shortcuts': { section: 'everywhere', keys: ['Ctrl+/'], text: 'This list' },
  'library-open': { section: 'library', keys: ['Enter'], text: 'Open the video' },
  'library-select': { section: 'library', keys: ['Space'], text: 'Select or unselect' },
  'library-select-all': { section: 'library', keys: ['Ctrl+A'], text: 'Select all' },
  'library-extend': { section: 'library', keys: ['Shift+ArrowRight', 'Shift+ArrowLeft', 'Shift+ArrowUp', 'Shift+ArrowDown'], text: 'Select up to here' },
  'library-unselect': { section: 'library', keys: ['Escape'], text: 'Clear the selection' },
  'library-remove': { section: 'library', keys: ['Delete', 'Backspace'], text: 'Remove from the library' },
  'library-next-frame': { section: 'library', keys: ['.'], text: 'Next key frame of the poster' },
  'library-previous-frame': { section: 'library', keys: [','], text: 'Previous key frame of the poster' },
  'library-details': { section: 'library', keys: ['I'], text: 'Show or hide the details' },
  'library-filter': { section: 'library', keys: ['Ctrl+F'], text: 'Filter' },
  'search-move': { section: 'search', keys: ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'], text: 'Move among the hits' },
  'search-move-far': { section: 'search', keys: ['Home', 'End', 'PageUp', 'PageDown'], text: 'First, last, further' },
  'search-open': { section: 'search', keys: ['Enter'], text: 'Play the hit' },
  'search-preview': { section: 'search', keys: ['Space'], text: 'Preview the hit' },
  'search-add': { section: 'search', keys: ['E'], text: 'Add to the export tray' },
  'search-similar': { section: 'search', keys: ['S'], text: 'Find similar scenes' },
  'search-copy-time': { section: 'search', keys: ['C'], text: 'Copy the time' },
  'search-select': { section: 'search', keys: ['X'], text: 'Select or unselect' },
  'search-extend': { section: 'search', keys: ['Shift+ArrowLeft', 'Shift+ArrowRight', 'Shift+ArrowUp', 'Shift+ArrowDown'], text: 'Select up to here' },
  'search-select-all': { section: 'search', keys: ['Ctrl+A'], text: 'Select all' },
  'search-leave': { section: 'search', keys: ['Escape'], text: 'Clear the selection, then back to the box' },
  'player-play': { section: 'player', keys: ['Space'], text: 'Play or pause' },
  'player-back': { section: 'player', keys: ['J'], text: 'Slower, then backwards; again for faster' },
  'player-stop': { section: 'player', keys: ['K'], text: 'Pause; play when paused' },
  'player-forward': { section: 'player', keys: ['L'], text: 'Play; again for 2, 4 and 8 times as fast' },
  'player-previous-frame': { section: 'player', keys: [','], text: 'One frame back' },
  'player-next-frame': { section: 'player', keys: ['.'], text: 'One frame forward' },
  'player-back-second': { section: 'player', keys: ['ArrowLeft'], text: '1 second back' },
  'player-forward-second': { section: 'player', keys: ['ArrowRight'], text: '1 second forward' },
  'player-back-far': { section: 'player', keys: ['Shift+ArrowLeft'], text: '5 seconds back' },
  'player-forward-far': { section: 'player', keys: ['Shift+ArrowRight'], text: '5 seconds forward' },
  'player-previous-scene': { section: 'player', keys: ['ArrowUp', 'PageUp'], text: 'Previous scene' },
  'player-next-scene': { section: 'player', keys: ['ArrowDown', 'PageDown'], text: 'Next scene' },
  'player-previous-shot': { section: 'player', keys: ['Shift+ArrowUp'], text: 'Previous shot' },
  'player-next-shot': { section: 'player', keys: ['Shift+ArrowDown'], text: 'Next shot' },
  'player-start': { section: 'player', keys: ['Home'], text: 'To the start' },
  'player-end': { section: 'player', keys: ['End'], text: 'To the end' },
  'player-in': { section: 'player', keys: ['I'], text: 'Set the in point' },
  'player-out': { section: 'player', keys: ['O'], text: 'Set the out point' },
  'player-in-exact': { section: 'player', keys: ['Alt+I'], text: 'Set the in point without snapping' },
  'player-out-exact': { section: 'player', keys: ['Alt+O'], text: 'Set the out point without snapping' },
  'player-to-in': { section: 'player', keys: ['Shift+I'], text: 'Go to the in point' },
  'player-to-out': { section: 'player', keys: ['Shift+O'], text: 'Go to the out point' },
  'player-in-earlier': { section: 'player', keys: ['[', 'Alt+ArrowLeft'], text: 'In point one frame earlier' },
  'player-in-later': { section: 'player', keys: [']', 'Alt+ArrowRight'], text: 'In point one frame later' },
  'player-out-earlier': { section: 'player', keys: ['{', 'Alt+Shift+ArrowLeft'], text: 'Out point one frame earlier' },
  'player-out-later': { section: 'player', keys: ['}', 'Alt+Shift+ArrowRight'], text: 'Out point one frame later' },
  'player-clear': { section: 'player', keys: ['X'], text: 'Clear the selection' },
  'player-loop': { section: 'player', keys: ['Shift+L'], text: 'Loop the selection' },
  'player-magnet': { section: 'player', keys: ['N'], text: 'Snapping on or off' },
  'player-add': { section: 'player', keys: ['E'], text: 'Add the selection to the export tray' },
  'player-export': { section: 'player', keys: ['Shift+E'], text: 'Add the selection and open the export tray' },
  'player-mute': { section: 'player', keys: ['M'], text: 'Sound on or off' },
  'player-captions': { section: 'player', keys: ['C'], text: 'Captions on or off' },
  'player-full-screen': { section: 'player', keys: ['F'], text: 'Full screen' },
  'player-zoom-in': { section: 'player', keys: ['=', '+'], text: 'Zoom the timeline in' },
  'player-zoom-out': { section: 'player', keys: ['-'], text: 'Zoom the timeline out' },
  'player-fit': { section: 'player', keys: ['\\', '0'], text: 'Show the whole timeline' },
  'player-panel': { section: 'player', keys: ['T'], text: 'Show or hide transcript and scenes' },
  'player-find': { section: 'player', keys: ['Ctrl+F'], text: 'Find in the transcript' },
  'player-similar': { section: 'player', keys: ['S'], text: 'Find scenes similar to this one' },
  'player-similar-frame': { section: 'player', keys: ['Shift+S'], text: 'Find scenes similar to the frame that is shown' },
  'tray-next': { section: 'tray', keys: ['ArrowDown'], text: 'Next clip' },
  'tray-previous': { section: 'tray', keys: ['ArrowUp'], text: 'Previous clip' },
  'tray-play': { section: 'tray', keys: ['Space', 'K'], text: 'Play or pause the clip' },
  'tray-play-all': { section: 'tray', keys: ['Shift+P'], text: 'Play all clips' },
  'tray-choose': { section: 'tray', keys: ['X'], text: 'Select or unselect' },
  'tray-choose-all': { section: 'tray', keys: ['Ctrl+A'], text: 'Select all' },
  'tray-unchoose': { section: 'tray', keys: ['Escape'], text: 'Clear the selection' },
  'tray-move-up': { section: 'tray', keys: ['Alt+ArrowUp'], text: 'Move the clip up' },
  'tray-move-down': { section: 'tray', keys: ['Alt+ArrowDown'], text: 'Move the clip down' },
  'tray-rename': { section: 'tray', keys: ['F2'], text: 'Rename the clip' },
  'tray-remove': { section: 'tray', keys: ['Delete', 'Backspace'], text: 'Remove from the export tray' },
  'tray-export': { section: 'tray', keys: ['Ctrl+Enter'], text: 'Export' },
} as const satisfies Record<string, Shortcut>

export type ShortcutId = keyof typeof shortcuts

const isMac = (): boolean => navigator.platform.startsWith('Mac')

// On a Mac, Alt with a letter or a digit makes another sign of it.
function keyOf({ altKey, code, key }: KeyboardEvent): string {
  const meant = altKey && isMac() ? /^(?:Key|Digit)(.)$/.exec(code)?.[1] : undefined
  return meant ?? key
}

function pressed(event: KeyboardEvent): string {
  const key = keyOf(event)
  // A sign that needs Shift says so by being that sign.
  const withShift = event.shiftKey && (key.length > 1 || key.toUpperCase() !== key.toLowerCase())
  const parts = [event.ctrlKey || (isMac() && event.metaKey) ? 'Ctrl+' : '', event.altKey ? 'Alt+' : '', withShift ? 'Shift+' : '']
  return parts.join('') + (key === ' ' ? 'Space' : key.length === 1 ? key.toUpperCase() : key)
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input:not([type=range], [type=checkbox], [type=button]), textarea, select'))
}

// A letter or a space belongs to whoever is being typed into; a space also to a button that has the focus.
function belongsToTarget(event: KeyboardEvent): boolean {
  const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey
  if (!isPlain || event.key === 'Escape') return false
  if (isTyping(event.target)) return true
  return (event.key === ' ' || event.key === 'Enter') && event.target instanceof HTMLElement && event.target.matches('button, a, [role=menuitem], [role=option], [role=switch], summary, input[type=checkbox]')
}

/** Does something when the keys of a shortcut are pressed, while the calling component is shown. Not while a dialog or menu is open above it. */
export function useShortcut(id: ShortcutId, act: (event: KeyboardEvent) => void, isActive = true): void {
  const onPress = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || belongsToTarget(event)) return
    if (document.querySelector('[role=dialog][data-open], [role=alertdialog][data-open], [role=menu][data-open]') !== null) return
    const keys: readonly string[] = shortcuts[id].keys
    if (!keys.some((key) => key.replace(/^.$/, (letter) => letter.toUpperCase()) === pressed(event))) return
    event.preventDefault()
    act(event)
  })
  useEffect(() => {
    if (!isActive) return
    window.addEventListener('keydown', onPress)
    return () => { window.removeEventListener('keydown', onPress) }
  }, [isActive])
}

const keyNames: Readonly<Record<string, string>> = {
  ArrowLeft: '←', ArrowRight: '→', ArrowUp: '↑', ArrowDown: '↓', Escape: 'Esc', PageUp: 'Page Up', PageDown: 'Page Down',
}

/** Keys as a person reads them on their keyboard: `Shift+←`, on a Mac `⇧←`. */
export function keyText(keys: string): string {
  const named = keys.replace(/[A-Z][A-Za-z]+$/, (name) => keyNames[name] ?? name)
  return isMac() ? named.replace('Ctrl+', '⌘').replace('Alt+', '⌥').replace('Shift+', '⇧') : named
}

/** The first key of a shortcut as a person reads it. */
export function keysOf(id: ShortcutId): string {
  return keyText(shortcuts[id].keys[0])
}

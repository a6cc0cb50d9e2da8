import { ChevronDown, ChevronUp, Copy, Scissors, Search } from 'lucide-react'
import { useMemo, useRef, useState } from 'react'
import { messages } from '../../messages.ts'
import { useShortcut } from '../../shortcuts.ts'
import { choose } from '../../stores/player.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { toast } from '../../ui/toasts.tsx'
import type { Playback } from './playback.ts'
import { selectSpan } from './range-actions.ts'
import type { SelectedWords } from './selected-words.ts'
import { TranscriptList } from './transcript-list.tsx'
import css from './transcript.module.css'
import type { Line, Match } from './transcript.ts'
import { matchesOf } from './transcript.ts'

const text = messages.player

async function copy(words: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(words)
    toast({ text: text.copied })
  } catch (error) {
    // The browser refuses where the page is not in front, or was told to.
    toast({ text: text.copyFailed, hint: error instanceof Error ? error.message : '', tone: 'bad' })
  }
}

function Selected({ words, onDone }: { words: SelectedWords, onDone(): void }) {
  return (
    <div className={css.selected} role="group" aria-label={text.selectedWords(words.count)}>
      <span className={css.count}>{text.selectedWords(words.count)}</span>
      <IconButton label={text.copyText} icon={<Copy />} onClick={() => { void copy(words.text) }} />
      <Button icon={<Scissors />} onClick={() => { selectSpan(words); getSelection()?.removeAllRanges(); onDone() }}>{text.useSelection}</Button>
    </div>
  )
}

interface FindBarProps { typed: string, onType(typed: string): void, at: number, count: number, onMove(by: number): void }

function FindBar({ typed, onType, at, count, onMove }: FindBarProps) {
  const field = useRef<HTMLInputElement>(null)
  useShortcut('player-find', () => {
    choose({ isPanelOpen: true, tab: 'transcript' })
    field.current?.select()
    field.current?.focus()
  })
  return (
    <div className={css.find} role="search">
      <Search aria-hidden="true" />
      <input
        ref={field} className={css.field} value={typed} aria-label={text.find} placeholder={text.findPlaceholder} spellCheck={false}
        onChange={(event) => { onType(event.target.value) }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onMove(event.shiftKey ? -1 : 1)
          if (event.key !== 'Escape') return
          event.preventDefault()
          if (typed === '') event.currentTarget.blur()
          onType('')
        }}
      />
      <span className={css.matchCount} role="status">{typed.trim() === '' ? '' : text.matches(at + 1, count)}</span>
      <IconButton label={text.previousMatch} icon={<ChevronUp />} disabled={count === 0} onClick={() => { onMove(-1) }} />
      <IconButton label={text.nextMatch} icon={<ChevronDown />} disabled={count === 0} onClick={() => { onMove(1) }} />
    </div>
  )
}

/** What is said, beside the picture. */
export function TranscriptPanel({ playback, lines }: { playback: Playback, lines: readonly Line[] }) {
  const [find, setFind] = useState({ typed: '', at: 0 })
  const [words, setWords] = useState<SelectedWords | null>(null)
  const matches = useMemo(() => matchesOf(lines, find.typed), [lines, find.typed])
  const current: Match | null = matches[find.at] ?? null
  const move = (by: number): void => {
    if (matches.length === 0) return
    const at = (find.at + by + matches.length) % matches.length
    setFind({ ...find, at })
    const match = matches[at]
    if (match !== undefined) playback.seek(secondOf(lines, match))
  }
  return (
    <div className={css.panel}>
      <FindBar typed={find.typed} at={find.at} count={matches.length} onType={(typed) => { setFind({ typed, at: 0 }) }} onMove={move} />
      <TranscriptList playback={playback} lines={lines} matches={matches} currentMatch={current} onSelect={setWords} />
      {words === null ? null : <Selected words={words} onDone={() => { setWords(null) }} />}
    </div>
  )
}

/** When the first word of a match is said. */
function secondOf(lines: readonly Line[], { line, from }: Match): number {
  const found = lines[line]
  let length = 0
  for (const word of found?.words ?? []) {
    length += word.text.trim().length + 1
    if (length > from) return word.start
  }
  return found?.start ?? 0
}

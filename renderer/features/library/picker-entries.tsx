import { useVirtualizer } from '@tanstack/react-virtual'
import { Check, FileArchive, FileVideo, Folder } from 'lucide-react'
import type { KeyboardEvent, RefObject } from 'react'
import { useEffect, useRef, useState } from 'react'
import type { BrowseEntry } from '../../../electron/contract/host.ts'
import { messages } from '../../messages.ts'
import { bytesText } from '../../time-text.ts'
import css from './file-picker.module.css'
import { movedIndex } from './selecting.ts'

const text = messages.library.picker
const ROW_PIXELS = 32
const date = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' })

interface PickerEntriesProps {
  entries: readonly BrowseEntry[]
  marked: ReadonlySet<string>
  canMark: boolean
  isLoading: boolean
  /** Said where there is nothing to choose. */
  nothingHere: string
  listRef: RefObject<HTMLDivElement | null>
  onToggle(entry: BrowseEntry): void
  onChoose(entry: BrowseEntry): void
  onUp(): void
}

interface EntryProps { entry: BrowseEntry, top: number, isMarked: boolean, isFocused: boolean, canMark: boolean, onClick(): void, onToggle(): void, onChoose(): void }

function Entry({ entry, top, isMarked, isFocused, canMark, onClick, onToggle, onChoose }: EntryProps) {
  const check = canMark
    ? <span className={css.check} aria-hidden="true" onClick={(event) => { event.stopPropagation(); onToggle() }} onDoubleClick={(event) => { event.stopPropagation() }}>{isMarked ? <Check /> : null}</span>
    : <span />
  return (
    <div
      id={`picker-${entry.path}`} role="option" aria-selected={isMarked} data-focused={isFocused || undefined} className={css.entry}
      style={{ height: ROW_PIXELS, transform: `translateY(${top}px)` }} onClick={onClick} onDoubleClick={onChoose}
    >
      {check}
      {entry.kind === 'folder' ? <Folder className={css.folder} aria-hidden="true" /> : entry.kind === 'video' ? <FileVideo aria-hidden="true" /> : <FileArchive aria-hidden="true" />}
      <span className={css.name} title={entry.name}>{entry.name}</span>
      <span className={css.bytes}>{entry.bytes === null ? '' : bytesText(entry.bytes)}</span>
      <span className={css.modified}>{entry.modifiedMs === null ? '' : date.format(entry.modifiedMs)}</span>
    </div>
  )
}

/** The next entry whose name begins with the letter that is pressed, around the end; null where the key is no letter or no name begins so. */
function jumped({ key, ctrlKey, metaKey, altKey }: KeyboardEvent, entries: readonly BrowseEntry[], from: number): number | null {
  if (key.length !== 1 || key === ' ' || ctrlKey || metaKey || altKey) return null
  const indices = entries.map((_, at) => (from + 1 + at) % entries.length)
  return indices.find((at) => entries[at]?.name.toLowerCase().startsWith(key.toLowerCase())) ?? null
}

/** What lies in a folder: arrows move, Enter opens, Space marks, Backspace goes up, a letter jumps. */
export function PickerEntries({ entries, marked, canMark, isLoading, nothingHere, listRef, onToggle, onChoose, onUp }: PickerEntriesProps) {
  const [focused, setFocused] = useState(0)
  const scrollRef = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({ count: entries.length, getScrollElement: () => scrollRef.current, estimateSize: () => ROW_PIXELS, overscan: 8 })
  useEffect(() => { listRef.current?.focus({ preventScroll: true }) }, [listRef])

  const moveTo = (index: number): void => { setFocused(index); virtual.scrollToIndex(index) }
  const focusedEntry = entries[focused]
  const acts: Record<string, () => void> = {
    'Backspace': onUp,
    'Enter': () => { if (focusedEntry !== undefined) onChoose(focusedEntry) },
    ' ': () => { if (focusedEntry !== undefined && canMark) onToggle(focusedEntry) },
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const moved = jumped(event, entries, focused) ?? movedIndex(event.key, focused, { count: entries.length, columns: 1, rowsOnPage: 10 })
    const act = acts[event.key]
    if (moved === null && act === undefined) return
    event.preventDefault()
    if (moved === null) act?.()
    else moveTo(moved)
  }
  return (
    <div ref={scrollRef} className={css.entries} aria-busy={isLoading}>
      <div
        ref={listRef} role="listbox" tabIndex={0} aria-label={text.entries} aria-multiselectable={canMark} className={css.list} style={{ height: Math.max(virtual.getTotalSize(), ROW_PIXELS) }}
        aria-activedescendant={focusedEntry === undefined ? undefined : `picker-${focusedEntry.path}`} onKeyDown={onKeyDown}
      >
        {virtual.getVirtualItems().map(({ index, start }) => {
          const entry = entries[index]
          return entry === undefined ? null : (
            <Entry
              key={entry.path} entry={entry} top={start} isMarked={marked.has(entry.path)} isFocused={index === focused} canMark={canMark}
              onToggle={() => { setFocused(index); onToggle(entry) }} onChoose={() => { onChoose(entry) }}
              onClick={() => { setFocused(index); if (canMark && entry.kind !== 'folder') onToggle(entry) }}
            />
          )
        })}
      </div>
      {entries.length === 0 ? <p className={css.nothing}>{isLoading ? text.loading : nothingHere}</p> : null}
    </div>
  )
}

import { useVirtualizer } from '@tanstack/react-virtual'
import type { MouseEvent, RefObject } from 'react'
import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react'
import { messages } from '../../messages.ts'
import { usePlayer } from '../../stores/player.ts'
import { Button } from '../../ui/button.tsx'
import type { Playback } from './playback.ts'
import type { SelectedWords } from './selected-words.ts'
import { selectWords } from './select-words.ts'
import { selectedWords, wordsBetween } from './selected-words.ts'
import { TranscriptLine } from './transcript-line.tsx'
import css from './transcript.module.css'
import type { Line, Match } from './transcript.ts'
import { lastBegun } from './transcript.ts'

const text = messages.player
const noMatches: readonly Match[] = []

interface TranscriptListProps {
  playback: Playback
  lines: readonly Line[]
  matches: readonly Match[]
  currentMatch: Match | null
  onSelect(words: SelectedWords | null): void
}

function useActive(lines: readonly Line[]): { line: number, word: number } {
  const line = usePlayer(({ second }) => lastBegun(lines, second + 1e-3))
  const words = lines[line]?.words
  const word = usePlayer(({ second }) => {
    const at = words === undefined ? -1 : lastBegun(words, second + 1e-3)
    return second < (words?.[at]?.end ?? 0) ? at : -1
  })
  return { line, word }
}

interface Selecting extends Pick<TranscriptListProps, 'lines' | 'onSelect'> { scroller: RefObject<HTMLElement | null>, leave(): void, seek(second: number): void }

/** The mouse goes to a word with a click, and selects words when it moves. */
function selecting({ lines, scroller, leave, onSelect, seek }: Selecting): { onMouseDown(event: MouseEvent<HTMLElement>): void, onMouseUp(event: MouseEvent<HTMLElement>): void } {
  const choose = (words: SelectedWords | null): void => {
    onSelect(words)
    if (words !== null) leave()
  }
  const onMouseDown = (event: MouseEvent<HTMLElement>): void => {
    // More clicks than one, and Shift, select as everywhere.
    const list = scroller.current
    if (list === null || event.button !== 0 || event.shiftKey || event.detail > 1 || (event.target instanceof Element && event.target.closest('button') !== null)) return
    event.preventDefault()
    list.focus({ preventScroll: true })
    selectWords(list, event, {
      onBegin: leave,
      onEnd: (from, to, isClick) => {
        choose(isClick ? null : wordsBetween(lines, from, to))
        const line = lines[from.line]
        if (isClick && line !== undefined) seek(line.words[from.word ?? 0]?.start ?? line.start)
      },
    })
  }
  const onMouseUp = (event: MouseEvent<HTMLElement>): void => { if (event.shiftKey || event.detail > 1) choose(selectedWords(lines, event.currentTarget)) }
  return { onMouseDown, onMouseUp }
}

/** All that is said, following the playhead until the person scrolls. */
export function TranscriptList({ playback, lines, matches, currentMatch, onSelect }: TranscriptListProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const [isFollowing, setFollowing] = useState(true)
  const active = useActive(lines)
  const virtual = useVirtualizer({ count: lines.length, getScrollElement: () => scroller.current, estimateSize: () => 52, overscan: 8 })
  const show = useEffectEvent((line: number) => { virtual.scrollToIndex(Math.max(0, line), { align: 'center' }) })
  useEffect(() => { if (isFollowing) show(active.line) }, [active.line, isFollowing])
  useEffect(() => { if (currentMatch !== null) { setFollowing(false); show(currentMatch.line) } }, [currentMatch])
  const seek = useCallback((second: number) => { setFollowing(true); playback.seek(second) }, [playback])
  const leave = (): void => { setFollowing(false) }
  const onMouse = selecting({ lines, scroller, leave, onSelect, seek })
  return (
    <div className={css.list}>
      <div ref={scroller} className={css.scroller} tabIndex={0} role="region" aria-label={text.transcript} onWheel={leave} onTouchMove={leave} onPointerDown={(event) => { if (event.target === scroller.current) leave() }}>
        <div className={css.all} style={{ height: virtual.getTotalSize() }} {...onMouse}>
          {virtual.getVirtualItems().map(({ index, key, start }) => {
            const line = lines[index]
            const isActive = index === active.line
            return line === undefined ? null : (
              <div key={key} ref={virtual.measureElement} data-index={index} className={css.row} style={{ transform: `translateY(${start}px)` }}>
                <TranscriptLine
                  line={line} at={index} isActive={isActive} activeWord={isActive ? active.word : -1} onSeek={seek}
                  matches={matches.length === 0 ? noMatches : matches.filter((match) => match.line === index)} currentMatch={currentMatch?.line === index ? currentMatch : null}
                />
              </div>
            )
          })}
        </div>
      </div>
      {isFollowing ? null : <div className={css.follow}><Button title={text.followHint} onClick={() => { setFollowing(true) }}>{text.follow}</Button></div>}
    </div>
  )
}

import { Clapperboard, Magnet, Maximize2, Plus, Repeat, X, ZoomIn, ZoomOut } from 'lucide-react'
import { useState } from 'react'
import { messages } from '../../messages.ts'
import { keysOf } from '../../shortcuts.ts'
import { setRange, usePlayer, usePlayerChoices } from '../../stores/player.ts'
import { timeText } from '../../time-text.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { parseTime, timeCode } from './frames.ts'
import type { Playback } from './playback.ts'
import type { RangeEnd } from './range.ts'
import { isSet, wholeRange, withIn, withOut } from './range.ts'
import { addSelection, clearRange, exportSelection, setEnd, showEnd, toggleLoop, toggleMagnet } from './range-actions.ts'
import css from './range-bar.module.css'
import type { SnapTarget } from './snap.ts'

const text = messages.player

interface EndProps { playback: Playback, end: RangeEnd, targets: readonly SnapTarget[] }

/** An end as a time that can be typed; the button sets it where the playhead stands. */
function EndField({ playback, end, targets }: EndProps) {
  const at = usePlayer(({ range }) => range[end])
  const [typed, setTyped] = useState<string | null>(null)
  const [isWrong, setWrong] = useState(false)
  const leave = (): void => { setTyped(null); setWrong(false) }
  const use = (): void => {
    const { range, second } = usePlayer.getState()
    if (typed === null || typed === (at === null ? '' : timeCode(at))) { leave(); return }
    const next = typed.trim() === '' ? null : parseTime(typed, at ?? second, playback.timing)
    if (next === null && typed.trim() !== '') { setWrong(true); return }
    setRange(next === null ? { ...range, [end]: null } : (end === 'in' ? withIn : withOut)(range, next, playback.limits()))
    leave()
    showEnd(playback, end)
  }
  return (
    <div className={css.end}>
      <Button kind="quiet" title={`${end === 'in' ? text.setIn : text.setOut} (${keysOf(end === 'in' ? 'player-in' : 'player-out')})`} onClick={(event) => { setEnd(playback, { end, targets, isExact: event.altKey }) }}>
        {text[end]}
      </Button>
      <input
        className={css.field} aria-label={end === 'in' ? text.inPoint : text.outPoint} aria-invalid={isWrong} title={isWrong ? text.timeWrong : undefined} placeholder="–:––:––.–––" spellCheck={false}
        value={typed ?? (at === null ? '' : timeCode(at))}
        onChange={(event) => { setTyped(event.target.value); setWrong(false) }} onFocus={(event) => { event.target.select() }}
        onBlur={() => { if (isWrong) leave(); else use() }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') use()
          if (event.key === 'Escape') { event.preventDefault(); leave() }
        }}
      />
    </div>
  )
}

function Hint() {
  const hint = usePlayer((state) => state.hint)
  return <span role="status" className={css.hint}>{hint === null ? null : <span key={hint.count} className={css.hintText}><Magnet aria-hidden="true" />{text.snapped[hint.kind]}</span>}</span>
}

function LengthShown({ duration }: { duration: number }) {
  const range = usePlayer((state) => state.range)
  const { start, end } = wholeRange(range, duration)
  return <span className={css.length} title={text.length}>{isSet(range) ? timeText(end - start, 3) : ''}</span>
}

interface RangeBarProps { playback: Playback, targets: readonly SnapTarget[], onZoom(factor: number): void, onFit(): void }

/** What is selected, and what becomes of it. */
export function RangeBar({ playback, targets, onZoom, onFit }: RangeBarProps) {
  const hasRange = usePlayer(({ range }) => isSet(range))
  const isLooping = usePlayer((state) => state.isLooping)
  const isMagnetOn = usePlayerChoices((choices) => choices.isMagnetOn)
  return (
    <div className={css.bar} role="group" aria-label={text.range}>
      <EndField playback={playback} end="in" targets={targets} />
      <EndField playback={playback} end="out" targets={targets} />
      <LengthShown duration={playback.duration} />
      <IconButton label={text.clear} shortcut={keysOf('player-clear')} icon={<X />} disabled={!hasRange} onClick={clearRange} />
      <IconButton label={text.loop} shortcut={keysOf('player-loop')} icon={<Repeat />} isOn={isLooping} onClick={toggleLoop} />
      <IconButton label={text.magnet} shortcut={keysOf('player-magnet')} icon={<Magnet />} isOn={isMagnetOn} onClick={toggleMagnet} />
      <Hint />
      <span className={css.space} />
      <IconButton label={text.zoomOut} shortcut={keysOf('player-zoom-out')} icon={<ZoomOut />} onClick={() => { onZoom(1.6) }} />
      <IconButton label={text.fit} shortcut={keysOf('player-fit')} icon={<Maximize2 />} onClick={onFit} />
      <IconButton label={text.zoomIn} shortcut={keysOf('player-zoom-in')} icon={<ZoomIn />} onClick={() => { onZoom(1 / 1.6) }} />
      <Button icon={<Plus />} title={`${text.add} (${keysOf('player-add')})`} disabled={!hasRange} onClick={() => { void addSelection(playback) }}>{text.add}</Button>
      <Button icon={<Clapperboard />} kind="primary" title={`${text.exportNowHint} (${keysOf('player-export')})`} disabled={!hasRange} onClick={() => { void exportSelection(playback) }}>{text.exportNow}</Button>
    </div>
  )
}

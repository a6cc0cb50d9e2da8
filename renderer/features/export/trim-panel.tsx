import { useState } from 'react'
import type { PlayerVideo } from '../../../electron/contract/player.ts'
import type { TrayClip } from '../../../electron/contract/tray.ts'
import { messages } from '../../messages.ts'
import { changeClip } from '../../stores/tray.ts'
import { lookAtSecond } from './preview.ts'
import { TimeField } from './time-field.tsx'
import { isSameTime } from './time-code.ts'
import type { Span } from './trim.ts'
import { moved } from './trim.ts'
import { TrimTimeline } from './trim-timeline.tsx'
import { frameSecondsOf, lengthOf } from './use-opened-video.ts'
import css from './trim-panel.module.css'

/** Where a clip starts and ends: on a small timeline, and as times. */
export function TrimPanel({ clip, player }: { clip: TrayClip, player: PlayerVideo | null }) {
  const [draft, setDraft] = useState<Span | null>(null)
  const span = draft ?? clip
  const limits = { duration: lengthOf(player, clip.end), frameSeconds: frameSecondsOf(player) }
  const keep = ({ start, end }: Span): void => {
    setDraft(null)
    if (isSameTime(start, clip.start) && isSameTime(end, clip.end)) return
    void changeClip({ id: clip.id, start, end })
  }
  const moveTo = (edge: 'start' | 'end') => (to: number): void => {
    const next = moved(clip, edge, { to, limits })
    keep(next)
    lookAtSecond(edge === 'start' ? next.start : next.end - limits.frameSeconds)
  }
  const { frameSeconds } = limits
  return (
    <section className={css.panel} aria-label={messages.tray.trim}>
      <TrimTimeline span={span} player={player} limits={limits} onDrag={setDraft} onChange={keep} />
      <div className={css.fields}>
        <TimeField label={messages.tray.start} earlier={messages.tray.startEarlier} later={messages.tray.startLater} value={span.start} frameSeconds={frameSeconds} onChange={moveTo('start')} />
        <TimeField label={messages.tray.end} earlier={messages.tray.endEarlier} later={messages.tray.endLater} value={span.end} frameSeconds={frameSeconds} onChange={moveTo('end')} />
      </div>
    </section>
  )
}

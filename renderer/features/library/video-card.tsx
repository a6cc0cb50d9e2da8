import { Check, CirclePause, Clock, FileX, Play, TriangleAlert } from 'lucide-react'
import type { MouseEvent, ReactNode } from 'react'
import { memo } from 'react'
import type { VideoCard as Card } from '../../../electron/contract/cards.ts'
import type { VideoId } from '../../../electron/contract/ids.ts'
import { messages } from '../../messages.ts'
import { useJobs } from '../../stores/jobs.ts'
import { bytesText, percentText, timeText } from '../../time-text.ts'
import { CoverageLine } from './coverage-line.tsx'
import { withoutName } from './reason-text.ts'
import { ScrubPoster } from './scrub-poster.tsx'
import css from './video-card.module.css'
import type { ShownState } from './video-state.ts'
import { roughProgress, shownState } from './video-state.ts'

const text = messages.library
const date = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' })

/** What a card or a line of the list needs of the list around it. All of it stays the same while one scrolls. */
export interface VideoItemProps {
  card: Card
  index: number
  count: number
  isSelected: boolean
  /** It is the one that Tab goes to. */
  isTabStop: boolean
  onPick(event: MouseEvent, id: VideoId): void
  onCheck(event: MouseEvent, id: VideoId): void
  onOpen(id: VideoId): void
}

const stateIcons: Record<ShownState, ReactNode> = {
  ready: null, working: null, waiting: <Clock />, paused: <CirclePause />, failed: <TriangleAlert />, refused: <TriangleAlert />, missing: <FileX />,
}

function StateMark({ card, state }: { card: Card, state: ShownState }) {
  const current = useJobs((jobs) => jobs.byVideo.get(card.id)?.current ?? null)
  const progress = useJobs((jobs) => Math.round((jobs.byVideo.get(card.id)?.progress ?? roughProgress(card.coverage)) * 100) / 100)
  if (state === 'ready') return null
  const hint = card.error === null ? undefined : `${card.error.message} ${card.error.hint}`
  const said = state === 'working' ? `${current === null ? text.shownStates.working : messages.jobs.stages[current]} ${percentText(progress)}` : text.shownStates[state]
  return (
    <>
      <span className={css.state} data-state={state} title={hint}>{stateIcons[state]}{said}</span>
      {state === 'working' || state === 'paused' ? <span className={css.progress}><span style={{ width: `${progress * 100}%` }} /></span> : null}
    </>
  )
}

/** What can be found in the video; why nothing can, where that is so. */
function WhatIsThere({ card: { path, state, error, coverage } }: { card: Card }) {
  if (state !== 'refused' && state !== 'failed' || error === null) return <CoverageLine coverage={coverage} />
  return <p className={css.reason} title={`${error.message} ${error.hint}`}>{withoutName(error.message, path)}</p>
}

function Badges({ badges }: Pick<Card, 'badges'>) {
  return badges.map((badge) => <span key={badge} className={css.badge} data-badge={badge} title={text.badgeHints[badge]}>{text.badges[badge]}</span>)
}

// Its name is its text: the title comes first there, though it is shown below the picture.
function itemProps({ card, index, count, isSelected, isTabStop, onPick, onOpen }: VideoItemProps) {
  return {
    'role': 'option', 'aria-selected': isSelected, 'aria-posinset': index + 1, 'aria-setsize': count,
    'tabIndex': isTabStop ? 0 : -1, 'data-video': card.id,
    'onClick': (event: MouseEvent) => { onPick(event, card.id) },
    'onDoubleClick': () => { onOpen(card.id) },
  } as const
}

function CheckMark({ id, onCheck }: { id: VideoId, onCheck: VideoItemProps['onCheck'] }) {
  return <span className={css.check} aria-hidden="true" data-check onClick={(event) => { onCheck(event, id) }} onDoubleClick={(event) => { event.stopPropagation() }}><Check /></span>
}

/** A video in the grid. */
export const VideoCardItem = memo((props: VideoItemProps) => {
  const { card, onCheck, onOpen } = props
  const state = shownState(card)
  return (
    <div className={css.card} {...itemProps(props)}>
      <p className={css.title} title={card.title}>{card.title}</p>
      <ScrubPoster card={card}>
        <span className={css.badges}><Badges badges={card.badges} /></span>
        <CheckMark id={card.id} onCheck={onCheck} />
        {card.poster === null ? null : <span className={css.play} aria-hidden="true" onClick={(event) => { event.stopPropagation(); onOpen(card.id) }}><Play /></span>}
        <StateMark card={card} state={state} />
      </ScrubPoster>
      <WhatIsThere card={card} />
    </div>
  )
})
VideoCardItem.displayName = 'VideoCardItem'

/** A video in the list. */
export const VideoLineItem = memo((props: VideoItemProps) => {
  const { card, onCheck } = props
  const state = shownState(card)
  return (
    <div className={css.line} {...itemProps(props)}>
      <CheckMark id={card.id} onCheck={onCheck} />
      <ScrubPoster card={card} />
      <p className={css.title} title={`${card.title}\n${card.path}`}>{card.title}</p>
      <span className={css.lineState}>{state === 'ready' ? null : <StateMark card={card} state={state} />}<Badges badges={card.badges} /></span>
      <WhatIsThere card={card} />
      <span className={css.number}>{card.duration === null ? '' : timeText(card.duration, 0)}</span>
      <span className={css.number}>{card.width === null || card.height === null ? '' : `${card.width} × ${card.height}`}</span>
      <span className={css.number}>{bytesText(card.sizeBytes)}</span>
      <span className={css.number}>{card.recordedAt === null ? '' : date.format(new Date(card.recordedAt))}</span>
      <span className={css.number}>{date.format(card.addedMs)}</span>
    </div>
  )
})
VideoLineItem.displayName = 'VideoLineItem'

import { Check, Clapperboard, Ellipsis, Eye } from 'lucide-react'
import type { MouseEvent, ReactNode } from 'react'
import type { VideoId } from '../../../electron/contract/ids.ts'
import type { SearchHit } from '../../../electron/contract/search.ts'
import { messages } from '../../messages.ts'
import type { HitLayout } from '../../stores/search.ts'
import { toggleSelected } from '../../stores/search.ts'
import { hitKey } from '../../stores/search-pages.ts'
import { timeText } from '../../time-text.ts'
import { FrameImage } from '../../ui/frame-image.tsx'
import { Menu } from '../../ui/menu.tsx'
import { addToTray, previewHit, searchOnlyIn } from './hit-actions.ts'
import css from './hit-card.module.css'
import { hitEntries } from './hit-menu.tsx'
import { HitReasons, MoreReasons } from './hit-reasons.tsx'

const text = messages.search

export interface HitCardProps {
  hit: SearchHit
  /** Its number among all that are shown. */
  at: number
  layout: HitLayout
  isActive: boolean
  isSelected: boolean
  /** Below the bar: not good, only the nearest that there is. */
  isNearest: boolean
  /** Its video may have more hits than are shown. */
  isLastOfVideo: boolean
  onPress(at: number, event: MouseEvent): void
  onFocus(at: number): void
}

function Action({ label, icon, onClick }: { label: string, icon: ReactNode, onClick(): void }) {
  return <button type="button" tabIndex={-1} className={css.action} aria-label={label} title={label} onClick={(event) => { event.stopPropagation(); onClick() }}>{icon}</button>
}

// Only for the pointer: from the keyboard the same comes by keys and by the menu key.
function Actions({ hit }: { hit: SearchHit }) {
  return (
    <div className={css.actions} onClick={(event) => { event.stopPropagation() }}>
      <Action label={text.preview} icon={<Eye />} onClick={() => { previewHit(hit) }} />
      <Action label={text.addToTray} icon={<Clapperboard />} onClick={() => { void addToTray([hit]) }} />
      <Menu groups={hitEntries(hit, [hit])} trigger={<button type="button" tabIndex={-1} className={css.action} aria-label={text.actionsFor} title={text.actionsFor}><Ellipsis /></button>} />
    </div>
  )
}

/** The most reasons that a hit shows of itself. */
export const MOST_REASONS = { cards: 3, list: 5 } as const satisfies Record<HitLayout, number>

// The picture that was found, where a reason is one; the key frame of the scene otherwise.
function momentOf({ videoId, reasons }: SearchHit): { video: VideoId, second: number } | null {
  const at = reasons.find((reason) => reason.kind === 'seen' && reason.at !== null)?.at ?? null
  return at === null ? null : { video: videoId, second: at }
}

function Texts({ hit, layout, isLastOfVideo }: Pick<HitCardProps, 'hit' | 'layout' | 'isLastOfVideo'>) {
  return (
    <div className={css.texts}>
      <div className={css.head}>
        <p className={css.title} title={hit.title}>{hit.title}</p>
        {isLastOfVideo ? <button type="button" tabIndex={-1} className={css.ofVideo} onClick={(event) => { event.stopPropagation(); searchOnlyIn(hit.videoId) }}>{text.moreOfVideo}</button> : null}
        <MoreReasons hit={hit} most={MOST_REASONS[layout]} />
      </div>
      <HitReasons hit={hit} most={MOST_REASONS[layout]} />
    </div>
  )
}

/** A hit: its picture, where it is, and why it was found. */
export function HitCard({ hit, at, layout, isActive, isSelected, isNearest, isLastOfVideo, onPress, onFocus }: HitCardProps) {
  const [start, end] = [timeText(hit.start), timeText(hit.end)]
  return (
    <div
      role="gridcell" tabIndex={isActive ? 0 : -1} className={layout === 'cards' ? css.card : css.line} data-hit={at} data-active={isActive || undefined} data-nearest={isNearest || undefined}
      aria-selected={isSelected}
      onClick={(event) => { onPress(at, event) }} onFocus={() => { onFocus(at) }}
    >
      <div className={css.picture} title={text.score(hit.score.toFixed(4))}>
        <FrameImage key={hitKey(hit)} scene={hit.sceneId} moment={momentOf(hit)} />
        <button
          type="button" tabIndex={-1} role="checkbox" aria-checked={isSelected} aria-label={text.selectNamed(hit.title, start)} className={css.check}
          onClick={(event) => { event.stopPropagation(); toggleSelected([hit]) }}
        >
          <Check />
        </button>
        <time className={css.span}>{start} – {end}</time>
        <Actions hit={hit} />
      </div>
      <Texts hit={hit} layout={layout} isLastOfVideo={isLastOfVideo} />
    </div>
  )
}

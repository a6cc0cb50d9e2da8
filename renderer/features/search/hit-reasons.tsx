import { Captions, Eye, ListFilter, MessagesSquare, Palette, ScanText, Tag, Type } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Reason, ReasonKind, SearchHit } from '../../../electron/contract/search.ts'
import { messages } from '../../messages.ts'
import { timeText } from '../../time-text.ts'
import { openHit } from './hit-actions.ts'
import { markedParts, startingNear } from './marked-text.ts'
import css from './hit-reasons.module.css'

const text = messages.search

const icons: Record<ReasonKind, ReactNode> = {
  said: <Captions />, meaning: <MessagesSquare />, seen: <Eye />, title: <Type />, text: <ScanText />, tag: <Tag />, colour: <Palette />, filter: <ListFilter />,
}

// So many characters before the first match fit into a line and a half of a card.
const BEFORE_MATCH = 28

function MarkedText({ text: whole }: { text: string }) {
  return startingNear(markedParts(whole), BEFORE_MATCH).map(({ text: part, isMarked }, at) => isMarked ? <mark key={at}>{part}</mark> : part)
}

function OneReason({ reason: { kind, text: why, at }, hit }: { reason: Reason, hit: SearchHit }) {
  return (
    <li className={css.reason} data-kind={kind}>
      <span className={css.icon} title={text.reasons[kind]}>{icons[kind]}<span className="visually-hidden">{text.reasons[kind]}: </span></span>
      <span className={css.text} title={why.replace(/[«»]/g, '')}><MarkedText text={why} /></span>
      {at === null || kind === 'seen' ? null : (
        <button
          type="button" tabIndex={-1} className={css.moment} aria-label={text.playFrom(timeText(at))} title={text.playFrom(timeText(at))}
          onClick={(event) => { event.stopPropagation(); openHit(hit, at) }}
        >
          {timeText(at)}
        </button>
      )}
    </li>
  )
}

/** Why a hit was found, the strongest reason first; `most` of them, and how many more there are. */
export function HitReasons({ hit, most }: { hit: SearchHit, most: number }) {
  const shown = hit.reasons.slice(0, most)
  const rest = hit.reasons.slice(most)
  return (
    <ul className={css.reasons}>
      {shown.map((reason, at) => <OneReason key={at} reason={reason} hit={hit} />)}
      {rest.length === 0 ? null : <li className={css.more} title={rest.map((one) => `${text.reasons[one.kind]}: ${one.text.replace(/[«»]/g, '')}`).join('\n')}>{text.moreReasons(rest.length)}</li>}
    </ul>
  )
}

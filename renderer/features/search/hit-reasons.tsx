import { Popover } from '@base-ui/react/popover'
import { Captions, Eye, ListFilter, MessagesSquare, Palette, ScanText, Tag, Type } from 'lucide-react'
import type { ReactNode } from 'react'
import { colourNames } from '../../../electron/contract/query-language.ts'
import type { Reason, ReasonKind, SearchHit } from '../../../electron/contract/search.ts'
import { messages } from '../../messages.ts'
import { useSearch } from '../../stores/search.ts'
import { timeText } from '../../time-text.ts'
import { oneIn } from './chance.ts'
import { openHit, searchColour, searchTag } from './hit-actions.ts'
import css from './hit-reasons.module.css'
import { markedParts, startingNear } from './marked-text.ts'

const text = messages.search

const icons: Record<ReasonKind, ReactNode> = {
  said: <Captions />, meaning: <MessagesSquare />, seen: <Eye />, title: <Type />, text: <ScanText />, tag: <Tag />, colour: <Palette />, filter: <ListFilter />,
}

// So many characters before the first match fit into a line and a half of a card.
const BEFORE_MATCH = 28

const withoutMarks = (why: string): string => why.replace(/[«»]/g, '')

function MarkedText({ text: whole }: { text: string }) {
  return startingNear(markedParts(whole), BEFORE_MATCH).map(({ text: part, isMarked }, at) => isMarked ? <mark key={at}>{part}</mark> : part)
}

/** How a tag or a colour is searched for; null for other reasons. */
function searchOf({ kind, text: why }: Reason): { label: string, act(): void } | null {
  // "blue 46 %", "wedding cake (4.0 above usual)"
  const name = why.replace(/\s+(?:[\d.]+ %|\([^)]*\))$/, '')
  if (name === '') return null
  if (kind === 'tag') return { label: text.searchTag(name), act: () => { searchTag(name) } }
  if (kind === 'colour' && colourNames.some((known) => known === name)) return { label: text.searchColour(name), act: () => { searchColour(name) } }
  return null
}

function Why({ reason }: { reason: Reason }) {
  const search = searchOf(reason)
  const shown = <MarkedText text={reason.text} />
  return search === null ? <span className={css.text} title={withoutMarks(reason.text)}>{shown}</span> : (
    <button type="button" tabIndex={-1} className={`${css.text ?? ''} ${css.search ?? ''}`} title={search.label} onClick={(event) => { event.stopPropagation(); search.act() }}>{shown}</button>
  )
}

function Chance({ chance }: { chance: number }) {
  const count = oneIn(chance)?.toLocaleString('en') ?? null
  const { why: textOf, whyUsual } = useSearch(({ likeness }) => likeness === null ? text.chance.asked : text.chance.alike)
  const why = count === null ? whyUsual : textOf(count)
  return <span className={css.chance} title={why}>{count === null ? text.chance.usual : text.chance.oneIn(count)}<span className="visually-hidden">. {why}</span></span>
}

function Moment({ at, kind, hit }: { at: number, kind: ReasonKind, hit: SearchHit }) {
  const label = text.playFrom(timeText(at))
  return (
    <button
      type="button" tabIndex={-1} className={css.moment} aria-label={label} title={label}
      onClick={(event) => { event.stopPropagation(); openHit(hit, { at, isHeard: kind === 'said' || kind === 'meaning' }) }}
    >
      {timeText(at)}
    </button>
  )
}

function OneReason({ reason, hit }: { reason: Reason, hit: SearchHit }) {
  const { kind, at, chance } = reason
  return (
    <li className={css.reason} data-kind={kind}>
      <span className={css.icon} title={text.reasons[kind]}>{icons[kind]}<span className="visually-hidden">{text.reasons[kind]}: </span></span>
      <Why reason={reason} />
      {chance === null ? null : <Chance chance={chance} />}
      {at === null ? null : <Moment at={at} kind={kind} hit={hit} />}
    </li>
  )
}

/** Why a hit was found, the strongest reason first; at most `most` of them. */
export function HitReasons({ hit, most = Infinity }: { hit: SearchHit, most?: number }) {
  return <ul className={css.reasons}>{hit.reasons.slice(0, most).map((reason, at) => <OneReason key={at} reason={reason} hit={hit} />)}</ul>
}

/** All reasons of a hit that shows only the first of them. From the keyboard the preview shows them. */
export function MoreReasons({ hit, most }: { hit: SearchHit, most: number }) {
  const rest = hit.reasons.length - most
  if (rest <= 0) return null
  return (
    <Popover.Root>
      <Popover.Trigger
        render={<button type="button" tabIndex={-1} className={css.more} title={text.moreReasons(rest)} aria-label={text.moreReasons(rest)} onClick={(event) => { event.stopPropagation() }}>+{rest}</button>}
      />
      <Popover.Portal>
        <Popover.Positioner sideOffset={4} align="end" className={css.popover}>
          <Popover.Popup className={css.all} onClick={(event) => { event.stopPropagation() }}>
            <Popover.Title className={css.allTitle}>{text.allReasons}</Popover.Title>
            <HitReasons hit={hit} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}

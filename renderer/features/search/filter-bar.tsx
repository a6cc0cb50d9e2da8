import { LayoutGrid, List, Sparkles } from 'lucide-react'
import type { SearchHit } from '../../../electron/contract/search.ts'
import { messages } from '../../messages.ts'
import { useLibrary } from '../../stores/library.ts'
import type { Likeness } from '../../stores/search.ts'
import { setLayout, setQuery, showLike, useSearch } from '../../stores/search.ts'
import { timeText } from '../../time-text.ts'
import { IconButton } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { FrameImage } from '../../ui/frame-image.tsx'
import { AddFilter } from './add-filter.tsx'
import css from './filter-bar.module.css'
import type { QueryChip } from './query-chips.ts'
import { chipsOf, withoutChip } from './query-chips.ts'
import { swatchOf } from './swatches.ts'
import { WeightsButton, WeightsChip } from './weights.tsx'

const text = messages.search

/** A filter in words: `in:12` by the title of the video where one of the hits tells it. */
export function chipText({ name, value, isNot }: QueryChip, hits: readonly SearchHit[]): string {
  const title = name === 'in' ? hits.find(({ videoId }) => String(videoId) === value)?.title : undefined
  return text.filters.chip(isNot ? `${text.filters.not} ${text.filters.names[name]}` : text.filters.names[name], title ?? value)
}

function Chips({ query, hits }: { query: string, hits: readonly SearchHit[] }) {
  return chipsOf(query).map((chip) => {
    const [words, swatch] = [chipText(chip, hits), chip.name === 'color' ? swatchOf(chip.value) : null]
    return (
      <li key={chip.start}>
        <Chip tone={chip.isNot ? 'bad' : 'accent'} title={query.slice(chip.start, chip.end)} onRemove={{ text: words, act: () => { setQuery(withoutChip(query, chip)) } }}>
          {swatch === null ? null : <span className={css.swatch} style={{ background: swatch }} aria-hidden="true" />}<span className={css.chipText}>{words}</span>
        </Chip>
      </li>
    )
  })
}

function likenessText(likeness: Likeness): string {
  return likeness.kind === 'picture' ? text.likePicture(likeness.name) : text.similarTo(likeness.title, timeText(likeness.at, 0))
}

function LikenessPicture({ likeness }: { likeness: Likeness }) {
  if (likeness.kind === 'scene') return <span className={css.likenessPicture}><FrameImage scene={likeness.scene} /></span>
  const alt = likeness.kind === 'picture' ? text.byPicture.pictureAlt(likeness.name) : ''
  return likeness.preview === null ? null : <img className={css.likenessPicture} src={likeness.preview} alt={alt} />
}

function LikenessChip({ likeness }: { likeness: Likeness }) {
  return (
    <li className={css.likeness}>
      <LikenessPicture likeness={likeness} />
      <Chip tone="accent" onRemove={{ text: likeness.kind === 'picture' ? text.pictureChip : text.similarChip, act: () => { showLike(null) } }}>
        <Sparkles className={css.chipIcon} aria-hidden="true" /><span className={css.chipText}>{likenessText(likeness)}</span>
      </Chip>
    </li>
  )
}

function LayoutChoice() {
  const layout = useSearch((state) => state.layout)
  return (
    <div role="group" aria-label={text.layout} className={css.layout}>
      <IconButton label={text.cards} icon={<LayoutGrid />} isOn={layout === 'cards'} onClick={() => { setLayout('cards') }} />
      <IconButton label={text.list} icon={<List />} isOn={layout === 'list'} onClick={() => { setLayout('list') }} />
    </div>
  )
}

function Found({ isMore }: { isMore: boolean }) {
  const { answer, error } = useSearch()
  const isEmpty = useLibrary(({ isLoaded, cards }) => isLoaded && cards.length === 0)
  const isShown = answer !== null && error === null && !isEmpty
  const good = answer?.hits.length ?? 0
  return (
    <p className={css.found}>
      <span role="status">{!isShown ? '' : good === 0 ? text.foundNone : text.found(good, isMore)}</span>
      {isShown ? <span className={css.took}>{text.took(answer.tookMs)}</span> : null}
    </p>
  )
}

/** What narrows the search, how much was found and how it is shown. */
export function FilterBar({ hits, isMore }: { hits: readonly SearchHit[], isMore: boolean }) {
  const { text: query, likeness, isAsking } = useSearch()
  return (
    <div className={css.bar}>
      <ul className={css.chips} aria-label={text.filters.label}>
        {likeness !== null ? <LikenessChip likeness={likeness} /> : (
          <>
            <Chips query={query} hits={hits} />
            <li><AddFilter /></li>
            <li><WeightsButton /></li>
            <WeightsChip />
          </>
        )}
      </ul>
      <Found isMore={isMore} />
      <LayoutChoice />
      {isAsking ? <div className={css.asking} aria-hidden="true" /> : null}
    </div>
  )
}

import { Clapperboard, X } from 'lucide-react'
import { useEffect, useMemo } from 'react'
import type { ErrorShape } from '../../../electron/contract/errors.ts'
import type { SearchHit } from '../../../electron/contract/search.ts'
import { messages } from '../../messages.ts'
import { useLibrary } from '../../stores/library.ts'
import { go } from '../../stores/navigation.ts'
import { askAgain, clearSelected, select, useSearch } from '../../stores/search.ts'
import { hitKey, shownHits } from '../../stores/search-pages.ts'
import { useShortcut } from '../../shortcuts.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { FilterBar } from './filter-bar.tsx'
import { addToTray } from './hit-actions.ts'
import { HitGrid } from './hit-grid.tsx'
import { HitPreview } from './hit-preview.tsx'
import { NothingGood, NothingYet } from './nothing-good.tsx'
import { SearchStart } from './search-start.tsx'
import css from './search-view.module.css'
import { leaveResults } from './use-hit-keys.ts'

const text = messages.search

const noHits: readonly SearchHit[] = []

/** Tells performance tools how long it took from a key to the picture of what it found. */
function useKeyToPaintMeasure(answer: unknown): void {
  useEffect(() => {
    if (answer === null) return
    const frame = requestAnimationFrame(() => {
      // The frame is painted after this; what is posted from it comes after the paint.
      setTimeout(() => {
        const mark = performance.getEntriesByName('search-key').at(-1)
        if (mark === undefined) return
        performance.clearMarks('search-key')
        performance.clearMeasures('search-key-to-paint')
        performance.measure('search-key-to-paint', { start: mark.startTime, end: performance.now() })
      })
    })
    return () => { cancelAnimationFrame(frame) }
  }, [answer])
}

function SelectionBar({ hits }: { hits: readonly SearchHit[] }) {
  const selected = useSearch((state) => state.selected)
  if (selected.size === 0) return null
  return (
    <div role="group" aria-label={text.selection} className={css.selection}>
      <span role="status" className={css.count}>{text.selected(selected.size)}</span>
      <Button kind="primary" icon={<Clapperboard />} onClick={() => { void addToTray(hits.filter((hit) => selected.has(hitKey(hit)))) }}>{text.addToTray}</Button>
      <Button onClick={() => { select(hits) }}>{text.selectAll}</Button>
      <Button kind="quiet" icon={<X />} onClick={clearSelected}>{text.unselect}</Button>
    </div>
  )
}

function Notes({ notes }: { notes: readonly string[] }) {
  return notes.length === 0 ? null : <ul className={css.notes} aria-label={text.notes}>{notes.map((note) => <li key={note}>{note}</li>)}</ul>
}

const placeholders = Array.from({ length: 8 }, (_, at) => at)

/** Stands where the hits will be, while there are none of this question yet. */
function Waiting() {
  return <div className={css.waiting} aria-hidden="true">{placeholders.map((at) => <div key={at} className={css.placeholder} />)}</div>
}

function Results() {
  const isAsking = useSearch((state) => state.isAsking)
  const answer = useSearch((state) => state.answer)
  const hits = useMemo(() => shownHits(answer), [answer])
  const good = answer?.hits.length ?? 0
  const header = answer === null ? isAsking ? <Waiting /> : null : (
    <>
      <Notes notes={answer.notes} />
      {good === 0 ? <NothingGood answer={answer} /> : null}
    </>
  )
  return (
    <>
      <div className={css.results}><HitGrid hits={hits} good={good} isMore={answer?.more != null} header={header} /></div>
      <SelectionBar hits={hits} />
      <HitPreview hits={hits} />
    </>
  )
}

function Failure({ error }: { error: ErrorShape }) {
  const isOfModel = error.code === 'MODEL_MISSING' || error.code === 'MODEL_DAMAGED'
  const actions = (
    <>
      {isOfModel ? <Button kind="primary" onClick={() => { go({ view: 'settings', section: 'models', task: 'pictures' }) }}>{text.openModels}</Button> : null}
      <Button onClick={askAgain}>{messages.common.retry}</Button>
    </>
  )
  return <div className={css.error}><ErrorNote error={error} actions={actions} /></div>
}

function Asked() {
  const error = useSearch((state) => state.error)
  const isEmpty = useLibrary(({ isLoaded, cards }) => isLoaded && cards.length === 0)
  if (error !== null) return <Failure error={error} />
  return isEmpty ? <NothingYet /> : <Results />
}

/** All that a search found, in one list; or what one can search for. */
export function SearchView() {
  const { text: query, likeness, answer, isAsking } = useSearch()
  useKeyToPaintMeasure(answer)
  useShortcut('search-leave', leaveResults)
  const isAsked = likeness !== null || query.trim() !== ''
  return (
    <div className={css.view} aria-busy={isAsking}>
      <FilterBar hits={answer?.hits ?? noHits} isMore={answer?.more != null} />
      {isAsked ? <h1 className="visually-hidden">{text.results}</h1> : null}
      {isAsked ? <Asked /> : <SearchStart />}
    </div>
  )
}

import { FolderOpen } from 'lucide-react'
import type { SearchAnswer } from '../../../electron/contract/search.ts'
import { messages } from '../../messages.ts'
import { useLibrary } from '../../stores/library.ts'
import type { Task } from '../../stores/models.ts'
import { go } from '../../stores/navigation.ts'
import { resetWeights, setQuery, useSearch } from '../../stores/search.ts'
import { unusualIn } from '../../stores/search-weights.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { AddModel, useMissing } from '../shell/missing-note.tsx'
import { chipText } from './filter-bar.tsx'
import { stillRead } from './still-read.ts'
import { asksForWords, chipsOf, withoutChip, wordsOf } from './query-chips.ts'
import css from './search-view.module.css'

const { nothing, start, weights: weightsText } = messages.search

/** The tasks whose models would find more of what is asked: of speech only where words are asked for. */
function tasksFor(query: string): readonly Task[] {
  const { said, seen } = asksForWords(query)
  return [...seen ? ['pictures'] as const : [], ...said ? ['speech', 'text'] as const : []]
}

const ofPictures = ['pictures'] as const

/** Offers to drop the filters, each of them and all. */
function Filters({ query }: { query: string }) {
  const chips = chipsOf(query)
  if (chips.length === 0) return null
  const words = wordsOf(query)
  return (
    <li>
      {nothing.dropFilters}
      {chips.map((chip) => <Button key={chip.start} onClick={() => { setQuery(withoutChip(query, chip)) }}>{nothing.dropOne(chipText(chip, []))}</Button>)}
      {chips.length < 2 || words === '' ? null : <Button onClick={() => { setQuery(words) }}>{nothing.dropAll}</Button>}
    </li>
  )
}

function Tips({ query }: { query: string }) {
  const words = wordsOf(query)
  const areWeightsUnusual = useSearch(({ weights }) => unusualIn(weights).length > 0)
  return (
    <ul className={css.tips}>
      <Filters query={query} />
      {areWeightsUnusual ? <li>{nothing.weights} <Button onClick={resetWeights}>{weightsText.reset}</Button></li> : null}
      {words.trim() === '' ? null : <li>{nothing.fewer}</li>}
      {/["“”«»]/.test(words) ? <li>{nothing.spelling}</li> : null}
    </ul>
  )
}

function Missing({ tasks }: { tasks: readonly Task[] }) {
  const missing = useMissing(tasks)
  return missing.length === 0 ? null : (
    <div>
      <p>{nothing.missing}</p>
      <ul className={css.missing}>
        {missing.map((one) => <li key={one.task}><strong>{messages.settings.models.tasks[one.task]}</strong>: {one.adds} <AddModel missing={one} /></li>)}
      </ul>
    </div>
  )
}

function title({ isSimilar, nearest, query }: { isSimilar: boolean, nearest: number, query: string }): string {
  if (isSimilar) return messages.search.noneSimilar
  if (nearest > 0) return nothing.noneGood
  return chipsOf(query).length > 0 ? nothing.filtered : nothing.title
}

/** How many videos something may still be found in. */
function useStillRead(): number {
  return useLibrary(({ cards }) => stillRead(cards))
}

function ToActivity() {
  return <Button onClick={() => { go({ view: 'activity' }) }}>{nothing.activity}</Button>
}

/** What can be said where there is nothing to search. */
export function NothingYet() {
  return (
    <EmptyState icon={<FolderOpen />} title={start.nothingYet} actions={<Button kind="primary" onClick={() => { go({ view: 'library' }) }}>{start.toLibrary}</Button>}>
      {start.nothingYetText}
    </EmptyState>
  )
}

/** Says that nothing is good, and what can be done about it. The nearest, where there are any, come below it. */
export function NothingGood({ answer }: { answer: SearchAnswer }) {
  const { text: query, likeness } = useSearch()
  const reading = useStillRead()
  const isSimilar = likeness !== null
  const isAllReading = useLibrary(({ cards }) => reading > 0 && reading === cards.length)
  const [nearest, isOnlyReading] = [answer.nearest.length, isAllReading && answer.nearest.length === 0]
  return (
    <>
      <section className={css.nothing} data-apart={nearest > 0 || undefined}>
        <h2>{isOnlyReading ? nothing.reading : title({ isSimilar, nearest, query })}</h2>
        {reading === 0 ? null : <p className={css.reading}>{isOnlyReading ? nothing.readingText(reading) : nothing.stillRead(reading)} <ToActivity /></p>}
        {isSimilar ? null : <Tips query={query} />}
        <Missing tasks={isSimilar ? ofPictures : tasksFor(query)} />
      </section>
      {nearest > 0 ? <h2 className={css.nearest}>{nothing.nearest}</h2> : null}
    </>
  )
}

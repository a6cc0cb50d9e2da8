import { messages } from '../../messages.ts'
import { setQuery, useSearch } from '../../stores/search.ts'
import { Button } from '../../ui/button.tsx'
import { AddModel, useMissing } from '../shell/missing-note.tsx'
import { chipsOf, wordsOf } from './query-chips.ts'
import css from './search-view.module.css'

const { nothing, noneSimilar } = messages.search

const wanted = ['pictures', 'speech', 'text'] as const

function Tips({ query }: { query: string }) {
  const words = wordsOf(query)
  return (
    <ul className={css.tips}>
      {words.trim() === '' ? null : <li>{nothing.fewer}</li>}
      {/["“”«»]/.test(words) ? <li>{nothing.spelling}</li> : null}
      {words === '' || chipsOf(query).length === 0 ? null : <li>{nothing.dropFilters} <Button onClick={() => { setQuery(words) }}>{words}</Button></li>}
    </ul>
  )
}

/** Says that nothing is good, and what can be done about it. */
export function NothingGood({ isSimilar }: { isSimilar: boolean }) {
  const query = useSearch((state) => state.text)
  const missing = useMissing(wanted)
  return (
    <section className={css.nothing}>
      <h2>{isSimilar ? noneSimilar : nothing.title}</h2>
      {isSimilar ? null : <Tips query={query} />}
      {missing.length === 0 ? null : (
        <div>
          <p>{nothing.missing}</p>
          <ul className={css.missing}>
            {missing.map((one) => <li key={one.task}><strong>{messages.settings.models.tasks[one.task]}</strong>: {one.adds} <AddModel missing={one} /></li>)}
          </ul>
        </div>
      )}
    </section>
  )
}

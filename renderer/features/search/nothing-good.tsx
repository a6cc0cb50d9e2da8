import { useEffect, useState } from 'react'
import type { ModelItem } from '../../../electron/contract/settings.ts'
import { engine } from '../../api.ts'
import { messages } from '../../messages.ts'
import { isCancelled, reportError } from '../../report-error.ts'
import { go } from '../../stores/navigation.ts'
import { setQuery, useSearch } from '../../stores/search.ts'
import { Button } from '../../ui/button.tsx'
import { chipsOf, wordsOf } from './query-chips.ts'
import css from './search-view.module.css'

const { nothing, noneSimilar } = messages.search

/** What is not installed and would let more be found. */
function useMissing(): ModelItem[] {
  const [missing, setMissing] = useState<ModelItem[]>([])
  useEffect(() => {
    const stop = new AbortController()
    engine.call('models.overview', {}, stop.signal).then(
      ({ items }) => { setMissing(items.filter(({ state }) => state !== 'installed')) },
      (error: unknown) => { if (!isCancelled(error)) reportError(error) },
    )
    return () => { stop.abort() }
  }, [])
  return missing
}

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
  const missing = useMissing()
  return (
    <section className={css.nothing}>
      <h2>{isSimilar ? noneSimilar : nothing.title}</h2>
      {isSimilar ? null : <Tips query={query} />}
      {missing.length === 0 ? null : (
        <div>
          <p>{nothing.missing}</p>
          <ul className={css.missing}>{missing.map(({ task, adds }) => <li key={task}><strong>{messages.settings.models.tasks[task]}</strong>: {adds}</li>)}</ul>
          <Button onClick={() => { go({ view: 'settings' }) }}>{nothing.settings}</Button>
        </div>
      )}
    </section>
  )
}

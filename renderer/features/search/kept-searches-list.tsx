import { Clock, Star, X } from 'lucide-react'
import type { KeyboardEvent, ReactNode } from 'react'
import { messages } from '../../messages.ts'
import { go } from '../../stores/navigation.ts'
import { focusSearchBox, setQuery } from '../../stores/search.ts'
import { clearRecent, forgetRecent, forgetSearch, useKeptSearches } from './kept-searches.ts'
import css from './search-box.module.css'

const text = messages.search

interface EntryProps { icon: ReactNode, name: string, query: string, forgetText: string, onForget(): void, onChosen(): void }

function choose(query: string, onChosen: () => void): void {
  go({ view: 'search' })
  setQuery(query)
  focusSearchBox()
  onChosen()
}

function Entry({ icon, name, query, forgetText, onForget, onChosen }: EntryProps) {
  return (
    <li className={css.entry}>
      <button
        type="button" data-kept="" className={css.choose} title={query} onClick={() => { choose(query, onChosen) }}
        onKeyDown={(event) => { if (event.key === 'Delete') { event.preventDefault(); onForget(); focusSearchBox() } }}
      >
        {icon}<span className={css.name}>{name}</span>{name === query ? null : <span className={css.query}>{query}</span>}
      </button>
      <button type="button" className={css.forget} aria-label={forgetText} title={forgetText} onClick={() => { onForget(); focusSearchBox() }}><X /></button>
    </li>
  )
}

// Up from the first leads back into the box.
function onKey(event: KeyboardEvent<HTMLElement>): void {
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-kept]')]
  const at = all.findIndex((one) => one === document.activeElement)
  if (event.key === 'ArrowDown') all[Math.min(all.length - 1, at + 1)]?.focus()
  else if (event.key === 'ArrowUp' && at > 0) all[at - 1]?.focus()
  else if (event.key === 'ArrowUp' || event.key === 'Escape') focusSearchBox()
  else return
  event.preventDefault()
}

/** Saved and recent searches, under the box while nothing is typed. */
export function KeptSearches({ onChosen }: { onChosen(): void }) {
  const { saved, recent } = useKeptSearches()
  return (
    <section className={css.list} aria-label={text.kept} onKeyDown={onKey}>
      {saved.length === 0 ? null : (
        <div className={css.section}>
          <div className={css.sectionHead}><h2>{text.saved}</h2></div>
          <ul>
            {saved.map((one) => (
              <Entry
                key={one.id} icon={<Star aria-hidden="true" />} name={one.name} query={one.query} forgetText={text.forgetRecent(one.name)}
                onForget={() => { forgetSearch(one) }} onChosen={onChosen}
              />
            ))}
          </ul>
        </div>
      )}
      {recent.length === 0 ? null : (
        <div className={css.section}>
          <div className={css.sectionHead}><h2>{text.recent}</h2><button type="button" className={css.clear} onClick={() => { clearRecent(); focusSearchBox() }}>{text.clearRecent}</button></div>
          <ul>
            {recent.map((query) => (
              <Entry
                key={query} icon={<Clock aria-hidden="true" />} name={query} query={query} forgetText={text.forgetRecent(query)}
                onForget={() => { forgetRecent(query) }} onChosen={onChosen}
              />
            ))}
          </ul>
        </div>
      )}
    </section>
  )
}

import { Star } from 'lucide-react'
import { useEffect, useState } from 'react'
import { engine } from '../../api.ts'
import { messages } from '../../messages.ts'
import { isCancelled, reportError } from '../../report-error.ts'
import { focusSearchBox, setQuery } from '../../stores/search.ts'
import { Button } from '../../ui/button.tsx'
import { FrameImage } from '../../ui/frame-image.tsx'
import type { Example } from './examples.ts'
import { libraryExamples } from './examples.ts'
import { useKeptSearches } from './kept-searches.ts'
import { NothingYet } from './nothing-good.tsx'
import css from './search-start.module.css'

const text = messages.search

function choose(query: string): void {
  setQuery(query)
  focusSearchBox()
}

function reportUnlessStopped(error: unknown): void {
  if (!isCancelled(error)) reportError(error)
}

/** Null until it is known whether there is anything to search. */
function useLibraryContent(): { isEmpty: boolean | null, examples: Example[] } {
  const [isEmpty, setEmpty] = useState<boolean | null>(null)
  const [examples, setExamples] = useState<Example[]>([])
  useEffect(() => {
    const stop = new AbortController()
    const look = async (): Promise<void> => {
      const { videos } = await engine.call('library.facts', {}, stop.signal)
      setEmpty(videos === 0)
      setExamples([])
      if (videos > 0) await libraryExamples((example) => { if (!stop.signal.aborted) setExamples((before) => [...before, example]) }, stop.signal)
    }
    look().catch(reportUnlessStopped)
    return () => { stop.abort() }
  }, [])
  return { isEmpty, examples }
}

function Saved() {
  const saved = useKeptSearches((state) => state.saved)
  return saved.length === 0 ? null : (
    <section>
      <h2 className={css.heading}>{text.saved}</h2>
      <ul className={css.saved}>
        {saved.map(({ id, name, query }) => <li key={id}><Button icon={<Star />} title={query} onClick={() => { choose(query) }}>{name}</Button></li>)}
      </ul>
    </section>
  )
}

/** What can be searched for, shown while nothing is asked. */
export function SearchStart() {
  const { isEmpty, examples } = useLibraryContent()
  if (isEmpty === true) return <NothingYet />
  return (
    <div className={css.start}>
      <div><h1>{text.start.title}</h1><p className={css.text}>{text.start.text}</p></div>
      <Saved />
      <section>
        <h2 className={css.heading}>{text.start.examples}</h2>
        <ul className={css.tiles}>
          {examples.map(({ query, label, scene }) => (
            <li key={query}>
              <button type="button" className={css.tile} onClick={() => { choose(query) }}>
                <span className={css.picture}><FrameImage scene={scene} /></span>
                <span className={css.label}>{label}</span><code className={css.query}>{query}</code>
              </button>
            </li>
          ))}
        </ul>
      </section>
    </div>
  )
}

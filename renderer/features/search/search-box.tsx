import { CircleHelp, ImageUp, Search, X } from 'lucide-react'
import type { ClipboardEvent, FocusEvent, KeyboardEvent } from 'react'
import { useEffect, useRef, useState } from 'react'
import { host } from '../../api.ts'
import { messages } from '../../messages.ts'
import { reportError } from '../../report-error.ts'
import { keysOf, useShortcut } from '../../shortcuts.ts'
import { go, useNavigation } from '../../stores/navigation.ts'
import { showHelp } from '../../stores/help.ts'
import { focusResults, focusSearchBox, followLibrary, SEARCH_BOX_ID, setQuery, showLike, useSearch } from '../../stores/search.ts'
import { shownHits } from '../../stores/search-pages.ts'
import { IconButton } from '../../ui/button.tsx'
import { Kbd } from '../../ui/kbd.tsx'
import { followKeptSearches, noteUsed, useKeptSearches } from './kept-searches.ts'
import { KeptSearches } from './kept-searches-list.tsx'
import { SaveSearch } from './save-search.tsx'
import { searchByPicture, takePictures } from './search-by-picture.ts'
import css from './search-box.module.css'

const text = messages.search

function toResults(): void {
  go({ view: 'search' })
  focusResults()
}

/** Follows what the box is about, and comes to the front when it is called. */
function useBoxLife(): void {
  useEffect(() => {
    const ends = [followLibrary(), followKeptSearches(), host.onEvent((event) => { if (event.type === 'menu' && event.action === 'search') focusSearchBox() })]
    return () => { for (const end of ends) end() }
  }, [])
  useShortcut('go-search', focusSearchBox)
}

// Text that was copied with its picture is text.
function pastePicture(event: ClipboardEvent): void {
  if (event.clipboardData.getData('text/plain') === '' && takePictures([...event.clipboardData.files])) event.preventDefault()
}

/** Asks for a picture file to search by. */
function PictureButton() {
  const chosen = useRef<HTMLInputElement>(null)
  return (
    <>
      <IconButton label={text.byPicture.choose} icon={<ImageUp />} onClick={() => { chosen.current?.click() }} />
      <input
        ref={chosen} type="file" accept="image/*" hidden
        onChange={({ currentTarget }) => {
          for (const file of currentTarget.files ?? []) searchByPicture(file).catch(reportError)
          // The same file can be chosen again.
          currentTarget.value = ''
        }}
      />
    </>
  )
}

function Box({ query, isListOpen, onLeave }: { query: string, isListOpen: boolean, onLeave(): void }) {
  const type = (next: string): void => {
    if (next.trim() !== '') go({ view: 'search' })
    setQuery(next)
  }
  const onKey = (event: KeyboardEvent<HTMLInputElement>): void => {
    const box = event.currentTarget
    if (event.key === 'Escape') {
      if (useSearch.getState().likeness !== null) showLike(null)
      else if (query !== '') setQuery('')
      else { onLeave(); box.blur() }
    } else if (event.key === 'ArrowDown') {
      const kept = isListOpen ? document.querySelector<HTMLElement>('[data-kept]') : null
      if (kept !== null) kept.focus()
      else if (shownHits(useSearch.getState().answer).length > 0) toResults()
      else return
    } else if (event.key === 'Enter' && query.trim() !== '') {
      noteUsed(query)
      toResults()
    } else return
    event.preventDefault()
  }
  return (
    <input
      id={SEARCH_BOX_ID} className={css.input} type="search" value={query} placeholder={text.placeholder} aria-label={text.box} maxLength={2000}
      autoComplete="off" autoCorrect="off" autoCapitalize="off" spellCheck={false} enterKeyHint="search" aria-keyshortcuts="/ Control+K"
      onChange={(event) => { type(event.currentTarget.value) }} onKeyDown={onKey} onPaste={pastePicture}
    />
  )
}

/** The one box for all searches, above every view. */
export function SearchBox() {
  useBoxLife()
  const query = useSearch((state) => state.text)
  const isExample = useSearch(({ likeness }) => likeness !== null)
  const isSearchView = useNavigation(({ place }) => place.view === 'search')
  const hasKept = useKeptSearches(({ saved, recent }) => saved.length + recent.length > 0)
  const whole = useRef<HTMLElement>(null)
  const [isFocused, setFocused] = useState(false)
  // The list has its place in the search view itself while nothing is asked there; an example is a question too.
  const isListOpen = isFocused && query === '' && !isExample && hasKept
  const leave = (event: FocusEvent): void => { if (whole.current?.contains(event.relatedTarget) !== true) setFocused(false) }
  return (
    <search ref={whole} className={css.whole} onFocus={() => { setFocused(true) }} onBlur={leave} data-view={isSearchView ? 'search' : undefined}>
      <div className={css.box}>
        <Search className={css.glass} aria-hidden="true" />
        <Box query={query} isListOpen={isListOpen} onLeave={() => { setFocused(false) }} />
        {query === '' ? <span className={css.key} aria-hidden="true"><Kbd keys={keysOf('go-search')} /></span> : (
          <>
            <IconButton label={text.clear} icon={<X />} onClick={() => { setQuery(''); focusSearchBox() }} />
            <SaveSearch query={query} />
          </>
        )}
        <PictureButton />
        <IconButton label={text.help} shortcut={keysOf('show-help')} icon={<CircleHelp />} onClick={() => { showHelp('query') }} />
      </div>
      {isListOpen ? <KeptSearches onChosen={() => { setFocused(false) }} /> : null}
    </search>
  )
}

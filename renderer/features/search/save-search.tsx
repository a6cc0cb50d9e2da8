import { Popover } from '@base-ui/react/popover'
import { Star } from 'lucide-react'
import { useState } from 'react'
import { messages } from '../../messages.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { forgetSearch, saveSearch, useKeptSearches } from './kept-searches.ts'
import css from './search-box.module.css'

const text = messages.search

/** The star in the box: keeps the search under a name, or says that it is kept and forgets it. */
export function SaveSearch({ query }: { query: string }) {
  const kept = useKeptSearches(({ saved }) => saved.find((one) => one.query === query.trim()))
  const [isOpen, setOpen] = useState(false)
  return (
    <Popover.Root open={isOpen} onOpenChange={setOpen}>
      <Popover.Trigger render={<IconButton label={kept === undefined ? text.save : text.isSaved} isOn={kept !== undefined} icon={<Star fill={kept === undefined ? 'none' : 'currentColor'} />} />} />
      <Popover.Portal>
        <Popover.Positioner sideOffset={8} align="end" className={css.popover}>
          <Popover.Popup
            className={css.savePopup}
            render={<form onSubmit={(event) => {
              event.preventDefault()
              const name = new FormData(event.currentTarget).get('name')
              if (typeof name === 'string' && name.trim() !== '') saveSearch(name.trim(), query.trim())
              setOpen(false)
            }} />}
          >
            <Popover.Title className={css.saveTitle}>{kept === undefined ? text.saveTitle : text.isSaved}</Popover.Title>
            {kept === undefined
              ? <label className={css.saveField}>{text.saveName}<input name="name" defaultValue={query.trim()} maxLength={200} required autoComplete="off" onFocus={(event) => { event.currentTarget.select() }} /></label>
              : <p>{kept.name}</p>}
            <div className={css.saveActions}>
              {kept === undefined ? <Button kind="primary" type="submit">{text.saveConfirm}</Button> : <Button onClick={() => { forgetSearch(kept); setOpen(false) }}>{text.forget}</Button>}
            </div>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}

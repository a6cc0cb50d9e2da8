import { ArrowUp, FolderPlus, HardDrive, House } from 'lucide-react'
import { useRef, useState } from 'react'
import type { BrowseEntry, Browsed } from '../../../electron/contract/host.ts'
import { host } from '../../api.ts'
import { messages } from '../../messages.ts'
import { errorShape } from '../../report-error.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import type { PickKind, PickQuestion } from './choose-paths.ts'
import { usePicker } from './choose-paths.ts'
import css from './file-picker.module.css'
import { pathParts } from './path-parts.ts'
import { PickerEntries } from './picker-entries.tsx'
import { useBrowse } from './use-browse.ts'

const text = messages.library.picker

interface InFolder { browsed: Browsed | null, open(folder: string): void }

function goUp(browsed: Browsed | null, open: (folder: string) => void): void {
  if (browsed !== null && browsed.parent !== null) open(browsed.parent)
}

function Places({ browsed, open }: InFolder) {
  return (
    <nav className={css.places} aria-label={text.places}>
      {browsed?.places.map((place, at) => (
        <button key={place.path} type="button" className={css.place} aria-current={place.path === browsed.folder ? 'true' : undefined} title={place.path} onClick={() => { open(place.path) }}>
          {at === 0 ? <House aria-hidden="true" /> : <HardDrive aria-hidden="true" />}<span>{place.name}</span>
        </button>
      ))}
    </nav>
  )
}

function Breadcrumb({ browsed, open }: InFolder) {
  const parts = browsed === null ? [] : pathParts(browsed.folder)
  return (
    <div className={css.where}>
      <IconButton label={text.up} icon={<ArrowUp />} shortcut="Backspace" disabled={browsed?.parent == null} onClick={() => { goUp(browsed, open) }} />
      <nav aria-label={text.breadcrumb} className={css.breadcrumb}>
        <ol>
          {parts.map((part, at) => (
            <li key={part.path}>
              <button type="button" className={css.crumb} aria-current={at === parts.length - 1 ? 'location' : undefined} onClick={() => { open(part.path) }}>{part.name}</button>
            </li>
          ))}
        </ol>
      </nav>
    </div>
  )
}

function NewFolder({ parent, onMade }: { parent: string, onMade(folder: string): void }) {
  const [name, setName] = useState<string | null>(null)
  const [error, setError] = useState<unknown>(null)
  if (name === null) return <Button kind="quiet" icon={<FolderPlus />} onClick={() => { setName('') }}>{text.newFolder}</Button>
  const make = async (): Promise<void> => {
    try {
      const { path } = await host.call('host.makeFolder', { parent, name: name.trim() })
      setName(null)
      onMade(path)
    } catch (failure) {
      setError(failure)
    }
  }
  return (
    <form className={css.newFolder} onSubmit={(event) => { event.preventDefault(); void make() }}>
      <input
        autoFocus className={css.input} value={name} aria-label={text.newFolderName} placeholder={text.newFolderName}
        onChange={(event) => { setName(event.target.value); setError(null) }}
      />
      <Button type="submit" disabled={name.trim() === ''}>{text.make}</Button>
      {error === null ? null : <span role="alert" className={css.inputError}>{errorShape(error).message}</span>}
    </form>
  )
}

function Actions({ question, browsed, marked }: { question: PickQuestion, browsed: Browsed | null, marked: ReadonlySet<string> }) {
  const cancel = <Button kind="quiet" onClick={() => { question.answer(null) }}>{messages.common.cancel}</Button>
  if (question.what === 'folder') {
    return <>{cancel}<Button kind="primary" disabled={browsed === null} onClick={() => { question.answer(browsed === null ? null : [browsed.folder]) }}>{text.useFolder}</Button></>
  }
  return (
    <>
      <span className={css.chosen} role="status">{marked.size === 0 ? null : text.chosen(marked.size)}</span>
      {cancel}
      {question.what === 'archive' ? null : <Button disabled={browsed === null} onClick={() => { question.answer(browsed === null ? null : [browsed.folder]) }}>{text.addFolder}</Button>}
      <Button kind="primary" disabled={marked.size === 0} onClick={() => { question.answer([...marked]) }}>{text.add(marked.size)}</Button>
    </>
  )
}

const isArchive = ({ kind, name }: BrowseEntry): boolean => kind === 'other' && /\.(zip|tar|tgz|tar\.gz)$/i.test(name)

function listed(browsed: Browsed | null, what: PickKind): readonly BrowseEntry[] {
  const isWanted = (entry: BrowseEntry): boolean => what === 'archive' ? isArchive(entry) : what === 'videos' && entry.kind === 'video'
  return browsed?.entries.filter((entry) => entry.kind === 'folder' || isWanted(entry)) ?? []
}

function PickerDialog({ question }: { question: PickQuestion }) {
  const { browsed, error, isLoading, open } = useBrowse(question.folder)
  const canMark = question.what !== 'folder'
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set())
  const listRef = useRef<HTMLDivElement>(null)
  const entries = listed(browsed, question.what)

  const toggle = (entry: BrowseEntry): void => {
    setMarked((before) => {
      const now = new Set(question.what === 'archive' && !before.has(entry.path) ? [] : before)
      if (!now.delete(entry.path)) now.add(entry.path)
      return now
    })
  }
  const choose = (entry: BrowseEntry): void => {
    if (entry.kind === 'folder') open(entry.path)
    else question.answer(question.what === 'archive' ? [entry.path] : [...new Set([...marked, entry.path])])
  }
  return (
    <Dialog title={question.title} isOpen size="large" initialFocus={listRef} onClose={() => { question.answer(null) }} actions={<Actions question={question} browsed={browsed} marked={marked} />}>
      <div className={css.picker}>
        <Places browsed={browsed} open={open} />
        <div className={css.main}>
          <Breadcrumb browsed={browsed} open={open} />
          {error === null ? null : <ErrorNote error={error} />}
          <PickerEntries
            key={browsed?.folder} listRef={listRef} entries={entries} marked={marked} canMark={canMark} isLoading={isLoading}
            nothingHere={question.what === 'archive' ? text.noArchivesHere : canMark ? text.nothingHere : text.noFoldersHere}
            onToggle={toggle} onChoose={choose} onUp={() => { goUp(browsed, open) }}
          />
          <div className={css.below}>{browsed === null || canMark ? <p className={css.hint}>{text.hint}</p> : <NewFolder parent={browsed.folder} onMade={open} />}</div>
        </div>
      </div>
    </Dialog>
  )
}

/** The app's own dialog for files and folders; open while `choosePaths` asks and the host has no dialog of its own. */
export function FilePicker() {
  const question = usePicker((state) => state.question)
  return question === null ? null : <PickerDialog question={question} />
}

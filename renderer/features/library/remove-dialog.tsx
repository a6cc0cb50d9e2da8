import { useRef, useState } from 'react'
import type { VideoId } from '../../../electron/contract/ids.ts'
import { messages } from '../../messages.ts'
import { useLibrary } from '../../stores/library.ts'
import { bytesText } from '../../time-text.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Progress } from '../../ui/progress.tsx'
import { changeSelection, focusVideo, useLibraryOptions } from './library-options.ts'
import css from './library-view.module.css'
import { neighbourAfter } from './neighbour.ts'
import { removeVideos } from './removal.ts'
import type { RemovalFacts } from './use-removal-facts.ts'
import { COUNTED_VIDEOS, useRemovalFacts } from './use-removal-facts.ts'

const text = messages.library.removing

function deletedLines(facts: RemovalFacts, videos: number): string[] {
  const clips = facts.trayClips === 0 ? [] : [text.clips(facts.trayClips)]
  if (videos > COUNTED_VIDEOS) return [text.everything, ...clips]
  return [
    text.scenes(facts.scenes),
    ...facts.words === 0 ? [] : [text.words(facts.words)],
    ...facts.bytes === 0 ? [] : [text.disk(bytesText(facts.bytes))],
    ...clips,
  ]
}

interface RemoveQuestionProps { ids: readonly VideoId[], order: readonly VideoId[] }

function RemoveQuestion({ ids, order }: RemoveQuestionProps) {
  const facts = useRemovalFacts(ids)
  const [removed, setRemoved] = useState<number | null>(null)
  const [stopping] = useState(() => new AbortController())
  const removeRef = useRef<HTMLButtonElement>(null)
  const [first] = ids
  const title = useLibrary((state) => first === undefined ? '' : state.byId.get(first)?.title ?? '')

  const close = (): void => { stopping.abort(); useLibraryOptions.setState({ removing: null }) }
  const remove = async (): Promise<void> => {
    const next = neighbourAfter(order, ids)
    setRemoved(0)
    await removeVideos(ids, { onRemoved: setRemoved, signal: stopping.signal })
    useLibraryOptions.setState({ removing: null })
    changeSelection((selection) => ({ ...selection, ids: new Set() }))
    if (next !== null) focusVideo(next)
  }
  const actions = (
    <>
      <Button kind="quiet" onClick={close}>{messages.common.cancel}</Button>
      <Button ref={removeRef} kind="danger" disabled={removed !== null} onClick={() => { void remove() }}>{text.remove(ids.length)}</Button>
    </>
  )
  return (
    <Dialog title={text.title(ids.length, title)} isOpen size="small" initialFocus={removeRef} onClose={close} actions={actions}>
      <div className={css.removing}>
        <p>{text.deleted}</p>
        <ul className={css.deleted}>{facts === null ? <li>{text.counting}</li> : deletedLines(facts, ids.length).map((line) => <li key={line}>{line}</li>)}</ul>
        <p className={css.stays}>{text.fileStays(ids.length)}</p>
        <p>{text.undo}</p>
        {removed === null || ids.length === 1 ? null : <Progress label={text.progress} value={removed / ids.length} />}
      </div>
    </Dialog>
  )
}

/** Asks before videos are removed, and says what of them is deleted and what stays. */
export function RemoveDialog({ order }: { order: readonly VideoId[] }) {
  const ids = useLibraryOptions((state) => state.removing)
  return ids === null ? null : <RemoveQuestion ids={ids} order={order} />
}

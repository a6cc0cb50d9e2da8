import { useEffect, useState } from 'react'
import type { RemovedVideo } from '../../../electron/contract/cards.ts'
import type { ErrorShape } from '../../../electron/contract/errors.ts'
import type { VideoId } from '../../../electron/contract/ids.ts'
import { engine } from '../../api.ts'
import { messages } from '../../messages.ts'
import { errorShape } from '../../report-error.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { useLibraryOptions } from './library-options.ts'
import css from './library-view.module.css'
import { restoreVideos } from './removal.ts'

const text = messages.library.removed
const moment = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })

function Removed({ videos, onRestore }: { videos: readonly RemovedVideo[], onRestore(ids: VideoId[]): void }) {
  return (
    <ul className={css.removed}>
      {videos.map(({ id, title, path, removedMs }) => (
        <li key={id}>
          <p className={css.removedText}>
            <span className={css.removedTitle} title={path}>{title}</span>
            <span className={css.removedWhen}>{text.when(moment.format(removedMs))}</span>
          </p>
          <Button aria-label={text.restoreNamed(title)} onClick={() => { onRestore([id]) }}>{text.restore}</Button>
        </li>
      ))}
    </ul>
  )
}

const close = (): void => { useLibraryOptions.setState({ areRemovedShown: false }) }

function RemovedList() {
  const [videos, setVideos] = useState<readonly RemovedVideo[] | null>(null)
  const [error, setError] = useState<ErrorShape | null>(null)
  useEffect(() => {
    engine.call('library.removed', {}).then((answer) => { setVideos(answer.videos) }, (failure: unknown) => { setError(errorShape(failure)) })
  }, [])
  const restore = async (ids: VideoId[]): Promise<void> => {
    await restoreVideos(ids)
    engine.call('library.removed', {}).then((answer) => { setVideos(answer.videos) }, (failure: unknown) => { setError(errorShape(failure)) })
  }
  const all = videos?.map(({ id }) => id) ?? []
  const actions = all.length < 2 ? {} : { actions: <Button onClick={() => { void restore(all) }}>{text.restoreAll}</Button> }
  return (
    <Dialog title={text.title} description={text.description} isOpen onClose={close} {...actions}>
      {error === null ? null : <ErrorNote error={error} />}
      {videos?.length === 0 ? <p className={css.removedNone}>{text.none}</p> : <Removed videos={videos ?? []} onRestore={(ids) => { void restore(ids) }} />}
    </Dialog>
  )
}

/** Videos that were removed and can be put back. */
export function RemovedDialog() {
  const isShown = useLibraryOptions((state) => state.areRemovedShown)
  return isShown ? <RemovedList /> : null
}

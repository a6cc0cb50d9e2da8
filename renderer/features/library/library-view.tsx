import { Library, SearchX } from 'lucide-react'
import { useEffect } from 'react'
import type { VideoId } from '../../../electron/contract/ids.ts'
import { messages } from '../../messages.ts'
import { useShortcut } from '../../shortcuts.ts'
import { reloadLibrary, useLibrary } from '../../stores/library.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { MissingNote } from '../shell/missing-note.tsx'
import { DetailsPanel } from './details-panel.tsx'
import { EmptyLibrary } from './empty-library.tsx'
import { relinkMissing } from './import-actions.ts'
import { LibraryToolbar } from './library-toolbar.tsx'
import { askToRemove, changeSelection, keepOptions, noFilter, useLibraryOptions } from './library-options.ts'
import css from './library-view.module.css'
import { RemoveDialog } from './remove-dialog.tsx'
import { RemovedDialog } from './removed-dialog.tsx'
import { clearSelection, SelectionBar } from './selection-bar.tsx'
import { selectAll, withoutGone } from './selecting.ts'
import { TableHeader } from './table-header.tsx'
import type { Arranged } from './use-arranged.ts'
import { useArranged } from './use-arranged.ts'
import { VideoList } from './video-list.tsx'

const text = messages.library

const noted = ['speech', 'pictures'] as const

function CountLine({ shown }: { shown: number }) {
  const all = useLibrary((state) => state.cards.length)
  const missing = useLibrary((state) => state.cards.reduce((sum, card) => sum + (card.state === 'missing' ? 1 : 0), 0))
  return (
    <div className={css.countLine}>
      <h1 className={css.heading}>{text.title}</h1>
      <span role="status" className="tabular">{shown === all ? text.count(all) : text.countOf(shown, all)}</span>
      {missing === 0 ? null : <span className={css.missing}>{text.relinking.missing(missing)} <button type="button" className={css.link} onClick={() => { void relinkMissing() }}>{text.relinking.find}</button></span>}
      <MissingNote tasks={noted} />
    </div>
  )
}

/** What the shortcuts and the panel are about: what is selected, or else what has the keyboard. */
function useMeant({ chosen, order }: Arranged): readonly VideoId[] {
  const focused = useLibraryOptions((state) => state.selection.focused)
  if (chosen.length > 0) return chosen
  return focused !== null && order.includes(focused) ? [focused] : []
}

function useLibraryShortcuts({ chosen, order }: Arranged, meant: readonly VideoId[]): void {
  useShortcut('library-select-all', () => { changeSelection((now) => selectAll(now, order)) })
  useShortcut('library-unselect', clearSelection, chosen.length > 0)
  useShortcut('library-remove', () => { askToRemove(meant) })
  useShortcut('library-details', () => { keepOptions({ areDetailsShown: !useLibraryOptions.getState().areDetailsShown }) })
}

function Listed() {
  const arranged = useArranged()
  const mode = useLibraryOptions((state) => state.mode)
  const areDetailsShown = useLibraryOptions((state) => state.areDetailsShown)
  const byId = useLibrary((state) => state.byId)
  const meant = useMeant(arranged)
  useLibraryShortcuts(arranged, meant)
  useEffect(() => { changeSelection((selection) => withoutGone(selection, (id) => byId.has(id))) }, [byId])
  const clear = <Button onClick={() => { useLibraryOptions.setState({ filter: noFilter }) }}>{text.clearFilter}</Button>
  return (
    <>
      <LibraryToolbar />
      <div className={css.columnsOfView}>
        <div className={css.main} data-mode={mode}>
          <CountLine shown={arranged.cards.length} />
          {mode === 'table' ? <TableHeader /> : null}
          {arranged.cards.length === 0 ? <EmptyState icon={<SearchX />} title={text.noneMatch} actions={clear} /> : <VideoList key={mode} arranged={arranged} mode={mode} />}
          <SelectionBar chosen={arranged.chosen} />
        </div>
        {areDetailsShown ? <DetailsPanel ids={meant} /> : null}
      </div>
      <RemoveDialog order={arranged.order} />
    </>
  )
}

/** All videos. */
export function LibraryView() {
  const isLoaded = useLibrary((state) => state.isLoaded)
  const error = useLibrary((state) => state.error)
  const isEmpty = useLibrary((state) => state.cards.length === 0)
  return (
    <div className={css.view}>
      {error === null ? null : <div className={css.error}><ErrorNote error={error} actions={<Button onClick={reloadLibrary}>{messages.common.retry}</Button>} /></div>}
      {isLoaded ? isEmpty ? <EmptyLibrary /> : <Listed /> : error === null ? <EmptyState icon={<Library />} title={text.loading} /> : null}
      <RemovedDialog />
    </div>
  )
}

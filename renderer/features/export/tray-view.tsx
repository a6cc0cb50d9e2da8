import { Clapperboard } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import type { TrayClip, TrayClipId } from '../../../electron/contract/tray.ts'
import { messages } from '../../messages.ts'
import { planSoon, startExport, useExport } from '../../stores/export.ts'
import { go } from '../../stores/navigation.ts'
import { loadTray, removeFromTray, useTray } from '../../stores/tray.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Kbd } from '../../ui/kbd.tsx'
import { useChoices } from './choices/use-choices.ts'
import { ClipList } from './clip-list.tsx'
import { ClipPane } from './clip-pane.tsx'
import { ExportBar } from './export-bar.tsx'
import { ExportPanel } from './export-panel.tsx'
import { useExportFolder } from './folder-choice.tsx'
import { outlooks } from './plan-match.ts'
import { chooseAll, useSelectedClips } from './selected-clips.ts'
import { useTrayKeys } from './use-tray-keys.ts'
import css from './tray-view.module.css'

const { tray: text } = messages

function Empty() {
  const actions = (
    <>
      <Button kind="primary" onClick={() => { go({ view: 'search' }) }}>{text.goSearch}</Button>
      <Button onClick={() => { go({ view: 'library' }) }}>{text.goLibrary}</Button>
    </>
  )
  return (
    <EmptyState icon={<Clapperboard />} title={text.emptyTitle} actions={actions}>
      <p>{text.emptyText}</p>
      <ul className={css.steps}>
        <li><span className={css.keys}><Kbd keys="I" /><Kbd keys="O" /><Kbd keys="E" /></span>{text.emptyPlayer}</li>
        <li><span className={css.keys}><Kbd keys="E" /></span>{text.emptySearch}</li>
      </ul>
    </EmptyState>
  )
}

function Header({ clips }: { clips: readonly TrayClip[] }) {
  const chosen = useSelectedClips((state) => state.chosen)
  const ids = [...chosen]
  return (
    <header className={css.header}>
      <label className={css.all}>
        <input
          type="checkbox" aria-label={text.chooseAll} checked={chosen.size === clips.length} onChange={(event) => { chooseAll(event.target.checked) }}
          ref={(box) => { if (box !== null) box.indeterminate = chosen.size > 0 && chosen.size < clips.length }}
        />
      </label>
      <h1>{text.title}</h1>
      <span className={css.count} role="status">{chosen.size === 0 ? null : text.chosen(chosen.size)}</span>
      {chosen.size === 0
        ? <Button kind="quiet" onClick={() => { void removeFromTray(clips.map(({ id }) => id)) }}>{text.clear}</Button>
        : <Button kind="quiet" onClick={() => { void removeFromTray(ids) }}>{text.removeChosen(chosen.size)}</Button>}
    </header>
  )
}

/** Asks what would be written, again whenever it would be something else. */
function useOutlooks(clips: readonly TrayClip[]) {
  const choices = useChoices()
  const plan = useExport((state) => state.plan)
  useEffect(() => { planSoon(clips, choices) }, [clips, choices])
  return useMemo(() => plan === null ? new Map<never, never>() : outlooks(clips, plan), [clips, plan])
}

function Tray({ clips }: { clips: readonly TrayClip[] }) {
  const { current, chosen } = useSelectedClips()
  const [edited, setEdited] = useState<TrayClipId | null>(null)
  const found = useOutlooks(clips)
  const planError = useExport((state) => state.planError)
  const folder = useExportFolder()
  const wanted = chosen.size === 0 ? clips : clips.filter(({ id }) => chosen.has(id))
  const onExport = (): void => { if (folder !== null) void startExport(wanted, folder) }
  const announcement = useTrayKeys({ onRename: setEdited, onExport })
  const shown = clips.find(({ id }) => id === current)
  return (
    <div className={css.view}>
      <div className={css.left}>
        <Header clips={clips} />
        {planError === null ? null : <div className={css.note}><ErrorNote error={planError} /></div>}
        <ExportPanel />
        <div className={css.scroll}><ClipList clips={clips} outlooks={found} edited={edited} onEdit={setEdited} /></div>
        <p role="status" className="visually-hidden">{announcement}</p>
      </div>
      {shown === undefined ? <span /> : <ClipPane clip={shown} outlook={found.get(shown.id)} place={clips.indexOf(shown) + 1} of={clips.length} />}
      <ExportBar clips={wanted} areChosen={chosen.size > 0} outlooks={found} onExport={onExport} />
    </div>
  )
}

function NoClips() {
  const { clips, error } = useTray()
  const retry = <Button onClick={() => { void loadTray() }}>{messages.common.retry}</Button>
  if (error !== null) return <div className={css.note}><h1>{text.title}</h1><ErrorNote error={error} actions={retry} /></div>
  if (clips === null) return <div aria-busy="true" aria-label={text.loading}>{[1, 2, 3].map((row) => <div key={row} className={css.skeleton} />)}</div>
  return (
    <div className={css.nothing}>
      <h1 className="visually-hidden">{text.title}</h1>
      <ExportPanel />
      <Empty />
    </div>
  )
}

/** Clips gathered from anywhere: put in order, named, trimmed, looked at and exported. */
export function TrayView() {
  const clips = useTray((state) => state.clips)
  return clips === null || clips.length === 0 ? <NoClips /> : <Tray clips={clips} />
}

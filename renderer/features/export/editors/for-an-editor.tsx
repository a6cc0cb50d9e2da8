import { Clapperboard } from 'lucide-react'
import { useId, useState } from 'react'
import type { ErrorShape } from '../../../../electron/contract/errors.ts'
import type { TimelineFormat, WrittenTimeline } from '../../../../electron/contract/timelines.ts'
import { TimelineFormat as TimelineFormats } from '../../../../electron/contract/timelines.ts'
import type { TrayClip } from '../../../../electron/contract/tray.ts'
import { engine } from '../../../api.ts'
import { messages } from '../../../messages.ts'
import { errorShape } from '../../../report-error.ts'
import { useExport } from '../../../stores/export.ts'
import { useHost } from '../../../stores/host.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { ErrorNote } from '../../../ui/error-note.tsx'
import { Switch } from '../../../ui/switch.tsx'
import { toast } from '../../../ui/toasts.tsx'
import { copyPath, nameOf, showInFolder } from '../file-buttons.tsx'
import { useExportFolder } from '../folder-choice.tsx'
import { sourceOf } from '../plan-match.ts'
import css from './for-an-editor.module.css'

const text = messages.editors

interface Wish { format: TimelineFormat, name: string, conformVariableRate: boolean }

function tell({ paths, clips, notes }: WrittenTimeline, canShow: boolean): void {
  const [first] = paths
  toast({
    text: text.written(paths.map(nameOf), clips), tone: 'good', hint: notes.join(' '),
    ...first === undefined ? {} : {
      action: canShow ? { label: text.show, act: () => { showInFolder(first) } } : { label: messages.tray.copyPath, act: () => { void copyPath(first) } },
    },
  })
}

function Formats({ chosen, onChoose }: { chosen: TimelineFormat, onChoose(format: TimelineFormat): void }) {
  const name = useId()
  return (
    <fieldset className={css.formats}>
      <legend className="visually-hidden">{text.format}</legend>
      {TimelineFormats.options.map((format) => (
        <label key={format} className={css.format}>
          <input type="radio" name={name} value={format} checked={format === chosen} onChange={() => { onChoose(format) }} />
          <span><span className={css.name}>{text.formats[format]}</span><span className={css.hint}>{text.hints[format]}</span></span>
        </label>
      ))}
    </fieldset>
  )
}

interface FormProps { wish: Wish, error: ErrorShape | null, onChange(change: Partial<Wish>): void }

function Form({ wish, error, onChange }: FormProps) {
  const id = useId()
  return (
    <div className={css.form}>
      <Formats chosen={wish.format} onChoose={(format) => { onChange({ format }) }} />
      <div className={css.field}>
        <label htmlFor={id}>{text.name}</label>
        <input id={id} type="text" value={wish.name} maxLength={200} spellCheck={false} aria-invalid={wish.name.trim() === ''} onChange={({ target }) => { onChange({ name: target.value }) }} />
      </div>
      <Switch label={text.conform} hint={text.conformHint} isOn={wish.conformVariableRate} onChange={(conformVariableRate) => { onChange({ conformVariableRate }) }} />
      {error === null ? null : <ErrorNote error={error} />}
    </div>
  )
}

/** Hands the clips over as a list for an editor, in the folder of the export. The videos stay where they are. */
export function ForAnEditor({ clips }: { clips: readonly TrayClip[] }) {
  const folder = useExportFolder()
  const reelName = useExport(({ reel }) => reel?.name ?? null)
  const canShow = useHost(({ info }) => info?.can.showInFolder === true)
  const [isOpen, setOpen] = useState(false)
  const [isWriting, setWriting] = useState(false)
  const [error, setError] = useState<ErrorShape | null>(null)
  const [wish, setWish] = useState<Wish>({ format: 'fcpxml', name: text.usualName, conformVariableRate: false })
  const change = (changed: Partial<Wish>): void => { setError(null); setWish({ ...wish, ...changed }) }
  const open = (): void => { setError(null); if (reelName !== null) setWish({ ...wish, name: reelName }); setOpen(true) }
  const write = async (): Promise<void> => {
    if (folder === null) return
    setWriting(true)
    try {
      tell(await engine.call('export.timeline', { ...wish, name: wish.name.trim(), clips: clips.map(sourceOf), outFolder: folder }), canShow)
      setOpen(false)
    } catch (failure) {
      setError(errorShape(failure))
    } finally {
      setWriting(false)
    }
  }
  return (
    <>
      <Button icon={<Clapperboard />} disabled={clips.length === 0} onClick={open}>{text.button}</Button>
      <Dialog
        title={text.title} description={text.text(folder ?? '')} isOpen={isOpen} onClose={() => { setOpen(false) }}
        actions={<><Button onClick={() => { setOpen(false) }}>{messages.common.cancel}</Button><Button kind="primary" disabled={isWriting || folder === null || wish.name.trim() === ''} onClick={() => { void write() }}>{text.write}</Button></>}
      >
        <Form wish={wish} error={error} onChange={change} />
      </Dialog>
    </>
  )
}

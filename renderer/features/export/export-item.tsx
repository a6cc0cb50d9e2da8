import { Check, Circle, CircleAlert, CircleCheck, CircleSlash, Copy, FolderOpen, LoaderCircle, X } from 'lucide-react'
import type { DragEvent, ReactNode } from 'react'
import type { ExportedFile } from '../../../electron/contract/exports.ts'
import { host } from '../../api.ts'
import { messages } from '../../messages.ts'
import { reportError } from '../../report-error.ts'
import { useHost } from '../../stores/host.ts'
import { timeText } from '../../time-text.ts'
import { IconButton } from '../../ui/button.tsx'
import { toast } from '../../ui/toasts.tsx'
import type { ExportItem as Item } from './export-run.ts'
import { verifiedLines } from './verified-lines.ts'
import css from './export-panel.module.css'

const icons: Record<Item['state'], ReactNode> = { waiting: <Circle />, writing: <LoaderCircle />, done: <CircleCheck />, failed: <CircleAlert />, stopped: <CircleSlash /> }

const nameOf = (path: string): string => path.split(/[\\/]/).at(-1) ?? path

async function copyPath(path: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(path)
    toast({ text: messages.tray.copied })
  } catch {
    toast({ text: messages.tray.copyFailed, hint: path, tone: 'bad' })
  }
}

function Checks({ file }: { file: ExportedFile }) {
  return (
    <ul className={css.checks}>
      {verifiedLines(file).map(({ text, isGood }) => (
        <li key={text} className={isGood ? '' : css.bad}>
          {isGood ? <Check aria-hidden="true" /> : <X aria-hidden="true" />}<span className="visually-hidden">{isGood ? messages.tray.verified.passed : messages.tray.verified.notPassed}: </span>{text}
        </li>
      ))}
      {file.sidecars.map((path) => <li key={path} title={path}>{messages.tray.verified.alsoWritten(nameOf(path))}</li>)}
    </ul>
  )
}

function FileButtons({ file }: { file: ExportedFile }) {
  const canShow = useHost(({ info }) => info?.can.showInFolder === true)
  return (
    <div className={css.buttons}>
      {canShow ? <IconButton label={messages.tray.showInFolder} icon={<FolderOpen />} onClick={() => { host.call('host.showInFolder', { path: file.path }).catch(reportError) }} /> : null}
      <IconButton label={messages.tray.copyPath} icon={<Copy />} onClick={() => { void copyPath(file.path) }} />
    </div>
  )
}

function Outcome({ item: { clip, state, file, error } }: { item: Item }) {
  if (file === null) {
    return (
      <div>
        <div className={css.name}>{clip.title}</div>
        <div className={css.hint}>{messages.tray.states[state]}</div>
        {error === null ? null : <><p className={css.message}>{error.message}</p><p className={css.hint}>{error.hint}</p></>}
      </div>
    )
  }
  return (
    <div>
      <div className={css.name} title={file.path}>{nameOf(file.path)}</div>
      <div className={css.hint}>{timeText(file.duration, 3)}<span className="visually-hidden"> {messages.tray.states[state]}</span></div>
      <Checks file={file} />
    </div>
  )
}

/** One clip of an export: how far it is, and in the end its file and what was verified, or why there is none. */
export function ExportItem({ item }: { item: Item }) {
  const { state, file } = item
  const canDrag = useHost(({ info }) => info?.can.dragOut === true) && file !== null
  const onDragStart = (event: DragEvent): void => {
    event.preventDefault()
    if (file !== null) host.call('host.dragOut', { paths: [file.path, ...file.sidecars] }).catch(reportError)
  }
  return (
    <li className={css.item} draggable={canDrag} onDragStart={onDragStart} title={canDrag ? messages.tray.dragOut : undefined}>
      <span className={`${css.icon ?? ''} ${css[state] ?? ''}`} aria-hidden="true">{icons[state]}</span>
      <Outcome item={item} />
      {file === null ? null : <FileButtons file={file} />}
    </li>
  )
}

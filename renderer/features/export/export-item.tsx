import { Check, Circle, CircleAlert, CircleCheck, CircleSlash, Info, LoaderCircle, X } from 'lucide-react'
import type { DragEvent, ReactNode } from 'react'
import type { ExportedFile } from '../../../electron/contract/exports.ts'
import { host } from '../../api.ts'
import { messages } from '../../messages.ts'
import { reportError } from '../../report-error.ts'
import { useHost } from '../../stores/host.ts'
import { timeText } from '../../time-text.ts'
import type { ExportItem as Item } from './export-run.ts'
import { FileButtons, nameOf } from './file-buttons.tsx'
import { verifiedLines } from './verified-lines.ts'
import css from './export-panel.module.css'

const { tray: text } = messages

const icons: Record<Item['state'], ReactNode> = { waiting: <Circle />, writing: <LoaderCircle />, done: <CircleCheck />, failed: <CircleAlert />, stopped: <CircleSlash /> }

function Checks({ file }: { file: ExportedFile }) {
  return (
    <ul className={css.checks}>
      {verifiedLines(file).map(({ text: said, isGood }) => (
        <li key={said} className={isGood ? '' : css.bad}>
          {isGood ? <Check aria-hidden="true" /> : <X aria-hidden="true" />}<span className="visually-hidden">{isGood ? text.verified.passed : text.verified.notPassed}: </span>{said}
        </li>
      ))}
      {file.sidecars.map((path) => <li key={path} title={path}>{text.verified.alsoWritten(nameOf(path))}</li>)}
    </ul>
  )
}

/** Every check in the words of who made it, for those who want to know. */
function AllChecks({ file: { verified: { checks } } }: { file: ExportedFile }) {
  if (checks.length === 0) return null
  return <details className={css.parts}><summary>{text.verified.all(checks.length)}</summary><ul>{checks.map((check) => <li key={check}>{check}</li>)}</ul></details>
}

function Notes({ notes }: { notes: readonly string[] }) {
  if (notes.length === 0) return null
  return <ul className={css.notes} aria-label={text.notes}>{notes.map((note) => <li key={note}><Info aria-hidden="true" />{note}</li>)}</ul>
}

/** The clips of a reel, with when each begins. */
function Parts({ file: { parts } }: { file: ExportedFile }) {
  if (parts.length === 0) return null
  return (
    <details className={css.parts}>
      <summary>{text.parts(parts.length)}</summary>
      <ol>{parts.map(({ at, title, duration }) => <li key={at}><time>{timeText(at, 2)}</time><span>{title}</span><time>{timeText(duration, 2)}</time></li>)}</ol>
    </details>
  )
}

function Unwritten({ item: { title, state, error } }: { item: Item }) {
  return (
    <div>
      <div className={css.name}>{title}</div>
      <div className={css.hint}>{text.states[state]}</div>
      {error === null ? null : <><p className={css.message}>{error.message}</p><p className={css.hint}>{error.hint}</p></>}
    </div>
  )
}

function Written({ file, state }: { file: ExportedFile, state: Item['state'] }) {
  return (
    <div>
      <div className={css.name} title={file.path}>{nameOf(file.path)}</div>
      <div className={css.hint}>{timeText(file.duration, 3)} · {text.madeBy(text.modes[file.mode], file.why)}<span className="visually-hidden"> {text.states[state]}</span></div>
      <Checks file={file} />
      <AllChecks file={file} />
      <Notes notes={file.notes} />
      <Parts file={file} />
    </div>
  )
}

/** One file of an export: how far it is, and in the end what was written and verified, or why there is nothing. */
export function ExportItem({ item }: { item: Item }) {
  const { state, file } = item
  const canDrag = useHost(({ info }) => info?.can.dragOut === true) && file !== null
  const onDragStart = (event: DragEvent): void => {
    event.preventDefault()
    if (file !== null) host.call('host.dragOut', { paths: [file.path, ...file.sidecars] }).catch(reportError)
  }
  return (
    <li className={css.item} draggable={canDrag} onDragStart={onDragStart} title={canDrag ? text.dragOut : undefined}>
      <span className={`${css.icon ?? ''} ${css[state] ?? ''}`} aria-hidden="true">{icons[state]}</span>
      {file === null ? <Unwritten item={item} /> : <Written file={file} state={state} />}
      {file === null ? null : <FileButtons path={file.path} />}
    </li>
  )
}

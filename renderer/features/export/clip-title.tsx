import { useState } from 'react'
import type { TrayClip } from '../../../electron/contract/tray.ts'
import { messages } from '../../messages.ts'
import { changeClip } from '../../stores/tray.ts'
import css from './clip-row.module.css'

interface ClipTitleProps { clip: TrayClip, isEdited: boolean, onEdit(isEdited: boolean): void }

function TitleField({ clip, onEdit }: Omit<ClipTitleProps, 'isEdited'>) {
  const [text, setText] = useState(clip.title)
  const keep = (): void => {
    const title = text.trim()
    if (title !== '' && title !== clip.title) void changeClip({ id: clip.id, title })
    onEdit(false)
  }
  return (
    <input
      autoFocus className={css.field} value={text} maxLength={300} aria-label={messages.tray.newName}
      onFocus={(event) => { event.target.select() }} onChange={(event) => { setText(event.target.value) }} onBlur={keep}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Enter') keep()
        if (event.key === 'Escape') onEdit(false)
      }}
    />
  )
}

/** The name of a clip, which becomes the name of its file. A click lets it be written anew. */
export function ClipTitle({ clip, isEdited, onEdit }: ClipTitleProps) {
  if (isEdited) return <TitleField clip={clip} onEdit={onEdit} />
  return (
    <button type="button" className={css.title} title={clip.title} aria-label={messages.tray.rename(clip.title)} onClick={(event) => { event.stopPropagation(); onEdit(true) }}>
      {clip.title}
    </button>
  )
}

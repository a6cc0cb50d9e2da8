import { X } from 'lucide-react'
import type { VideoId } from '../../../electron/contract/ids.ts'
import { messages } from '../../messages.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { changeSelection } from './library-options.ts'
import css from './library-view.module.css'
import { noSelection } from './selecting.ts'
import { videoActions } from './video-actions.tsx'

const text = messages.library.selection

/** Unselects all; the keyboard stays where it is. */
export function clearSelection(): void {
  changeSelection(({ focused }) => ({ ...noSelection, focused }))
}

/** What can be done with the selected videos, above the end of the list. */
export function SelectionBar({ chosen }: { chosen: readonly VideoId[] }) {
  if (chosen.length === 0) return null
  return (
    <section className={css.bar} aria-label={text.label}>
      <span className={css.barCount} role="status">{text.count(chosen.length)}</span>
      {videoActions(chosen).flat().map(({ id, label, icon, isDangerous, onChoose }) => (
        <Button key={id} kind={isDangerous === true ? 'usual' : 'quiet'} icon={icon} onClick={onChoose}>{label}</Button>
      ))}
      <IconButton label={text.clear} icon={<X />} shortcut="Esc" onClick={clearSelection} />
    </section>
  )
}

import { messages } from '../../messages.ts'
import type { ShortcutSection } from '../../shortcuts.ts'
import { keyText, shortcuts } from '../../shortcuts.ts'
import { closeHelp, showHelp, useHelp } from '../../stores/help.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Kbd } from '../../ui/kbd.tsx'
import css from './shortcuts-dialog.module.css'

const sections: readonly ShortcutSection[] = ['everywhere', 'library', 'search', 'player', 'tray']

/** Every key that does something. */
export function ShortcutsDialog() {
  const isOpen = useHelp(({ page }) => page === 'shortcuts')
  const all = Object.entries(shortcuts)
  return (
    <Dialog
      title={messages.shortcuts.title} isOpen={isOpen} onClose={closeHelp} size="large" isForReading
      actions={<Button kind="quiet" onClick={() => { showHelp('query') }}>{messages.shortcuts.search}</Button>}
    >
      <div className={css.sections}>
        {sections.map((section) => {
          const own = all.filter(([, shortcut]) => shortcut.section === section)
          return own.length === 0 ? null : (
            <section key={section}>
              <h3>{messages.shortcuts.sections[section]}</h3>
              <dl className={css.list}>
                {own.map(([id, { keys, text }]) => <div key={id} className={css.row}><dt>{text}</dt><dd>{keys.map((key) => <Kbd key={key} keys={keyText(key)} />)}</dd></div>)}
              </dl>
            </section>
          )
        })}
      </div>
    </Dialog>
  )
}

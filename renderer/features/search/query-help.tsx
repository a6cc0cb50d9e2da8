import { messages } from '../../messages.ts'
import { go } from '../../stores/navigation.ts'
import { focusSearchBox, setQuery } from '../../stores/search.ts'
import { Dialog } from '../../ui/dialog.tsx'
import css from './query-help.module.css'

const text = messages.search

/** The query language on one page; every example can be tried. */
export function QueryHelp({ isOpen, onClose }: { isOpen: boolean, onClose(): void }) {
  const attempt = (example: string): void => {
    onClose()
    go({ view: 'search' })
    setQuery(example)
    // After the dialog has given the focus back to its button.
    requestAnimationFrame(focusSearchBox)
  }
  return (
    <Dialog title={text.helpTitle} description={text.helpText} isOpen={isOpen} onClose={onClose} size="large">
      <div className={css.sections}>
        {text.helpSections.map(({ title, rows }) => (
          <section key={title}>
            <h3 className={css.title}>{title}</h3>
            <ul>
              {rows.map(([example = '', meaning]) => (
                <li key={example} className={css.row}><button type="button" className={css.example} onClick={() => { attempt(example) }}>{example}</button><span>{meaning}</span></li>
              ))}
            </ul>
          </section>
        ))}
      </div>
      <p className={css.note}>{text.helpOperators}</p>
    </Dialog>
  )
}

import { queryLanguage, queryRules } from '../../../electron/contract/query-language.ts'
import { messages } from '../../messages.ts'
import { keysOf } from '../../shortcuts.ts'
import { closeHelp, showHelp, useHelp } from '../../stores/help.ts'
import { go } from '../../stores/navigation.ts'
import { focusSearchBox, setQuery } from '../../stores/search.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Kbd } from '../../ui/kbd.tsx'
import css from './query-help.module.css'

const text = messages.search

function attempt(example: string): void {
  closeHelp()
  go({ view: 'search' })
  setQuery(example)
  // After the dialog has given the focus back to its button.
  requestAnimationFrame(focusSearchBox)
}

/** The query language on one page; every example can be tried. */
export function QueryHelp() {
  const isOpen = useHelp(({ page }) => page === 'query')
  return (
    <Dialog
      title={text.helpTitle} description={text.helpText} isOpen={isOpen} onClose={closeHelp} size="large" isForReading
      actions={<Button kind="quiet" onClick={() => { showHelp('shortcuts') }}>{text.helpShortcuts} <Kbd keys={keysOf('show-shortcuts')} /></Button>}
    >
      <div className={css.sections}>
        {queryLanguage.map(({ title, forms }) => (
          <section key={title}>
            <h3 className={css.title}>{title}</h3>
            <dl>
              {forms.map(({ form, meaning, example }) => (
                <div key={form} className={css.row}>
                  <dt><code>{form}</code></dt>
                  <dd>{meaning}<button type="button" className={css.example} onClick={() => { attempt(example) }}>{example}</button></dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <ul className={css.rules}>{queryRules.map((rule) => <li key={rule}>{rule}</li>)}</ul>
    </Dialog>
  )
}

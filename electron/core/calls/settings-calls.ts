import type { Handlers } from '../handlers.ts'
import { keepSettings, settingsOf } from '../store/chosen-settings.ts'
import type { AppContext } from './context.ts'
import { readable, writable } from './context.ts'

/** What the person has chosen, kept in the library. */
export function settingsCalls(context: AppContext): Pick<Handlers, 'settings.get' | 'settings.change'> {
  return {
    'settings.get': async () => settingsOf(readable(context).db),
    'settings.change': async (change) => {
      const { library, engine } = writable(context)
      library.keep(() => { keepSettings(library.db, change) })
      const settings = settingsOf(library.db)
      if (change.models !== undefined) await engine.modelsChanged()
      context.emit({ type: 'settings-changed', settings })
      return settings
    },
  }
}

import { create } from 'zustand'
import type { Settings } from '../../electron/contract/settings.ts'
import { usualSettings } from '../../electron/contract/settings.ts'
import { engine, onConnection } from '../api.ts'
import { reportError } from '../report-error.ts'

export const useSettings = create<{ settings: Settings }>(() => ({ settings: usualSettings }))

function show(settings: Settings): void {
  useSettings.setState({ settings })
  const { theme } = settings
  if (theme === 'system') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = theme
}

/** Changes what is given; the screen follows at once and goes back when it could not be kept. */
export async function changeSettings(change: Partial<Settings>): Promise<void> {
  const before = useSettings.getState().settings
  show({ ...before, ...change })
  try {
    show(await engine.call('settings.change', change))
  } catch (error) {
    show(before)
    reportError(error)
  }
}

/** Reads the settings and follows their changes, also those of another window. To be called once. */
export function followSettings(): void {
  engine.onEvent((event) => { if (event.type === 'settings-changed') show(event.settings) })
  onConnection((connection) => { if (connection === 'connected') engine.call('settings.get', {}).then(show, reportError) })
}

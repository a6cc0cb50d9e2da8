import { messages } from '../../messages.ts'

/** To be written. */
export function SettingsView() {
  return <h1>{messages.navigation.settings}</h1>
}

import { messages } from '../../messages.ts'

/** To be written. */
export function TrayView() {
  return <h1>{messages.navigation.tray}</h1>
}

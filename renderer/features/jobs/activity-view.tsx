import { messages } from '../../messages.ts'

/** To be written. */
export function ActivityView() {
  return <h1>{messages.navigation.activity}</h1>
}

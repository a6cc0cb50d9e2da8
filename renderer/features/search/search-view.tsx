import { messages } from '../../messages.ts'

/** To be written. */
export function SearchView() {
  return <h1>{messages.navigation.search}</h1>
}

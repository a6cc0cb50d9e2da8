import { messages } from '../../messages.ts'

/** To be written. */
export function LibraryView() {
  return <h1>{messages.navigation.library}</h1>
}

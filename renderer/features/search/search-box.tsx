/** To be written. */
export function SearchBox() {
  return null
}

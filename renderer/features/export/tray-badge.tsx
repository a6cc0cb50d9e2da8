/** To be written. */
export function TrayBadge() {
  return null
}

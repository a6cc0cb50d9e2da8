/** To be written. */
export function ActivityBadge() {
  return null
}

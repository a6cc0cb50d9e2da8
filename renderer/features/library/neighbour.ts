import type { VideoId } from '../../../electron/contract/ids.ts'

/** The video that has the keyboard after the others are gone: the next one that stays, or else the last one before them. */
export function neighbourAfter(order: readonly VideoId[], gone: readonly VideoId[]): VideoId | null {
  const leaving = new Set(gone)
  const first = order.findIndex((id) => leaving.has(id))
  if (first < 0) return null
  return order.slice(first).find((id) => !leaving.has(id)) ?? order.slice(0, first).findLast((id) => !leaving.has(id)) ?? null
}

import type { TrayClipId } from '../../../electron/contract/tray.ts'

/** Which clip is looked at, and which are chosen for what comes next. */
export interface ClipSelection {
  current: TrayClipId | null
  chosen: ReadonlySet<TrayClipId>
}

type Ids = readonly TrayClipId[]

/** Without what is no longer in the tray; another clip near the old place is looked at then. */
export function kept(selection: ClipSelection, { before, now }: { before: Ids, now: Ids }): ClipSelection {
  const chosen = new Set([...selection.chosen].filter((id) => now.includes(id)))
  if (selection.current !== null && now.includes(selection.current)) return { current: selection.current, chosen }
  if (selection.current === null) return { current: now[0] ?? null, chosen }
  const later = before.slice(before.indexOf(selection.current) + 1).find((id) => now.includes(id))
  return { current: later ?? now.at(-1) ?? null, chosen }
}

/** With one more or one less. */
export function toggled(selection: ClipSelection, id: TrayClipId): ClipSelection {
  const chosen = new Set(selection.chosen)
  if (!chosen.delete(id)) chosen.add(id)
  return { current: id, chosen }
}

/** With all between the clip that is looked at and this one. */
export function extended(selection: ClipSelection, id: TrayClipId, ids: Ids): ClipSelection {
  const [from, to] = [Math.max(0, ids.indexOf(selection.current ?? id)), ids.indexOf(id)]
  return { current: id, chosen: new Set([...selection.chosen, ...ids.slice(Math.min(from, to), Math.max(from, to) + 1)]) }
}

/** The clip so many places further down; stops at the ends. */
export function neighbour(current: TrayClipId | null, ids: Ids, by: number): TrayClipId | null {
  if (current === null) return ids[0] ?? null
  return ids[Math.min(ids.length - 1, Math.max(0, ids.indexOf(current) + by))] ?? null
}

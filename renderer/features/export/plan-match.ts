import type { ErrorShape } from '../../../electron/contract/errors.ts'
import type { ClipSource, ExportPlan, PlannedClip } from '../../../electron/contract/exports.ts'
import type { TrayClip, TrayClipId } from '../../../electron/contract/tray.ts'

/** What will become of a clip. */
export type Outlook = { planned: PlannedClip } | { problem: ErrorShape }

/** A clip of the tray as the export is asked for it. */
export function sourceOf({ videoId, start, end, title, query, note, framing }: TrayClip): ClipSource {
  return {
    kind: 'span', videoId, start, end,
    ...title === '' ? {} : { title }, ...query === null ? {} : { query }, ...note === null ? {} : { note }, ...framing === null ? {} : { framing },
  }
}

/** Two clips with the same key are cut alike. */
export function cutKey(clip: Pick<TrayClip, 'videoId' | 'start' | 'end'>): string {
  return `${clip.videoId}/${clip.start.toFixed(3)}/${clip.end.toFixed(3)}`
}

function keyOf(source: ClipSource): string {
  return source.kind === 'scene' ? `scene/${source.sceneId}` : `${cutKey(source)}/${source.title ?? ''}`
}

function takeFrom<Value>(lists: Map<string, Value[]>, key: string): Value | undefined {
  const list = lists.get(key)
  // The last of several alike serves them all: a plan may name each thing once.
  return list !== undefined && list.length > 1 ? list.shift() : list?.[0]
}

function byKey<Value extends { clip: ClipSource }>(values: readonly Value[]): Map<string, Value[]> {
  return Map.groupBy(values, ({ clip }) => keyOf(clip))
}

/** Which part of a plan belongs to which clip of the tray; clips that are alike are served in their order. */
export function outlooks(clips: readonly TrayClip[], plan: ExportPlan): ReadonlyMap<TrayClipId, Outlook> {
  const [planned, problems] = [byKey(plan.clips), byKey(plan.problems)]
  const found = new Map<TrayClipId, Outlook>()
  for (const clip of clips) {
    const key = keyOf(sourceOf(clip))
    const [good, bad] = [takeFrom(planned, key), takeFrom(problems, key)]
    if (good !== undefined) found.set(clip.id, { planned: good })
    else if (bad !== undefined) found.set(clip.id, { problem: bad.error })
  }
  return found
}

/** Clips that are cut like another one before them. */
export function duplicatesOf(clips: readonly TrayClip[]): ReadonlySet<TrayClipId> {
  const seen = new Set<string>()
  const again = new Set<TrayClipId>()
  for (const clip of clips) {
    const key = cutKey(clip)
    if (seen.has(key)) again.add(clip.id)
    seen.add(key)
  }
  return again
}

/** The file that a clip becomes; null while that is not known, and when it can not be written. */
export function plannedOf(outlook: Outlook | undefined): PlannedClip | null {
  return outlook !== undefined && 'planned' in outlook ? outlook.planned : null
}

/** Why a clip can not be written; null otherwise. */
export function problemOf(outlook: Outlook | undefined): ErrorShape | null {
  return outlook !== undefined && 'problem' in outlook ? outlook.problem : null
}

/** Seconds in the middle of the first and the last picture of a clip, as far as they are known. */
export function pictureSeconds(clip: Pick<TrayClip, 'start' | 'end'>, outlook: Outlook | undefined): { first: number, last: number } {
  if (outlook === undefined || 'problem' in outlook) return { first: clip.start + 0.01, last: Math.max(clip.start + 0.01, clip.end - 0.02) }
  const { start, end, firstFrameAt, lastFrameAt, frames } = outlook.planned
  const half = (end - start) / Math.max(1, frames) / 2
  return { first: firstFrameAt + half, last: lastFrameAt + half }
}

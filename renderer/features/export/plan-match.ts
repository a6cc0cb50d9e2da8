import type { ErrorShape } from '../../../electron/contract/errors.ts'
import type { ClipSource, ExportPlan, PlannedClip } from '../../../electron/contract/exports.ts'
import type { TrayClip, TrayClipId } from '../../../electron/contract/tray.ts'

/** What will become of a clip. */
export type Outlook = { planned: PlannedClip } | { problem: ErrorShape }

/** A clip of the tray as the export is asked for it. */
export function sourceOf({ videoId, start, end, title }: TrayClip): ClipSource {
  return { kind: 'span', videoId, start, end, ...title === '' ? {} : { title } }
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

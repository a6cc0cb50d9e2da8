import type { Reel } from '../../../contract/export-choices.ts'
import type { ReelPart as PartOfFile } from '../../../contract/exports.ts'
import { AppError } from '../../errors.ts'
import type { Chapter } from '../../facts.ts'
import type { ReelClip } from './reel-clip.ts'
import type { ReelTarget } from './reel-target.ts'
import { targetOf } from './reel-target.ts'
import type { ReelTimeline } from './reel-timeline.ts'
import { framesIn, layOut, secondsOf } from './reel-timeline.ts'

const CARD_SECONDS = 2

/** A card or a clip, in the order they are shown. */
export type Item = { kind: 'card', title: string, frames: number } | { kind: 'clip', clip: ReelClip, index: number, frames: number }

/** What is shown when. */
export interface Layout { items: Item[], target: ReelTarget, timeline: ReelTimeline, notes: string[] }

function itemsOf(clips: readonly ReelClip[], { titleCards }: Reel, { frameRate }: ReelTarget): Item[] {
  return clips.flatMap((clip, index): Item[] => [
    ...titleCards ? [{ kind: 'card', title: clip.title, frames: framesIn(CARD_SECONDS, frameRate) } as const] : [],
    { kind: 'clip', clip, index, frames: framesIn(clip.survey.durationSeconds, frameRate) },
  ])
}

function crossfadeNotes({ joints }: ReelTimeline, wanted: number, { frameRate }: ReelTarget): string[] {
  const shorter = joints.filter(({ crossfade }) => crossfade < wanted).length
  if (shorter === 0) return []
  const shortest = Math.min(...joints.map(({ crossfade }) => crossfade))
  const places = shorter === 1 ? 'At one place' : `At ${String(shorter)} places`
  return [`${places} the crossfade is shorter than ${secondsOf(wanted, frameRate).toFixed(2)} s (down to ${secondsOf(shortest, frameRate).toFixed(2)} s): never more than half of a clip goes into it.`]
}

/** Where all clips and cards of a reel stand. */
export function layoutOf(clips: readonly ReelClip[], reel: Reel): Layout {
  const target = targetOf(clips.map(({ shape }) => shape))
  if (target === null) throw new AppError('USAGE', { message: 'A reel needs a clip.' })
  const items = itemsOf(clips, reel, target)
  const wanted = reel.crossfadeSeconds === 0 ? 0 : framesIn(reel.crossfadeSeconds, target.frameRate)
  const timeline = layOut(items, wanted)
  return { items, target, timeline, notes: crossfadeNotes(timeline, wanted, target) }
}

/** Where each clip begins, without its card, and how long it is there. */
export function partsOfFile({ items, timeline, target }: Layout): PartOfFile[] {
  return items.flatMap((item, index) => item.kind === 'card'
    ? []
    : [{ clip: item.clip.plan.source, at: secondsOf(timeline.starts[index] ?? 0, target.frameRate), duration: secondsOf(item.frames, target.frameRate), title: item.clip.title }])
}

/** One for each clip, with the card before it; one ends where the next begins. */
export function chaptersOf({ items, timeline, target }: Layout): Chapter[] {
  const begins = items.flatMap((item, index) => {
    if (item.kind === 'card') return []
    const first = items[index - 1]?.kind === 'card' ? index - 1 : index
    return [{ startSeconds: secondsOf(timeline.starts[first] ?? 0, target.frameRate), title: item.clip.title }]
  })
  return begins.map(({ startSeconds, title }, index) => ({ startSeconds, endSeconds: begins[index + 1]?.startSeconds ?? secondsOf(timeline.frames, target.frameRate), title }))
}

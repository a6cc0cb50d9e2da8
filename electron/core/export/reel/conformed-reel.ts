import type { Fades, Reel } from '../../../contract/export-choices.ts'
import type { MakingTools } from '../clip-making.ts'
import { checkRoom, estimatedBytes, flush } from '../disk.ts'
import type { ClipPlan } from '../plan.ts'
import { joinReel } from './join-reel.ts'
import type { MadeReel } from './made-reel.ts'
import { PassingFiles } from './passing-files.ts'
import type { ClipInReel, ReelClip } from './reel-clip.ts'
import { forClip, lookAt, titleOf } from './reel-clip.ts'
import type { Layout } from './reel-layout.ts'
import { chaptersOf, layoutOf, partsOfFile } from './reel-layout.ts'
import type { PartTools, ReelPart } from './reel-part.ts'
import { makeCardPart, makeClipPart } from './reel-part.ts'
import { cutPoints, secondsOf } from './reel-timeline.ts'
import { verifyReel } from './verify-reel.ts'

/** Shares of the work: looking at the sources, cutting, joining and checking (measured here, 2026-11-21, three clips of 3 s at 720p). */
const AFTER_LOOK = 0.15
const AFTER_PARTS = 0.85
const AFTER_JOIN = 0.9
const SOUND_BYTES_A_SECOND = 48_000 * 8

/** The reel comes and goes as a whole: its first part has the fade in, its last the fade out. */
function fadesOf({ inSeconds, outSeconds }: Fades, index: number, { items }: Layout): Fades {
  return { inSeconds: index === 0 ? inSeconds : 0, outSeconds: index === items.length - 1 ? outSeconds : 0 }
}

function inReel(index: number, plan: ClipPlan): ClipInReel {
  return { number: index + 1, source: plan.source, title: titleOf(plan) }
}

interface Making { layout: Layout, tools: MakingTools, files: PassingFiles }

async function makeParts({ layout, tools, files }: Making): Promise<ReelPart[]> {
  const { items, target, timeline } = layout
  const all = items.reduce((sum, { frames }) => sum + frames, 0)
  const parts: ReelPart[] = []
  let done = 0
  for (const [index, item] of items.entries()) {
    tools.signal.throwIfAborted()
    const place = { frames: item.frames, keyFramesAt: cutPoints(timeline, index, item), fades: fadesOf(tools.choices.fades, index, layout) }
    const before = done
    const onProgress = (share: number): void => {
      const frames = before + Math.round(share * item.frames)
      tools.progress(AFTER_LOOK + (AFTER_PARTS - AFTER_LOOK) * frames / all, { done: Math.min(frames, timeline.frames), of: timeline.frames })
    }
    const partTools: PartTools = { tools, target, files, onProgress }
    const part = item.kind === 'card'
      ? await makeCardPart(item.title, place, partTools)
      : await forClip(inReel(item.index, item.clip.plan), async () => makeClipPart(item.clip, place, partTools))
    parts.push(part)
    done += item.frames
    onProgress(0)
  }
  return parts
}

async function lookAtAll(plans: readonly ClipPlan[], tools: MakingTools): Promise<ReelClip[]> {
  const clips: ReelClip[] = []
  for (const [index, plan] of plans.entries()) {
    tools.signal.throwIfAborted()
    clips.push(await forClip(inReel(index, plan), async () => lookAt(plan, tools)))
    tools.progress(AFTER_LOOK * (index + 1) / plans.length)
  }
  return clips
}

async function checkRoomFor(clips: readonly ReelClip[], { folder }: MakingTools): Promise<void> {
  const parts = clips.reduce((sum, { survey }) => sum + estimatedBytes(survey), 0)
  const sound = clips.some(({ survey }) => survey.soundPeak !== null) ? clips.reduce((sum, { survey }) => sum + survey.durationSeconds * SOUND_BYTES_A_SECOND, 0) : 0
  // For a while the parts and what is made of them are both there.
  await checkRoom(folder, Math.ceil(2 * (parts + sound)))
}

function whyOf({ target, items }: Layout): string {
  const { width, height, frameRate } = target
  const rate = Number((frameRate.num / frameRate.den).toFixed(3))
  const clips = items.filter(({ kind }) => kind === 'clip').length
  return `${clips === 1 ? '1 clip' : `${String(clips)} clips`} brought to ${String(width)}x${String(height)} at ${String(rate)} pictures a second`
}

/**
 * Makes one file of several clips: each is cut to the picture and brought to the size and the rate that most of them have, they are joined by copying, and their sound is encoded
 * once for all. One that can not be made fails the reel and says which. Leaves nothing behind when it throws.
 */
export async function makeConformed(plans: readonly ClipPlan[], reel: Reel, tools: MakingTools): Promise<MadeReel> {
  await using files = new PassingFiles(tools.folder)
  const clips = await lookAtAll(plans, tools)
  await checkRoomFor(clips, tools)
  const layout = layoutOf(clips, reel)
  const parts = await makeParts({ layout, tools, files })
  const { timeline, target } = layout
  const chapters = reel.chapters ? chaptersOf(layout) : []
  const { part, soundFile } = await joinReel({ parts, timeline, frameRate: target.frameRate, chapters }, files, tools)
  tools.progress(AFTER_JOIN, { done: timeline.frames, of: timeline.frames })
  const verified = await verifyReel(part, { parts, timeline, frameRate: target.frameRate, soundFile, chapters }, tools)
  await flush(part)
  tools.signal.throwIfAborted()
  const seconds = secondsOf(timeline.frames, target.frameRate)
  return {
    part: files.keep(part), extension: '.mp4', mode: 'exact', why: whyOf(layout), start: 0, end: seconds, durationSeconds: seconds, verified,
    notes: [...new Set([...layout.notes, ...parts.flatMap(({ notes }) => notes)])],
    parts: partsOfFile(layout), taken: plans, size: { width: target.width, height: target.height },
  }
}

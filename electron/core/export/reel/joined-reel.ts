import type { Reel } from '../../../contract/export-choices.ts'
import { shownSize } from '../../shown-size.ts'
import type { MakingTools } from '../clip-making.ts'
import { checkRoom, checkSource, flush } from '../disk.ts'
import { copiedBytes } from '../modes/room.ts'
import { unverified } from '../verify.ts'
import { finishReel } from './join-reel.ts'
import type { Joinable } from './joinable.ts'
import { writeJoinedTrack } from './joined-track.ts'
import type { MadeReel } from './made-reel.ts'
import { PassingFiles } from './passing-files.ts'
import type { ReelClip } from './reel-clip.ts'
import { forClip, lookAt, titleOf } from './reel-clip.ts'
import type { Layout } from './reel-layout.ts'
import { chaptersOf, partsOfFile } from './reel-layout.ts'
import type { ReelPart } from './reel-part.ts'
import { layOut, secondsOf } from './reel-timeline.ts'
import { verifyReel } from './verify-reel.ts'

const SOUND_BYTES_A_SECOND = 48_000 * 8
/** Shares of the work: pictures, looking at the sources, joining (measured here, 2026-11-22). */
const AFTER_PICTURES = 0.3
const AFTER_LOOK = 0.7
const AFTER_JOIN = 0.8

async function checkRoomFor({ clips }: Joinable, { folder }: MakingTools): Promise<void> {
  const bytes = clips.map(({ plan: { video: { facts: { media } }, startPts, endPts } }) => {
    const seconds = (endPts - startPts) * media.picture.timeBase.num / media.picture.timeBase.den
    return 2 * copiedBytes(media, seconds) + (media.sounds.length === 0 ? 0 : 2 * SOUND_BYTES_A_SECOND * seconds)
  })
  await checkRoom(folder, Math.ceil(bytes.reduce((sum, each) => sum + each, 0)))
}

interface Looking { joinable: Joinable, track: { path: string, frames: readonly number[] }, files: PassingFiles, tools: MakingTools }

/** What the source shows and lets hear of each clip: the reel has to be that. */
async function lookAtParts({ joinable, track, files, tools }: Looking): Promise<{ clips: ReelClip[], parts: ReelPart[] }> {
  const { frameRate } = joinable
  const [clips, parts]: [ReelClip[], ReelPart[]] = [[], []]
  for (const [index, { plan, notes }] of joinable.clips.entries()) {
    tools.signal.throwIfAborted()
    const clip = await forClip({ number: index + 1, source: plan.source, title: titleOf(plan) }, async () => lookAt(plan, tools))
    const { traces, soundPeak, firstPts } = clip.survey
    const frames = track.frames[index] ?? 0
    if (traces === null) throw unverified('a clip of it begins in the middle of a picture')
    const soundFile = soundPeak === null ? null : await files.make()
    if (soundFile !== null) await tools.ffmpeg.partSound({ video: plan.video.facts, startPts: firstPts, frames, frameRate, target: soundFile }, tools.signal)
    clips.push(clip)
    parts.push({ path: track.path, frames, soundFile, traces, notes })
    tools.progress(AFTER_PICTURES + (AFTER_LOOK - AFTER_PICTURES) * (index + 1) / joinable.clips.length)
  }
  return { clips, parts }
}

function layoutOf(clips: readonly ReelClip[], parts: readonly ReelPart[], { frameRate }: Joinable): Layout {
  const items = clips.map((clip, index) => ({ kind: 'clip' as const, clip, index, frames: parts[index]?.frames ?? 0 }))
  const [first] = clips
  return { items, target: { width: first?.shape.width ?? 0, height: first?.shape.height ?? 0, frameRate }, timeline: layOut(items, 0), notes: [] }
}

function whyOf({ clips }: Joinable, parts: readonly ReelPart[]): { mode: 'copy' | 'smart', why: string } {
  const pictures = clips.reduce((sum, { smart: { cut } }) => sum + cut.headPictures + cut.tailPictures, 0)
  const heard = parts.some(({ soundFile }) => soundFile !== null)
  const count = `${String(clips.length)} clip${clips.length === 1 ? '' : 's'} joined`
  if (pictures === 0) return { mode: 'copy', why: `${count} with their pictures as they are stored${heard ? '; their sound is encoded once, so that it stays in step' : ''}.` }
  return { mode: 'smart', why: `${count}: only ${String(pictures)} picture${pictures === 1 ? '' : 's'} at the edges${heard ? ' and the sound' : ''} are encoded anew.` }
}

/**
 * Makes one file of the packets of several clips; their sound is encoded once, in step with the pictures to the sample. Gives in words what stands in the way where their
 * streams turn out not to match. Throws EXPORT_UNVERIFIED where that does not give the reel, DISK_FULL, CHANGED and what reading throws. Leaves nothing behind then.
 */
export async function makeJoined(joinable: Joinable, reel: Reel, tools: MakingTools): Promise<MadeReel | string> {
  await using files = new PassingFiles(tools.folder)
  await checkRoomFor(joinable, tools)
  const track = await writeJoinedTrack(joinable, await files.make(), tools)
  if (typeof track === 'string') return track
  const { frameRate, picture } = joinable
  const { clips, parts } = await lookAtParts({ joinable, track, files, tools })
  const layout = layoutOf(clips, parts, joinable)
  const { timeline } = layout
  const chapters = reel.chapters ? chaptersOf(layout) : []
  const { part, soundFile } = await finishReel({ parts, timeline, frameRate, chapters }, { how: 'track', path: track.path, last: track.last }, { files, tools })
  tools.progress(AFTER_JOIN, { done: timeline.frames, of: timeline.frames })
  const verified = await verifyReel(part, { parts, timeline, frameRate, soundFile, chapters, crf: tools.choices.encoding.crf, look: picture }, tools)
  for (const { plan } of joinable.clips) await checkSource(plan.video)
  await flush(part)
  tools.signal.throwIfAborted()
  const seconds = secondsOf(timeline.frames, frameRate)
  return {
    part: files.keep(part), extension: '.mp4', ...whyOf(joinable, parts), start: 0, end: seconds, durationSeconds: seconds, verified,
    notes: [...new Set(parts.flatMap(({ notes }) => notes))], parts: partsOfFile(layout), size: shownSize(picture), taken: joinable.clips.map(({ plan }) => plan),
  }
}

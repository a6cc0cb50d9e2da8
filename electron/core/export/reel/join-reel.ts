import type { Chapter } from '../../facts.ts'
import type { PieceOfPart, ReelPictures } from '../../reel-ports.ts'
import type { MakingTools } from '../clip-making.ts'
import type { PassingFiles } from './passing-files.ts'
import type { ReelPart } from './reel-part.ts'
import { mixReelSound } from './reel-sound.ts'
import type { FrameRate, ReelTimeline } from './reel-timeline.ts'
import { bodyOf } from './reel-timeline.ts'

export interface Joining { parts: readonly ReelPart[], timeline: ReelTimeline, frameRate: FrameRate, chapters: readonly Chapter[] }

async function transition({ parts, timeline, frameRate }: Joining, index: number, { files, tools }: { files: PassingFiles, tools: MakingTools }): Promise<PieceOfPart | null> {
  const [out, next, joint] = [parts[index], parts[index + 1], timeline.joints[index]]
  if (out === undefined || next === undefined || joint === undefined || joint.crossfade === 0) return null
  const target = await files.make()
  const frames = joint.crossfade
  const job = { out: { path: out.path, from: out.frames - frames, frames }, in: { path: next.path, from: 0, frames }, frameRate, encoding: tools.choices.encoding, target }
  await tools.ffmpeg.crossfade(job, tools.signal)
  return { path: target, from: 0, frames }
}

/** Brings pictures, sound and chapters together. Gives the reel, and the samples of its sound (null where no part has any). Both are among the passing files. */
export async function finishReel(
  { parts, timeline, frameRate, chapters }: Joining, pictures: ReelPictures, { files, tools }: { files: PassingFiles, tools: MakingTools },
): Promise<{ part: string, soundFile: string | null }> {
  const soundFile = parts.some((part) => part.soundFile !== null) ? await files.make() : null
  if (soundFile !== null) await mixReelSound({ parts, timeline, frameRate }, soundFile, tools.signal)
  const part = await files.make()
  const notes = { pieces: await files.make(), chapters: await files.make() }
  await tools.ffmpeg.joinReel({ pictures, frameRate, sound: soundFile, chapters, target: part, notes }, tools.signal)
  return { part, soundFile }
}

/** Gives the reel of its parts as `finishReel` does. */
export async function joinReel(joining: Joining, files: PassingFiles, tools: MakingTools): Promise<{ part: string, soundFile: string | null }> {
  const { parts, timeline } = joining
  const pieces: PieceOfPart[] = []
  for (const [index, part] of parts.entries()) {
    tools.signal.throwIfAborted()
    const between = await transition(joining, index, { files, tools })
    pieces.push(...[bodyOf(timeline, index, part), between].filter((piece) => piece !== null))
  }
  return finishReel(joining, { how: 'pieces', pieces }, { files, tools })
}

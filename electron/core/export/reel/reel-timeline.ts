import type { PieceOfPart } from '../../reel-ports.ts'

export interface FrameRate { num: number, den: number }

/** Something that is shown in a reel, a clip or a card, by how many pictures it has at the rate of the reel. */
export interface Shown { frames: number }

export interface Joint {
  /** So many pictures are made of both; 0 for a hard cut. */
  crossfade: number
}

export interface ReelTimeline {
  /** The picture of the reel with which each begins, in their order. */
  starts: number[]
  /** Between each and the next: one less than there are. */
  joints: Joint[]
  /** Of all of it. */
  frames: number
}

/** How many pictures are shown in so many seconds: the nearest number, and at least one. */
export function framesIn(seconds: number, { num, den }: FrameRate): number {
  return Math.max(1, Math.round(seconds * num / den))
}

export function secondsOf(frames: number, { num, den }: FrameRate): number {
  return frames * den / num
}

/** The sample with which a picture begins: counted from the beginning of the reel, so that rounding does not add up. */
export function sampleAt(frame: number, { num, den }: FrameRate, rateHz: number): number {
  return Math.round(frame * den * rateHz / num)
}

/** Where everything is. A crossfade is never longer than half of the shorter of the two, so that no picture is in two of them. */
export function layOut(shown: readonly Shown[], wantedCrossfade: number): ReelTimeline {
  const starts: number[] = []
  const joints: Joint[] = []
  let at = 0
  for (const [index, { frames }] of shown.entries()) {
    starts.push(at)
    const next = shown[index + 1]
    const crossfade = next === undefined ? 0 : Math.min(wantedCrossfade, Math.floor(Math.min(frames, next.frames) / 2))
    if (next !== undefined) joints.push({ crossfade })
    at += frames - crossfade
  }
  return { starts, joints, frames: at }
}

/** How many pictures of one are in the transition before it and in the one behind it. */
export function transitionsAround({ joints }: ReelTimeline, index: number): { before: number, after: number } {
  return { before: joints[index - 1]?.crossfade ?? 0, after: joints[index]?.crossfade ?? 0 }
}

/** The pictures that have to be ones that can be cut at: where a transition ends and where one begins. */
export function cutPoints(timeline: ReelTimeline, index: number, { frames }: Shown): number[] {
  const { before, after } = transitionsAround(timeline, index)
  return [before, frames - after].filter((at) => at > 0 && at < frames)
}

/** The pictures of a part that are in the reel as they are; null where all of them go into transitions. */
export function bodyOf(timeline: ReelTimeline, index: number, part: Shown & { path: string }): PieceOfPart | null {
  const { before, after } = transitionsAround(timeline, index)
  const frames = part.frames - before - after
  return frames === 0 ? null : { path: part.path, from: before, frames }
}

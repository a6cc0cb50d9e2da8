import { open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import type { FrameRate, ReelTimeline } from './reel-timeline.ts'
import { sampleAt, transitionsAround } from './reel-timeline.ts'

/** As `ConformTo.soundTarget` is written. */
export const RATE_HZ = 48_000
const CHANNELS = 2
const BYTES_A_SAMPLE = 4 * CHANNELS
const CHUNK_SAMPLES = 1 << 16

/** Sound that is cut hard anywhere in its wave clicks: 5 ms of fading can not be heard as such. */
const JOINT_FADE_SAMPLES = 240

export interface SoundOfPart {
  /** Samples; null for silence. */
  soundFile: string | null
  frames: number
}

export interface ReelSound { parts: readonly SoundOfPart[], timeline: ReelTimeline, frameRate: FrameRate }

/** A part as it goes into the mix: samples of the reel, and over how many it comes and goes. */
interface Placed { file: FileHandle | null, start: number, end: number, fadeIn: number, fadeOut: number }

/** Linear, so that two that go over into each other never get louder than the louder one. */
function level({ start, end, fadeIn, fadeOut }: Placed, at: number): number {
  const coming = fadeIn === 0 ? 1 : Math.min(1, (at - start + 0.5) / fadeIn)
  const going = fadeOut === 0 ? 1 : Math.min(1, (end - at - 0.5) / fadeOut)
  return Math.min(coming, going)
}

/** Adds what a part has between two samples of the reel. What its file does not have is silence. */
async function addPart(mix: Float32Array, { from, to }: { from: number, to: number }, part: Placed): Promise<void> {
  const [first, last] = [Math.max(from, part.start), Math.min(to, part.end)]
  if (part.file === null || last <= first) return
  const samples = new Float32Array((last - first) * CHANNELS)
  const bytes = new Uint8Array(samples.buffer)
  for (let read = 0; read < bytes.length;) {
    const { bytesRead } = await part.file.read(bytes, read, bytes.length - read, (first - part.start) * BYTES_A_SAMPLE + read)
    if (bytesRead === 0) break
    read += bytesRead
  }
  for (let at = first; at < last; at++) {
    const gain = level(part, at)
    for (let channel = 0; channel < CHANNELS; channel++) {
      const place = (at - from) * CHANNELS + channel
      mix[place] = (mix[place] ?? 0) + (samples[(at - first) * CHANNELS + channel] ?? 0) * gain
    }
  }
}

function place({ parts, timeline, frameRate }: ReelSound, files: readonly (FileHandle | null)[]): Placed[] {
  const at = (frame: number): number => sampleAt(frame, frameRate, RATE_HZ)
  return parts.map(({ frames }, index) => {
    const frame = timeline.starts[index] ?? 0
    const { before, after } = transitionsAround(timeline, index)
    const [start, end] = [at(frame), at(frame + frames)]
    const shortest = Math.min(JOINT_FADE_SAMPLES, Math.floor((end - start) / 2))
    return {
      file: files[index] ?? null, start, end,
      fadeIn: before > 0 ? at(frame + before) - start : index === 0 ? 0 : shortest,
      fadeOut: after > 0 ? end - at(frame + frames - after) : index === parts.length - 1 ? 0 : shortest,
    }
  })
}

/**
 * Writes the sound of a whole reel as samples: each part from the sample its first picture begins with, one going over into the other where the pictures do, exactly as long
 * as the pictures. Memory does not grow with its length.
 */
export async function mixReelSound(reel: ReelSound, target: string, signal: AbortSignal): Promise<void> {
  const files: (FileHandle | null)[] = []
  await using out = await open(target, 'r+')
  try {
    for (const { soundFile } of reel.parts) files.push(soundFile === null ? null : await open(soundFile, 'r'))
    const placed = place(reel, files)
    const end = sampleAt(reel.timeline.frames, reel.frameRate, RATE_HZ)
    for (let from = 0; from < end; from += CHUNK_SAMPLES) {
      signal.throwIfAborted()
      const to = Math.min(end, from + CHUNK_SAMPLES)
      const mix = new Float32Array((to - from) * CHANNELS)
      for (const part of placed) await addPart(mix, { from, to }, part)
      await out.write(new Uint8Array(mix.buffer), 0, mix.byteLength, from * BYTES_A_SAMPLE)
    }
  } finally {
    await Promise.all(files.map(async (file) => file?.close()))
  }
}

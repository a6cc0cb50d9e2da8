import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { VideoId } from '../../../contract/ids.ts'
import type { BurnedCaptions } from '../../caption-ports.ts'
import { privateFolder } from '../../private-folder.ts'
import type { SpokenSegment } from '../clip-lookup.ts'
import type { MakingTools } from '../clip-making.ts'
import type { CaptionLook } from './caption-look.ts'
import { captionLook } from './caption-look.ts'
import type { ClipSpan } from './caption-words.ts'
import { clipCaptions, NOTHING_SAID } from './clip-captions.ts'
import type { Cue } from './cues.ts'
import { linesOfCue } from './cues.ts'
import { withoutLetters } from './drawable.ts'
import { toAss } from './write-ass.ts'

/** Captions that are ready to be written on the picture of a clip. */
export interface Burning extends AsyncDisposable {
  /** Null where there is nothing to be written. */
  captions: BurnedCaptions | null
  /** What a person should know of them. */
  notes: string[]
}

/** A clip, in seconds of its video, and the size of its picture as it will be written. */
export interface BurnedOn extends ClipSpan { videoId: VideoId, size: { width: number, height: number } }

export type BurningTools = Pick<MakingTools, 'clips' | 'choices' | 'signal'> & { ffmpeg: Pick<MakingTools['ffmpeg'], 'captionLetters'> }

const FILE = 'captions.ass'

/** All letters of the captions, to be looked at as one picture; an ASS file of the same look. */
function assOfLetters(cues: readonly Cue[], look: CaptionLook): string {
  const letters = [...new Set(cues.flatMap(linesOfCue).join(''))].filter((letter) => letter.trim() !== '').join(' ')
  const words = [{ text: letters, columns: 0, hasSpaceBefore: false, startMs: 0, endMs: 1000, isTimed: false }]
  return toAss([{ startMs: 0, endMs: 1000, lines: [words] }], { look, highlight: false })
}

/** What a person should know of the words that light up. */
function highlightNotes(cues: readonly Cue[], spoken: readonly SpokenSegment[]): string[] {
  if (!cues.some(({ lines }) => lines.flat().some(({ isTimed }) => isTimed))) return ['No word is highlighted: it is not known when each of them is said.']
  // Only who hears words knows how sure it is of them.
  const isRead = spoken.some(({ words }) => words.length > 0 && words.every(({ confidence }) => confidence === undefined))
  return isRead ? ['The highlight moves by the length of the words where subtitles do not say when each of them is said.'] : []
}

const plainName = (name: string): string => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')

function fontNotes(asked: string | null, taken: string | null): string[] {
  if (asked === null || taken === null || plainName(taken).startsWith(plainName(asked))) return []
  return [`Captions are written in ${taken}: that is what this system has for the font "${asked}".`]
}

async function prepare(of: BurnedOn, folder: string, { clips, choices: { captionStyle }, ffmpeg, signal }: BurningTools): Promise<Omit<Burning, keyof AsyncDisposable>> {
  const look = captionLook(captionStyle, of.size)
  const cues = clipCaptions(clips, of, look)
  if (cues.length === 0) return { captions: null, notes: [NOTHING_SAID] }
  const assFile = path.join(folder, FILE)
  await writeFile(assFile, assOfLetters(cues, look))
  const { missing, font } = await ffmpeg.captionLetters({ assFile }, signal)
  const drawn = withoutLetters(cues, new Set(missing))
  if (drawn.cues.length === 0) return { captions: null, notes: drawn.notes }
  await writeFile(assFile, toAss(drawn.cues, { look, highlight: captionStyle.highlight }))
  const { highlight, font: asked } = captionStyle
  const spoken = clips.spoken(of.videoId, of.start, of.end)
  return { captions: { assFile }, notes: [...drawn.notes, ...fontNotes(asked, font), ...highlight ? highlightNotes(drawn.cues, spoken) : []] }
}

/**
 * What is said in a clip, ready to be written on its picture, where that was asked for. The file it is in has a name of ours in the system's passing folder
 * and is gone once the result is disposed of, or with this process; what a killed one leaves goes with the next captions. Throws TOOL_MISSING for an ffmpeg
 * without libass, DISK_FULL.
 */
export async function burnCaptions(of: BurnedOn, tools: BurningTools): Promise<Burning> {
  if (tools.choices.captions !== 'burned') return { captions: null, notes: [], [Symbol.asyncDispose]: async () => undefined }
  const folder = await privateFolder('captions')
  try {
    return { ...await prepare(of, folder.path, tools), [Symbol.asyncDispose]: async () => folder[Symbol.asyncDispose]() }
  } catch (error) {
    await folder[Symbol.asyncDispose]()
    throw error
  }
}

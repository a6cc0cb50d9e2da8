import { rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { ExportChoices } from '../../../contract/export-choices.ts'
import { AppError } from '../../errors.ts'
import { makePart } from '../disk.ts'
import { writeError } from '../file-errors.ts'
import { nameIfFree } from '../names.ts'
import { captionLook } from './caption-look.ts'
import type { Cue } from './cues.ts'
import { toAss } from './write-ass.ts'
import { toSrt } from './write-srt.ts'
import { toVtt } from './write-vtt.ts'

/** A file that stands beside a clip under its name. */
export interface Sidecar { extension: string, text: string }

type Chosen = Pick<ExportChoices, 'captionFormat' | 'captionStyle'>

/** What is said in a file that was made, whatever it was made of; `size` is that of its picture. */
export interface SaidInFile { cues: readonly Cue[], language: string | null, size: { width: number, height: number } }

/** Captions as a document. */
export function captionDocument({ cues, size }: Pick<SaidInFile, 'cues' | 'size'>, { captionFormat, captionStyle }: Chosen): Sidecar {
  switch (captionFormat) {
    case 'srt': return { extension: '.srt', text: toSrt(cues) }
    case 'vtt': return { extension: '.vtt', text: toVtt(cues) }
    case 'ass': return { extension: '.ass', text: toAss(cues, { look: captionLook(captionStyle, size), highlight: captionStyle.highlight }) }
  }
}

/** Files that are written and wait for the name of their clip. */
export interface WaitingSidecars {
  extensions: string[]
  /** Gives them the name of the clip; never over another file. Where one can not have it, all of them and the clip go. Gives their paths. */
  nameBeside(clipPath: string): Promise<string[]>
  /** Takes away what has no name yet. */
  remove(): Promise<void>
}

async function removeAll(files: readonly string[]): Promise<void> {
  await Promise.all(files.map((file) => rm(file, { force: true })))
}

async function nameAll(waiting: readonly { part: string, extension: string }[], clipPath: string): Promise<string[]> {
  const stem = clipPath.slice(0, clipPath.length - path.extname(clipPath).length)
  const named: string[] = []
  try {
    for (const { part, extension } of waiting) {
      const file = `${stem}${extension}`
      if (!await nameIfFree(part, file)) throw new AppError('NO_ACCESS', { message: `"${file}" was made by somebody else in this moment.`, hint: 'Export the clip again.' })
      named.push(file)
    }
  } catch (error) {
    // A clip without the captions that were asked for is not what was asked for.
    await removeAll([...named, clipPath])
    throw error
  }
  return named
}

/** Writes the files into the folder under passing names. Throws DISK_FULL, NO_ACCESS, and leaves nothing then. */
export async function writeSidecars(sidecars: readonly Sidecar[], folder: string): Promise<WaitingSidecars> {
  const waiting: { part: string, extension: string }[] = []
  const remove = async (): Promise<void> => removeAll(waiting.map(({ part }) => part))
  try {
    for (const { extension, text } of sidecars) {
      const part = await makePart(folder)
      waiting.push({ part, extension })
      await writeFile(part, text, { flush: true })
    }
  } catch (error) {
    await remove()
    throw writeError(folder, error)
  }
  return { extensions: waiting.map(({ extension }) => extension), nameBeside: async (clipPath) => nameAll(waiting, clipPath), remove }
}

import { rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { TimelineInput, WrittenTimeline } from '../../../contract/timelines.ts'
import type { ClipLookup } from '../clip-lookup.ts'
import { flush, makeFolder, makePart } from '../disk.ts'
import { writeError } from '../file-errors.ts'
import { giveName, safeStem } from '../names.ts'
import { csvOf } from './csv.ts'
import { edlNotes, edlOf } from './edl.ts'
import { fcp7xmlNotes, fcp7xmlOf } from './fcp7xml.ts'
import { fcpxmlOf } from './fcpxml.ts'
import { perSecond } from './frame-rate.ts'
import { llcOf } from './llc.ts'
import { otioOf } from './otio.ts'
import type { Sequence, SequenceMedia } from './sequence.ts'
import { sequenceOf } from './sequence.ts'
import { youtubeChapters } from './youtube.ts'

const LONGEST_EXTENSION_BYTES = 7

/** A file that will be written. */
interface Document { name: string, extension: string, text: string, notes: string[] }

function document({ name }: Sequence, extension: string, content: { text: string, notes?: string[] }): Document {
  return { name, extension, text: content.text, notes: content.notes ?? [] }
}

const clipsIn = ({ clips }: Sequence, media: SequenceMedia): Sequence['clips'] => clips.filter((clip) => clip.media === media)

/** LosslessCut works on one video. */
function llcDocuments(sequence: Sequence): Document[] {
  const { media, name } = sequence
  return media.map((each) => ({
    name: media.length === 1 ? name : `${name} - ${each.title}`, extension: '.llc', text: llcOf(each.fileName, clipsIn(sequence, each)),
    notes: [`LosslessCut looks for "${each.fileName}" in the folder of its project`],
  }))
}

/** Chapters of what the clips become one after the other, and of each video that they are from. */
function youtubeDocuments(sequence: Sequence): Document[] {
  const { name, clips, media, frames, rate } = sequence
  const chapters = clips.map((clip) => ({ at: clip.recordIn / perSecond(rate), title: clip.name }))
  const joined = youtubeChapters(chapters, { name, beginning: name, lengthSeconds: frames / perSecond(rate) })
  const ofVideos = media.map((each): Document => {
    const own = clipsIn(sequence, each).map((clip) => ({ at: clip.startSeconds, title: clip.name }))
    return { name: `${name} - ${each.title}`, extension: '.txt', ...youtubeChapters(own, { name: each.title, beginning: each.title, lengthSeconds: each.seconds }) }
  })
  const [first] = ofVideos
  const which = first === undefined ? [] : [`"${name}.txt" is for a video of these clips one after the other, "${first.name}.txt" for the video that they are from`]
  return [{ name, extension: '.txt', text: joined.text, notes: [...which, ...joined.notes] }, ...ofVideos]
}

function documentsOf(sequence: Sequence, format: TimelineInput['format']): Document[] {
  switch (format) {
    case 'edl': return [document(sequence, '.edl', { text: edlOf(sequence), notes: edlNotes(sequence) })]
    case 'fcpxml': return [document(sequence, '.fcpxml', { text: fcpxmlOf(sequence) })]
    case 'fcp7xml': return [document(sequence, '.xml', { text: fcp7xmlOf(sequence), notes: fcp7xmlNotes(sequence) })]
    case 'otio': return [document(sequence, '.otio', { text: otioOf(sequence) })]
    case 'csv': return [document(sequence, '.csv', { text: csvOf(sequence) })]
    case 'youtube': return youtubeDocuments(sequence)
    case 'llc': return llcDocuments(sequence)
  }
}

/** Under a passing name first, then under its own: who sees the file sees all of it. */
async function write({ name, extension, text }: Document, folder: string): Promise<string> {
  const part = await makePart(folder)
  try {
    await writeFile(part, text).catch((cause: unknown) => { throw writeError(folder, cause) })
    await flush(part)
    return await giveName({ part, folder, stem: safeStem(name, '', LONGEST_EXTENSION_BYTES), extension, besides: [] })
  } finally {
    await rm(part, { force: true })
  }
}

async function awayNotes({ media }: Sequence): Promise<string[]> {
  const notes = await Promise.all(media.map(async ({ path: file, title }) => stat(file).then(() => [], () => [`"${title}" is not there now: ${file}`])))
  return notes.flat()
}

/**
 * Writes the clips as a list that an editor reads. Never overwrites: a name that is taken gets a number. When it can not write all of its files it leaves none. Throws
 * USAGE for clips that are not there, videos without a constant rate that are not to be conformed, and more clips than the format holds; NO_ACCESS; DISK_FULL.
 */
export async function writeTimeline(input: TimelineInput, clips: ClipLookup, signal: AbortSignal): Promise<WrittenTimeline> {
  const sequence = sequenceOf(input, clips)
  const documents = documentsOf(sequence, input.format)
  const folder = path.resolve(input.outFolder)
  await makeFolder(folder)
  const paths: string[] = []
  try {
    for (const each of documents) {
      signal.throwIfAborted()
      paths.push(await write(each, folder))
    }
  } catch (error) {
    await Promise.all(paths.map((written) => rm(written, { force: true })))
    throw error
  }
  const notes = [...sequence.notes, ...documents.flatMap((each) => each.notes), ...await awayNotes(sequence)]
  return { paths, clips: sequence.clips.length, frames: sequence.frames, notes: [...new Set(notes)] }
}

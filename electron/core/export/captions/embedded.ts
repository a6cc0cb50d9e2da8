import { rm, stat, writeFile } from 'node:fs/promises'
import type { EmbedJob } from '../../caption-ports.ts'
import type { ExportChoices } from '../../../contract/export-choices.ts'
import { VideoId } from '../../../contract/ids.ts'
import { AppError } from '../../errors.ts'
import type { MediaFacts } from '../../facts.ts'
import type { SubtitleDocument } from '../../piece-ports.ts'
import type { ClipContainer } from '../../ports.ts'
import { lineText } from '../../pipeline/subtitles/cue.ts'
import { parseAss } from '../../pipeline/subtitles/parse-ass.ts'
import { parseCaptions } from '../../pipeline/subtitles/parse-captions.ts'
import type { MadeClip, MakingTools } from '../clip-making.ts'
import { checkRoom, flush, makePart } from '../disk.ts'
import { writeError } from '../file-errors.ts'
import { indexIsInFront } from '../mp4-boxes.ts'
import { containerLanguage } from './language-codes.ts'
import type { SaidInFile } from './sidecars.ts'
import { captionDocument } from './sidecars.ts'

export type EmbeddingTools = Pick<MakingTools, 'folder' | 'choices' | 'signal'> & { ffmpeg: Pick<MakingTools['ffmpeg'], 'probe' | 'embedCaptions' | 'subtitleTrack'> }

/** The container of a clip that can hold a text track; null for one that can not. */
export function textContainer(extension: string): ClipContainer | null {
  switch (extension.toLowerCase()) {
    case '.mp4': case '.m4v': return 'mp4'
    case '.mov': return 'mov'
    case '.mkv': return 'mkv'
    case '.webm': return 'webm'
    default: return null
  }
}

/** In Matroska what was chosen for a file beside the clip, as long as players know it there; in the others what they hold. */
function formatIn(container: ClipContainer, { captionFormat }: Pick<ExportChoices, 'captionFormat'>): ExportChoices['captionFormat'] {
  if (container === 'webm') return 'vtt'
  return container === 'mkv' && captionFormat === 'ass' ? 'ass' : 'srt'
}

/** What is shown when, for a comparison: letters and numbers only, because formats write marks of their own around them. */
async function shownIn({ format, bytes, zeroSeconds }: SubtitleDocument, signal: AbortSignal): Promise<{ startMs: number, endMs: number, letters: string }[]> {
  const text = Buffer.from(bytes).toString('utf8')
  const cues = format === 'ass' ? await parseAss({ text, zeroSeconds }, signal) : await parseCaptions({ text, format, zeroSeconds }, signal)
  return cues.map(({ startSeconds, endSeconds, lines }) => ({
    startMs: Math.round(startSeconds * 1000), endMs: Math.round(endSeconds * 1000),
    letters: lines.map(lineText).join('').normalize('NFC').replaceAll(/[^\p{L}\p{N}]/gu, ''),
  }))
}

/** A container counts in its own ticks: what it says is at most one millisecond off. */
const ROUNDING_MS = 1

/** Throws EXPORT_UNVERIFIED unless the track of the file says the same at the same times as the document. */
async function checkTrack(file: string, document: SubtitleDocument, { ffmpeg, signal }: EmbeddingTools): Promise<void> {
  const media = await ffmpeg.probe(file, signal)
  const track = media.subtitles.at(-1)
  if (track?.isText !== true || !track.isDefault) throw unverified('it is not there')
  const wanted = await shownIn(document, signal)
  const found = await shownIn(await ffmpeg.subtitleTrack({ id: VideoId.parse(1), path: file, media }, track.index, signal), signal)
  const isSame = wanted.length === found.length && wanted.every((cue, index) => {
    const other = found[index]
    return other?.letters === cue.letters && Math.abs(other.startMs - cue.startMs) <= ROUNDING_MS && Math.abs(other.endMs - cue.endMs) <= ROUNDING_MS
  })
  if (!isSame) throw unverified('it says something else, or at other times')
}

function unverified(why: string): AppError {
  return new AppError('EXPORT_UNVERIFIED', { message: `The text track did not pass its check: ${why}.` })
}

/** Throws EXPORT_UNVERIFIED unless a player would show the picture as it was: upright, in its colours, of its length. */
function checkPicture(before: MediaFacts, after: MediaFacts): void {
  const shown = ({ picture, sounds }: MediaFacts): string => JSON.stringify([{ ...picture, durationPts: null, frameRate: null }, sounds])
  if (shown(before) !== shown(after)) throw unverified('the picture or the sound would be marked otherwise')
}

interface Files { document: string, target: string }

/** What is put where, and with what. */
export interface Embedding { said: SaidInFile, container: ClipContainer, tools: EmbeddingTools }

async function embedInto({ document, target }: Files, made: MadeClip, { said, container, tools }: Embedding): Promise<void> {
  const { ffmpeg, signal, choices } = tools
  const captionFormat = formatIn(container, choices)
  const { text } = captionDocument(said, { ...choices, captionFormat })
  await writeFile(document, text).catch((error: unknown) => { throw writeError(tools.folder, error) })
  const media = await ffmpeg.probe(made.part, signal)
  const { startPts, timeBase } = media.picture
  const job: EmbedJob = {
    clip: made.part, container, target, pictureSeconds: startPts * timeBase.num / timeBase.den, clockDen: timeBase.den,
    captions: { file: document, format: captionFormat }, language: containerLanguage(said.language),
  }
  await ffmpeg.embedCaptions(job, signal)
  checkPicture(media, await ffmpeg.probe(target, signal))
  await checkTrack(target, { format: captionFormat, bytes: Buffer.from(text), zeroSeconds: 0 }, tools)
  if ((container === 'mp4' || container === 'mov') && !await indexIsInFront(target)) throw unverified('its index is not in front')
  await flush(target)
}

/**
 * The clip with what is said in it as a text track of its own: a copy, picture and sound are the same packets at the same times, the track is read back. The clip as
 * it was is gone then. Throws EXPORT_UNVERIFIED where that can not be done, DISK_FULL, and leaves the clip as it was.
 */
export async function embedCaptions(made: MadeClip, { said, container, tools }: Embedding): Promise<MadeClip> {
  await checkRoom(tools.folder, (await stat(made.part)).size)
  const document = await makePart(tools.folder)
  const target = await makePart(tools.folder)
  try {
    await embedInto({ document, target }, made, { said, container, tools })
    await rm(made.part, { force: true })
    return { ...made, part: target, verified: { ...made.verified, checks: [...made.verified.checks, 'captions read back, picture and sound unchanged by them'] } }
  } catch (error) {
    await rm(target, { force: true })
    throw error
  } finally {
    await rm(document, { force: true })
  }
}

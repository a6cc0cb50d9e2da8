import type { VideoFacts } from '../../facts.ts'
import type { SubtitleDocument } from '../../piece-ports.ts'
import type { SegmentRow } from '../rows.ts'
import type { Chunk, Stage, StageInput, StageTools } from '../stage.ts'
import { AppError } from '../../errors.ts'
import { endOfVideo } from '../end-of-video.ts'
import { probedVideo, StageSkipped } from '../stage.ts'
import { readDocument } from '../subtitles/read-document.ts'
import { segmentRows } from '../subtitles/segments.ts'
import { findSidecars, readSidecar } from '../subtitles/sidecars.ts'
import type { Source } from '../subtitles/sources.ts'
import { orderedSources, SourceChoice } from '../subtitles/sources.ts'

const SEGMENTS_PER_CHUNK = 200

interface Run { video: VideoFacts, endSeconds: number, tools: StageTools, signal: AbortSignal }

async function documentOf(source: Source, run: Run): Promise<SubtitleDocument | { note: string }> {
  if (source.from.kind === 'sidecar') {
    const { sidecar } = source.from
    const read = await readSidecar(sidecar, run.signal)
    return 'note' in read ? read : { format: sidecar.format, bytes: read.bytes, zeroSeconds: 0 }
  }
  try {
    return await run.tools.ffmpeg.subtitleTrack(run.video, source.from.streamIndex, run.signal)
  } catch (error) {
    run.signal.throwIfAborted()
    // One bad track of several is no reason to go without the others; anything but a bad track is.
    if (error instanceof AppError && error.code === 'DECODE_FAILED') return { note: error.message }
    throw error
  }
}

async function rowsOf(source: Source, choice: SourceChoice, run: Run): Promise<{ rows: SegmentRow[], note: string | null }> {
  const document = await documentOf(source, run)
  if ('note' in document) return { rows: [], note: document.note }
  const { cues, repairs, encoding } = await readDocument(document, run.endSeconds, run.signal)
  const isTaken = choice.take(source, cues)
  const repaired = Object.entries(repairs).filter(([, count]) => count > 0).map(([what, count]) => `${String(count)} ${what}`)
  run.tools.log.info(`${run.video.path}: ${source.name} (${source.language ?? 'unknown language'}, ${encoding}): ${[`${String(cues.length)} cues`, ...repaired].join(', ')}${isTaken ? '' : ', not used'}`)
  return { rows: isTaken ? segmentRows(cues, source) : [], note: cues.length === 0 ? `${source.name} holds no text within the video` : null }
}

async function allRows(run: Run): Promise<SegmentRow[]> {
  const { sidecars, notes } = await findSidecars(run.video.path)
  const choice = new SourceChoice()
  const rows: SegmentRow[] = []
  for (const source of orderedSources(sidecars, run.video.media.subtitles)) {
    if (!choice.wants(source)) continue
    const found = await rowsOf(source, choice, run)
    rows.push(...found.rows)
    if (found.note !== null) notes.push(found.note)
  }
  for (const note of notes) run.tools.log.warn(`${run.video.path}: ${note}`)
  if (rows.length === 0) throw new StageSkipped(['no subtitles', ...notes].join('; '))
  return rows.sort((one, other) => one.startSeconds - other.startSeconds)
}

/** Where each chunk begins: after so many segments, but never between segments that start at the same time. */
function chunkStarts(rows: SegmentRow[]): number[] {
  const starts = [0]
  for (const [index, row] of rows.entries()) {
    if (index - (starts.at(-1) ?? 0) >= SEGMENTS_PER_CHUNK && row.startSeconds !== rows[index - 1]?.startSeconds) starts.push(index)
  }
  return starts
}

function* chunksOf(rows: SegmentRow[], resumeFrom: number): Generator<Chunk> {
  const starts = chunkStarts(rows)
  for (const [index, start] of starts.entries()) {
    const next = starts[index + 1]
    const from = index === 0 ? Number.MIN_SAFE_INTEGER : rows[start]?.startSeconds ?? 0
    const to = next === undefined ? Number.MAX_SAFE_INTEGER : rows[next]?.startSeconds ?? Number.MAX_SAFE_INTEGER
    if (to <= resumeFrom) continue
    const begin = Math.max(from, resumeFrom)
    const chunk = rows.slice(start, next).filter((row) => row.startSeconds >= begin)
    yield { rows: chunk, replaces: { from: begin, to }, position: String(to), progress: (next ?? rows.length) / rows.length }
  }
}

async function* run(input: StageInput, tools: StageTools, signal: AbortSignal): AsyncGenerator<Chunk> {
  signal.throwIfAborted()
  const video = probedVideo(input)
  const rows = await allRows({ video, endSeconds: endOfVideo(video, input, tools), tools, signal })
  const resumeFrom = input.resumeFrom === null ? Number.MIN_SAFE_INTEGER : Number(input.resumeFrom)
  for (const chunk of chunksOf(rows, Number.isNaN(resumeFrom) ? Number.MIN_SAFE_INTEGER : resumeFrom)) {
    signal.throwIfAborted()
    yield chunk
  }
}

/**
 * What is said, from subtitles: those embedded as text, and files beside the video that are named after it.
 *
 * Which are taken: one source of each language, all languages ("en" and "en-US" are one, "en-GB" is another). Of a language
 * a sidecar comes before an embedded track, as the person put it there; plain before hearing-impaired; the default track
 * first; and a source that turns out to be empty or unreadable makes room for the next. Forced tracks (only what is foreign)
 * are taken when there is nothing else at all. A source without a language is taken unless its text is there already.
 *
 * What is kept: what a viewer reads. Markup, drawings and the readings of ruby are left out, marks of a change of speaker
 * ("- ", ">> ") too; names ("JOHN:") and sounds ("[Music]", "(applause)") stay, as they help to find the moment.
 *
 * Seconds count from the first picture. It needs `scan` for the true end of the video, and as words are found through scenes.
 */
export const speech: Stage = { name: 'speech', version: 1, needs: ['probe', 'scan'], resource: 'light', run }

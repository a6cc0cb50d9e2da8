import { stat } from 'node:fs/promises'
import type { MediaFacts } from '../../electron/core/facts.ts'
import { refuseByContent } from '../../electron/core/import/sniff.ts'
import { offline, refusal } from '../../electron/core/refusals.ts'
import type { FfmpegTools } from './locate.ts'
import { askProbe, guessFormat, hasPackets } from './probe/ask.ts'
import { hasEncryptedPictures, mp4Outline } from './probe/boxes.ts'
import { candidates } from './probe/candidates.ts'
import { decodableCodecs } from './probe/codecs.ts'
import { mediaFacts } from './probe/facts.ts'
import type { ChosenPicture } from './probe/facts.ts'
import type { OpenedFile, ProbedStream } from './probe/ffprobe-json.ts'
import { firstPicture } from './probe/first-picture.ts'
import { isSoundFormat } from './probe/formats.ts'
import { GUESS_SCORE, lastReason, whyNotOpened } from './probe/not-opened.ts'

/** An unplugged drive is no fault of the file: it is tried again. */
async function requireFile(path: string): Promise<void> {
  await stat(path).catch((cause: unknown) => {
    throw offline(path, cause)
  })
}

async function openFile(tools: FfmpegTools, path: string, signal: AbortSignal): Promise<{ file: OpenedFile, complaints: string[] }> {
  const outline = await mp4Outline(path)
  if (outline !== null && hasEncryptedPictures(outline)) throw refusal('DRM', path)
  const { file, complaints } = await askProbe(tools, path, signal)
  if (file.format === undefined) {
    await requireFile(path)
    throw whyNotOpened({ path, complaints, outline, guess: await guessFormat(tools, path, signal) })
  }
  const isGuess = isSoundFormat(file.format.format_name) && file.format.probe_score <= GUESS_SCORE
  if (file.streams.length === 0 || isGuess) throw refusal('NOT_MEDIA', path)
  return { file: { ...file, format: file.format }, complaints }
}

/** The first of the streams that gives a picture. */
async function choosePicture(tools: FfmpegTools, { path, streams }: { path: string, streams: ProbedStream[] }, signal: AbortSignal): Promise<ChosenPicture> {
  let complaints: string[] = []
  for (const stream of streams) {
    const first = await firstPicture(tools, { path, stream }, signal)
    if (first.pts !== null) return { stream, firstPts: first.pts }
    complaints = [...complaints, ...first.complaints]
  }
  await requireFile(path)
  for (const { index } of streams) {
    if (!await hasPackets(tools, { path, streamIndex: index }, signal)) continue
    throw refusal('UNREADABLE', path, { what: lastReason(complaints, /error|invalid|missing|no frame/i) })
  }
  throw refusal('NO_FRAMES', path)
}

/**
 * The facts of a video file: short runs of ffprobe and ffmpeg, which open this file and nothing else and decode one picture.
 * Throws AppError with a refusal code for what can not be taken, OFFLINE when the file went away, TIMED_OUT after 20 s,
 * TOOL_MISSING without ffprobe.
 */
export async function probeFile(tools: FfmpegTools, path: string, signal: AbortSignal): Promise<MediaFacts> {
  signal.throwIfAborted()
  await requireFile(path)
  await refuseByContent(path)
  const decodable = await decodableCodecs(tools.ffprobe)
  const { file, complaints } = await openFile(tools, path, signal)
  const streams = candidates({ path, file, complaints, decodable })
  const picture = await choosePicture(tools, { path, streams }, signal)
  return mediaFacts(file, picture, decodable)
}

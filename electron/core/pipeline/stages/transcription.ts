import { availableParallelism } from 'node:os'
import { z } from 'zod'
import { AppError } from '../../errors.ts'
import type { VideoFacts } from '../../facts.ts'
import type { HeardPiece, TranscribeJob, Transcriber, VoiceDetector } from '../../ports.ts'
import { endOfVideo } from '../end-of-video.ts'
import { heardRows } from '../speech/heard-rows.ts'
import type { LanguageVotes, LeftOut } from '../speech/hearing.ts'
import { Hearing, noteOf } from '../speech/hearing.ts'
import { HeldSound } from '../speech/held-sound.ts'
import type { Stretch } from '../speech/stretch.ts'
import { nextStretch } from '../speech/stretch.ts'
import { SAMPLE_RATE } from '../speech/voice-spans.ts'
import type { Chunk, Stage, StageInput, StageTools } from '../stage.ts'
import { lacksModel, probedVideo, StageSkipped } from '../stage.ts'

const HEARD_BY = 'model:'

const Count = z.number().nonnegative()
const Position = z.object({
  /** Where to go on, in seconds from the first picture: a pause, or a place where a long speech was parted. */
  second: z.number(),
  votes: z.record(z.string(), Count),
  leftOut: z.partialRecord(z.enum(['repeated', 'on-silence', 'backwards', 'beyond-the-end', 'known-junk', 'too-fast']), Count),
})
interface Position { second: number, votes: LanguageVotes, leftOut: LeftOut }

interface Run { video: VideoFacts, endSeconds: number, voice: VoiceDetector, transcriber: Transcriber, tools: StageTools, signal: AbortSignal }

/** A program that is not there is the same to the person as a model that is not: nothing to be tried again every few seconds. */
function withoutTool(transcriber: Transcriber): Transcriber {
  async function* transcribe(job: TranscribeJob, signal: AbortSignal): AsyncGenerator<HeardPiece> {
    try {
      yield* transcriber.transcribe(job, signal)
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'TOOL_MISSING') throw error
      throw new AppError('MODEL_MISSING', { message: error.message, hint: error.hint, cause: error })
    }
  }
  return { id: transcriber.id, transcribe }
}

async function prepare(input: StageInput, tools: StageTools, signal: AbortSignal): Promise<Run> {
  const video = probedVideo(input)
  if (tools.storedSegments().some(({ source }) => !source.startsWith(HEARD_BY))) throw new StageSkipped('subtitles are there')
  if (video.media.chosenSound === null) throw new StageSkipped('no sound')
  const transcriber = await tools.models.speech()
  if (transcriber === null) throw lacksModel('no speech model: what is said is known where there are subtitles')
  const voice = await tools.models.voice()
  if (voice === null) throw lacksModel('no voice model: it tells the speech model where somebody speaks')
  return { video, endSeconds: endOfVideo(video, input, tools), voice, transcriber: withoutTool(transcriber), tools, signal }
}

/** What is said in a stretch, as a chunk; `position` is where the stretch begins, and what is known from before. */
async function heardChunk({ stretch, sound, position }: { stretch: Stretch, sound: HeldSound, position: Position }, run: Run): Promise<{ rows: Chunk['rows'], next: Position }> {
  const { transcriber, tools, signal } = run
  const { language, prompt, translateToEnglish } = tools.settings().speech
  const hearing = new Hearing({ transcriber, language, prompt, translateToEnglish, threads: threadsFor(tools) }, position, signal)
  const said = await hearing.hear(stretch.pieces.map(({ start, end, voice }) => ({
    samples: sound.slice(start, end), seconds: (end - start) / SAMPLE_RATE,
    voice: voice.map((span) => ({ start: (span.start - start) / SAMPLE_RATE, end: (span.end - start) / SAMPLE_RATE })),
  })))
  const rows = stretch.pieces.flatMap(({ start, end }, index) => {
    const piece = said[index]
    const where = { startSeconds: sound.secondsOf(start), endSeconds: sound.secondsOf(end), source: HEARD_BY + transcriber.id, textLanguage: translateToEnglish ? 'en' : null }
    return piece === undefined ? [] : heardRows(piece, where)
  })
  return { rows, next: { second: sound.secondsOf(stretch.end), votes: hearing.votes, leftOut: hearing.leftOut } }
}

/** whisper.cpp's own number: more of them hardly make it quicker. */
const MOST_THREADS = 4

/**
 * One while others work: two threads on a busy machine are slower than one (measured here, 2026-11-21). Alone it takes what the person
 * leaves to the work, but for one core, which is the window's and the player's.
 */
function threadsFor({ threads, othersAtWork }: StageTools): number {
  if (othersAtWork()) return 1
  return Math.max(1, Math.min(MOST_THREADS, threads ?? Infinity, availableParallelism() - 1))
}

async function* chunks(run: Run, start: Position | null): AsyncGenerator<Chunk> {
  const { video, endSeconds, tools, voice, signal } = run
  const request = { video, fromSeconds: start?.second ?? 0, toSeconds: endSeconds === Number.MAX_SAFE_INTEGER ? null : endSeconds }
  const sound = new HeldSound(tools.ffmpeg.sound(request, signal), request.fromSeconds)
  let position: Position = start ?? { second: Number.MIN_SAFE_INTEGER, votes: {}, leftOut: {} }
  try {
    for (let from = 0, isLast = false; !isLast;) {
      const stretch = await nextStretch(from, { sound, voice }, signal)
      const { rows, next } = await heardChunk({ stretch, sound, position }, run)
      signal.throwIfAborted()
      isLast = stretch.isLast
      from = stretch.end
      const note = noteOf(next.leftOut)
      yield {
        rows, replaces: { from: position.second, to: isLast ? Number.MAX_SAFE_INTEGER : next.second }, position: JSON.stringify(next),
        progress: isLast ? 1 : Math.min(1, next.second / endSeconds), ...note === null ? {} : { note },
      }
      position = next
    }
  } finally {
    await sound.close()
  }
}

async function* run(input: StageInput, tools: StageTools, signal: AbortSignal): AsyncGenerator<Chunk> {
  signal.throwIfAborted()
  const start = input.resumeFrom === null ? null : Position.parse(JSON.parse(input.resumeFrom))
  yield* chunks(await prepare(input, tools, signal), start)
}

/**
 * What is said, heard by a speech model, where nothing is known of it from subtitles. A voice detector finds where somebody speaks, in
 * one pass over the sound; the speech model hears only that, in pieces that end in pauses, a few at a time. What it makes up is
 * asked for again at higher temperatures, and left out and counted when it stays so.
 *
 * The language is what the person says, else what the model finds in each piece; a piece with too little speech to tell has the
 * language that was spoken most before. Seconds count from the first picture.
 *
 * It needs `speech` only, which comes after the scan: where that is done again and there still are no subtitles, as after a first look,
 * nothing is heard again.
 */
export const transcription: Stage = { name: 'transcription', version: 1, needs: ['speech'], resource: 'inference', run }

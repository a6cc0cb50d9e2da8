import { readFile, writeFile } from 'node:fs/promises'
import { setPriority } from 'node:os'
import path from 'node:path'
import { AppError } from '../../electron/core/errors.ts'
import { writeError } from '../../electron/core/export/file-errors.ts'
import type { InstalledModel } from '../../electron/core/models/model-spec.ts'
import { vectorSpace } from '../../electron/core/models/model-spec.ts'
import type { HeardPiece, TranscribeJob, Transcriber } from '../../electron/core/ports.ts'
import type { RunningProcess } from '../ffmpeg/process.ts'
import { startProcess } from '../ffmpeg/process.ts'
import { locateWhisper } from './locate.ts'
import { modelDamaged, modelFile, saysModelIsDamaged } from './model-file.ts'
import { parseResult } from './parse-result.ts'
import { privateFolder } from '../../electron/core/private-folder.ts'
import { unfitProgram } from './unfit-program.ts'
import { wavFile } from './wav-file.ts'

const RATE = 16_000
/** Below normal: the window and the player come first. */
const NICE = 10
/** Whisper reads 224 tokens of a prompt at most (half of its context); of a longer one it would take the end. */
const LONGEST_PROMPT = 1000
/** Longer than the slowest machine needs for the largest model: it hears 30 s at a time and says nothing meanwhile. */
const PATIENCE_MS = 300_000
const PATIENCE_MS_PER_SECOND = 15_000

/** How long it may be silent about a piece of so many seconds until it counts as hung. */
function usualPatience(seconds: number): number {
  return PATIENCE_MS + PATIENCE_MS_PER_SECOND * seconds
}

interface Run {
  program: string
  job: TranscribeJob
  model: InstalledModel
  file: string
  wavs: string[]
  /** Where the pieces lie. whisper-cli loads what looks like a part of ggml from the folder that it runs in: never one of the person's. */
  privately: string
  signal: AbortSignal
}

const wavName = (index: number): string => `piece-${String(index).padStart(5, '0')}.wav`

/** Which piece whisper-cli begins with, in a line like `main: processing '/tmp/.../piece-00001.wav' (176000 samples, ...`; null for other lines. */
function begunPiece(line: string): number | null {
  const index = /^\S+: processing '.*piece-(\d{5})\.wav' \(/.exec(line)?.[1]
  return index === undefined ? null : Number(index)
}

function languageArgument(language: string | null): string {
  if (language === null) return 'auto'
  if (/^[a-z]{2,3}$/.test(language)) return language
  throw new AppError('USAGE', { message: `"${language}" is no code of a language.`, hint: 'Take two or three letters, such as en, or leave it out.' })
}

/**
 * What whisper-cli is asked. No fallback of its own to other temperatures: what it would hide by it, our guards look at. A piece is
 * not told what was said in the one before (no context, which is how loops spread), except by a prompt, which needs the context.
 */
function argumentsFor({ job, file, wavs }: Run): string[] {
  const prompt = job.prompt.replace(/\p{Cc}+/gu, ' ').trim().slice(0, LONGEST_PROMPT)
  return [
    '--model', file, '--threads', String(Math.max(1, Math.round(job.threads))), '--language', languageArgument(job.language),
    '--temperature', String(job.temperature), '--no-fallback', '--output-json-full',
    ...prompt === '' ? ['--max-context', '0'] : ['--prompt', prompt],
    ...job.translateToEnglish ? ['--translate'] : [],
    ...wavs.flatMap((wav) => ['--file', wav]),
  ]
}

/** What it said last, errors before all else: it ends with 0 when it could not read a file or does not know a language. */
function lastWords(): { hear(line: string): void, saidModelIsDamaged(): boolean, text(): string } {
  let last = ''
  let error = ''
  let isDamaged = false
  return {
    hear: (line) => {
      last = line
      if (/^error:|: error:|^\S+: failed/i.test(line)) error = line
      isDamaged ||= saysModelIsDamaged(line)
    },
    saidModelIsDamaged: () => isDamaged,
    text: () => (error === '' ? last : error).slice(0, 300),
  }
}

/** `done` settles for each piece once its result is written. */
interface Hearing { process: RunningProcess, done: PromiseWithResolvers<null>[], failure(): AppError }

function startHearing(stallMs: number, run: Run): Hearing {
  const done = run.wavs.map(() => Promise.withResolvers<null>())
  for (const { promise } of done) promise.catch(() => undefined) // whoever waits for it hears of it; nobody must
  const said = lastWords()
  const failure = (): AppError => said.saidModelIsDamaged()
    ? modelDamaged(run.model, said.text())
    : new AppError('DECODE_FAILED', { message: `whisper.cpp stopped: ${said.text()}`, hint: 'Try again; a smaller model needs less memory.' })
  const running = startProcess({
    program: run.program, args: argumentsFor(run), signal: run.signal, folder: run.privately, stallMs,
    onStderrLine: (line) => {
      said.hear(line)
      for (const piece of done.slice(0, begunPiece(line) ?? 0)) piece.resolve(null)
    },
  })
  running.stdout.resume()
  if (running.pid !== null) lowerPriority(running.pid)
  running.finished.then(
    (code) => { for (const piece of done) { if (code === 0) piece.resolve(null); else piece.reject(unfitProgram(run.program, code, said.text()) ?? failure()) } },
    (error: unknown) => { for (const piece of done) piece.reject(error) },
  )
  return { process: running, done, failure }
}

function lowerPriority(pid: number): void {
  try {
    setPriority(pid, NICE)
  } catch (error) {
    // It has ended already, or this system does not let us: then it runs as it is.
    if (!(error instanceof Error && 'code' in error)) throw error
  }
}

async function writeSound(file: string, samples: Float32Array, signal: AbortSignal): Promise<void> {
  try {
    await writeFile(file, wavFile(samples), { signal })
  } catch (cause) {
    throw writeError(path.dirname(file), cause)
  }
}

async function resultOf(wav: string, index: number, failure: () => AppError): Promise<HeardPiece> {
  const bytes = await readFile(`${wav}.json`).catch(() => { throw failure() })
  return parseResult(bytes, index)
}

/**
 * A speech model run by whisper-cli: one child process for all pieces of a job, which loads the model once. Pieces come in their order, each as
 * soon as it was heard. When the job is stopped, or nobody wants more of it, the child is killed and its files are deleted before that is over.
 * Throws TOOL_MISSING, MODEL_DAMAGED, DECODE_FAILED when the program dies, TIMED_OUT when it says nothing for `patience(seconds of the longest piece)`
 * milliseconds, and USAGE for a language that is none.
 */
export function createTranscriber(model: InstalledModel, patience = usualPatience): Transcriber {
  async function* transcribe(job: TranscribeJob, signal: AbortSignal): AsyncGenerator<HeardPiece> {
    signal.throwIfAborted()
    const program = locateWhisper()
    const file = await modelFile(model)
    if (job.pieces.length === 0) return
    await using folder = await privateFolder('whisper')
    const wavs = job.pieces.map((_, index) => path.join(folder.path, wavName(index)))
    for (const [index, wav] of wavs.entries()) await writeSound(wav, job.pieces[index] ?? new Float32Array(), signal)
    const stallMs = patience(Math.max(...job.pieces.map((samples) => samples.length / RATE)))
    const hearing = startHearing(stallMs, { program, job, model, file, wavs, privately: folder.path, signal })
    try {
      for (const [index, wav] of wavs.entries()) {
        await hearing.done[index]?.promise
        signal.throwIfAborted()
        yield await resultOf(wav, index, hearing.failure)
      }
    } finally {
      hearing.process.kill()
      await Promise.allSettled([hearing.process.finished])
    }
  }
  return { id: vectorSpace(model), transcribe }
}

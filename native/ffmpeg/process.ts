import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { Readable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'
import { AppError } from '../../electron/core/errors.ts'

export interface ProcessRequest {
  program: string
  /** Handed over as they are: no shell reads them. */
  args: string[]
  signal: AbortSignal
  /** Where it runs; here when left out. */
  folder?: string
  /** Pipes beside stdout, which the program knows as `pipe:3`, `pipe:4`, ... */
  extraPipes?: number
  /** Killed after this long, whatever it does. */
  wallMs?: number
  /** Killed after this long without a byte on any of its outputs, unless it is us who do not read what is there. */
  stallMs?: number
  onStderrLine?: (line: string) => void
}

/** Its outputs wait while the program runs; once it is gone Node lets them run dry, so a listener has to be there by then. */
export interface RunningProcess {
  /** Null when it could not be started. */
  pid: number | null
  stdout: Readable
  pipes: Readable[]
  /**
   * Resolves with the exit code once the program is gone and its outputs are closed; of one that a signal ended with 128 and its number, as a shell does.
   * Rejects with TIMED_OUT when a limit was reached, with the signal's reason when it was aborted.
   */
  finished: Promise<number>
  kill(): void
}

const STDERR_LIMIT = 200_000

// Its own process group: a Ctrl-C in the terminal then reaches only us. An ffmpeg that got it too would end early
// and politely, which is hard to tell from the end of the video.
function killGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  try {
    if (process.platform === 'win32') child.kill('SIGKILL')
    else process.kill(-child.pid, 'SIGKILL')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

const running = new Set<ChildProcess>()
// In groups of their own they would go on when we end, writing for nobody.
process.on('exit', () => { for (const child of running) killGroup(child) })

function isReadable(stream: unknown): stream is Readable {
  return stream instanceof Readable
}

/**
 * Calls back with each line that is not empty, without its end, as it comes; with what is left when the stream ends.
 * Not readline: it also splits at U+2028 and U+2029, with which a title in a file could begin a line of the log.
 */
export function eachLine(stream: Readable, onLine: (line: string) => void): void {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  stream.on('data', (bytes: Buffer) => {
    const lines = (rest + decoder.write(bytes)).split(/[\n\r]+/)
    rest = lines.pop() ?? ''
    for (const line of lines) if (line !== '') onLine(line)
  })
  stream.on('end', () => {
    rest += decoder.end()
    if (rest !== '') onLine(rest)
  })
}

interface Reach { kill: () => void, isWaitingForUs: () => boolean }

/** Ends the program when a time limit passes; `touch` is called on every sign of life. */
function guard(request: ProcessRequest, { kill, isWaitingForUs }: Reach): { touch(): void, release(): void, error: () => AppError | null } {
  let failure: AppError | null = null
  const fail = (message: string): void => {
    failure = new AppError('TIMED_OUT', { message, hint: 'The file may be damaged or its drive very slow. Try again.' })
    kill()
  }
  const wall = request.wallMs === undefined ? undefined : setTimeout(() => { fail(`Stopped after ${String(request.wallMs)} ms.`) }, request.wallMs)
  const onStall = (): void => {
    if (isWaitingForUs()) stall?.refresh()
    else fail(`Nothing happened for ${String(request.stallMs)} ms.`)
  }
  const stall = request.stallMs === undefined ? undefined : setTimeout(onStall, request.stallMs)
  return {
    touch: () => { stall?.refresh() },
    release: () => { clearTimeout(wall); clearTimeout(stall) },
    error: () => failure,
  }
}

/** Starts a program without a shell. The process and all that it started are killed on abort and when a limit passes. */
export function startProcess(request: ProcessRequest): RunningProcess {
  request.signal.throwIfAborted()
  const extra = Array.from({ length: request.extraPipes ?? 0 }, () => 'pipe' as const)
  const child = spawn(request.program, request.args, {
    stdio: ['ignore', 'pipe', 'pipe', ...extra],
    detached: process.platform !== 'win32',
    windowsHide: true,
    env: { ...process.env, AV_LOG_FORCE_NOCOLOR: '1' },
    ...request.folder === undefined ? {} : { cwd: request.folder },
  })
  running.add(child)
  child.once('exit', () => { running.delete(child) })
  child.once('error', () => { running.delete(child) })
  const kill = (): void => { killGroup(child) }
  const pipes = child.stdio.slice(3).filter(isReadable)
  const { stdout, stderr } = child
  if (stdout === null || stderr === null) throw new Error('stdio of a child process is not piped')
  const limits = guard(request, { kill, isWaitingForUs: () => [stdout, ...pipes].some(({ readableLength }) => readableLength > 0) })
  request.signal.addEventListener('abort', kill, { once: true })
  for (const stream of [stdout, ...pipes]) {
    stream.on('data', limits.touch)
    stream.pause() // the listener above must not start the flow
  }
  eachLine(stderr, (line) => {
    limits.touch()
    request.onStderrLine?.(line)
  })
  const finished = new Promise<number>((resolve, reject) => {
    child.once('error', (cause) => {
      reject(new AppError('TOOL_MISSING', { message: `${request.program} could not be started.`, hint: 'Run "scenedex doctor".', cause }))
    })
    child.once('close', (code, killedBy) => {
      limits.release()
      request.signal.removeEventListener('abort', kill)
      const failure = limits.error()
      if (request.signal.aborted) reject(toError(request.signal.reason))
      else if (failure !== null) reject(failure)
      else resolve(code ?? 128 + (killedBy === null ? 0 : constants.signals[killedBy]))
    })
  })
  finished.catch(() => undefined) // whoever awaits it hears of it; nobody must be forced to
  return { pid: child.pid ?? null, stdout, pipes, finished, kill }
}

function toError(reason: unknown): Error {
  return reason instanceof Error ? reason : new AppError('CANCELLED', { message: 'Stopped.' })
}

export interface ToolOutput { code: number, stdout: Buffer, stderr: string[] }

/** Runs a program to its end and gives all it said. For short answers: stdout over `limitBytes` is an error. */
export async function runToEnd(request: ProcessRequest, limitBytes = 64 * 1024 * 1024): Promise<ToolOutput> {
  const stderr: string[] = []
  let stderrSize = 0
  const running = startProcess({
    ...request,
    onStderrLine: (line) => {
      request.onStderrLine?.(line)
      stderrSize += line.length
      if (stderrSize < STDERR_LIMIT) stderr.push(line)
    },
  })
  const parts: Buffer[] = []
  let size = 0
  running.stdout.on('data', (part: Buffer) => {
    size += part.length
    if (size > limitBytes) running.kill()
    else parts.push(part)
  })
  running.stdout.resume()
  const code = await running.finished
  if (size > limitBytes) throw new AppError('INTERNAL', { message: `${request.program} gave more than ${String(limitBytes)} bytes.` })
  return { code, stdout: Buffer.concat(parts), stderr }
}

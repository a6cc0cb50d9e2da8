import { AppError } from '../../../electron/core/errors.ts'
import type { ScanEvent, ScanRequest } from '../../../electron/core/ports.ts'
import type { FfmpegTools } from '../locate.ts'
import type { RunningProcess } from '../process.ts'
import { startProcess } from '../process.ts'
import { parseReadError, readError } from '../read-error.ts'
import { scanArguments } from './arguments.ts'
import { createAssembly } from './assembly.ts'
import { createComplaints } from './complaints.ts'
import { readLogLine } from './log-lines.ts'

/** Held at most, about, while the consumer works; then all pipes wait together and ffmpeg with them. */
const MOST_BYTES = 2 * 1024 * 1024
/** No byte and no line for this long, while we were ready to read: it hangs. */
const STALL_MS = 120_000
/** ffmpeg's own exit code for "most packets did not decode". */
const TOO_MANY_ERRORS = 69
/**
 * Said by ffmpeg itself when a stream never gave anything: then it ends with 1, although nothing else is wrong. Lack of memory
 * or threads is said in the same words, so more must speak for it (`isWholeRun`).
 */
const NOTHING_DECODED = /^(?:\[[^\]]+ @ \w+\] )*\[(?:error|warning|fatal)\] (?:Cannot determine format of input stream|Output file is empty|Nothing was written|Error marking filters as finished|Finishing stream without any data)/
/** Whatever else was said: these are no fault of the file. */
const NO_MEANS = /^(?:\[[^\]]+ @ \w+\] )*\[(?:error|warning|fatal)\] .*(?:Cannot allocate memory|Resource temporarily unavailable|Out of memory|pthread_create)/i
const ENDED_WITH_ERROR = 1

export interface ScanRun {
  tools: FfmpegTools
  request: ScanRequest
  /** Seconds on the file's clock to seek to. */
  target: number | null
  canToneMap: boolean
}

/** Wakes the one who waits. */
function createBell(): { ring(): void, wait(): Promise<void> } {
  let isRung = false
  let wake: (() => void) | null = null
  return {
    ring() {
      isRung = true
      wake?.()
    },
    async wait() {
      if (!isRung) await new Promise<void>((resolve) => { wake = resolve })
      wake = null
      isRung = false
    },
  }
}

function failureOf(code: number, path: string, complaint: string | null): AppError {
  return new AppError('DECODE_FAILED', {
    message: `Reading ${path} broke off (ffmpeg ended with ${code}${complaint === null ? '' : `: ${complaint}`}).`,
    hint: 'Try again; if it stays so, "scenedex doctor" tells whether ffmpeg works.',
  })
}

/** What one process has said and how far it is. */
function openRun(run: ScanRun, signal: AbortSignal) {
  const { request } = run
  const { args, hasSound } = scanArguments(request, run.target, run.canToneMap)
  const soundCodec = request.video.media.sounds.find((sound) => sound.index === request.video.media.chosenSound)?.codec ?? null
  const assembly = createAssembly(request)
  const complaints = createComplaints(run.target === null ? null : request.fromPts)
  const state = { error: null as Error | null, code: null as number | null, emptyOutput: false, lacksMeans: false, readError: null as string | null }
  const bell = createBell()
  const process = startProcess({
    program: run.tools.ffmpeg,
    args,
    signal,
    // the fourth pipe is always there: ffmpeg only opens what it is told to
    extraPipes: 2,
    onStderrLine: (line) => {
      if (NOTHING_DECODED.test(line)) state.emptyOutput = true
      if (NO_MEANS.test(line)) state.lacksMeans = true
      state.readError ??= parseReadError(line, request.video.path)
      const read = readLogLine(line, soundCodec)
      if (read === null) return
      if (read.kind === 'complaint') complaints.note(read.text)
      else {
        if (read.kind === 'time' && read.output === 'small' && read.pts !== null) complaints.onPicture(read.pts)
        assembly.onLog(read)
      }
      if (assembly.hasEvents) bell.ring()
    },
  })
  return { process, assembly, complaints, state, bell, hasSound }
}

type OpenRun = ReturnType<typeof openRun>

function connect(run: OpenRun): { pause(): void, resume(): void } {
  const { process, assembly, state, bell } = run
  const [candidates, sound] = process.pipes
  const sinks: [RunningProcess['stdout'] | undefined, (part: Buffer) => void][] = [
    [process.stdout, (part) => assembly.onSmall(part)],
    [candidates, (part) => assembly.onCandidate(part)],
    [sound, (part) => assembly.onSound(part)],
  ]
  const streams = sinks.flatMap(([stream]) => stream ?? [])
  const pause = (): void => streams.forEach((stream) => stream.pause())
  for (const [stream, sink] of sinks) {
    stream?.on('data', (part: Buffer) => {
      try {
        sink(part)
      } catch (error) {
        state.error = error instanceof Error ? error : new Error(String(error))
        process.kill()
      }
      if (assembly.bytes > MOST_BYTES) pause()
      bell.ring()
    })
  }
  process.finished.then(
    (code) => { state.code = code },
    (error: unknown) => { state.error ??= error instanceof Error ? error : new Error(String(error)) },
  ).finally(() => bell.ring())
  return { pause, resume: () => streams.forEach((stream) => stream.resume()) }
}

/** Waits for the next thing to happen; a run that is silent for too long is ended. */
async function nextRing(run: OpenRun): Promise<void> {
  const timer = setTimeout(() => {
    run.state.error = new AppError('TIMED_OUT', { message: `ffmpeg gave nothing for ${STALL_MS / 1000} seconds.`, hint: 'The file may be damaged or its drive very slow. Try again.' })
    run.process.kill()
    run.bell.ring()
  }, STALL_MS)
  try {
    await run.bell.wait()
  } finally {
    clearTimeout(timer)
  }
}

function takeBatch(run: OpenRun): ScanEvent[] {
  const damage = run.complaints.take()
  const events = run.assembly.take()
  return damage === null ? events : [{ kind: 'damage', ...damage }, ...events]
}

/** True when the run came to the end of the file, as far as the file lets it. */
function isWholeRun({ state }: OpenRun, { hasPicture, isResume }: { hasPicture: boolean, isResume: boolean }): boolean {
  const { code, emptyOutput, lacksMeans } = state
  if (code === 0) return true
  // What was resumed has pictures: none and an error is no end, and would be stored as one.
  if (lacksMeans || (isResume && !hasPicture)) return false
  return code === TOO_MANY_ERRORS || (code === ENDED_WITH_ERROR && emptyOutput)
}

/** The events of one run of ffmpeg, batch by batch; nothing is read ahead of the consumer beyond a bound. */
export async function* runScan(scan: ScanRun, signal: AbortSignal): AsyncGenerator<ScanEvent[]> {
  const run = openRun(scan, signal)
  const flow = connect(run)
  let hasPicture = false
  try {
    for (;;) {
      flow.resume()
      await nextRing(run)
      signal.throwIfAborted()
      if (run.state.error !== null) throw run.state.error
      if (run.state.code !== null) break
      if (!run.assembly.hasEvents) continue
      const batch = takeBatch(run)
      hasPicture ||= batch.some((event) => event.kind === 'frame')
      yield batch
    }
    const { code, readError: unread } = run.state
    if (unread !== null) throw readError(scan.request.video.path, unread)
    run.assembly.end()
    const batch = takeBatch(run)
    hasPicture ||= batch.some((event) => event.kind === 'frame')
    if (!isWholeRun(run, { hasPicture, isResume: scan.request.fromPts !== null })) throw failureOf(code, scan.request.video.path, run.complaints.first)
    yield [...batch, { kind: 'end', decodeErrors: run.complaints.errors, firstError: run.complaints.first }]
  } finally {
    run.process.kill()
  }
}

import { AppError } from '../../../electron/core/errors.ts'
import type { ScanEvent, ScanRequest } from '../../../electron/core/ports.ts'
import type { FfmpegTools } from '../locate.ts'
import type { RunningProcess } from '../process.ts'
import { startProcess } from '../process.ts'
import { readError } from '../read-error.ts'
import { brokenOff, createRunEnd } from '../run-end.ts'
import { scanArguments } from './arguments.ts'
import { createAssembly } from './assembly.ts'
import { createComplaints } from './complaints.ts'
import { readLogLine } from './log-lines.ts'

/** Held at most, about, while the consumer works; then all pipes wait together and ffmpeg with them. */
const MOST_BYTES = 2 * 1024 * 1024
/** No byte and no line for this long, while we were ready to read: it hangs. */
const STALL_MS = 120_000
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

/** What one process has said and how far it is. */
function openRun(run: ScanRun, signal: AbortSignal) {
  const { request } = run
  const { args, hasSound } = scanArguments(request, run.target, run.canToneMap)
  const soundCodec = request.video.media.sounds.find((sound) => sound.index === request.video.media.chosenSound)?.codec ?? null
  const assembly = createAssembly(request)
  const complaints = createComplaints(run.target === null ? null : request.fromPts)
  // What was resumed has pictures: none and an error is no end, and would be stored as one.
  const end = createRunEnd(request.video.path, { mayGiveNothing: request.fromPts === null })
  const state = { error: null as Error | null, code: null as number | null }
  const bell = createBell()
  const process = startProcess({
    program: run.tools.ffmpeg,
    args,
    signal,
    // the fourth pipe is always there: ffmpeg only opens what it is told to
    extraPipes: 2,
    onStderrLine: (line) => {
      end.onLine(line)
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
  return { process, assembly, complaints, state, end, bell, hasSound }
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
    const { state: { code }, end } = run
    if (end.readError !== null) throw readError(scan.request.video.path, end.readError)
    run.assembly.end()
    const batch = takeBatch(run)
    hasPicture ||= batch.some((event) => event.kind === 'frame')
    if (!end.isWhole(code, hasPicture)) throw brokenOff(code, scan.request.video.path, run.complaints.first)
    yield [...batch, { kind: 'end', decodeErrors: run.complaints.errors, firstError: run.complaints.first }]
  } finally {
    run.process.kill()
  }
}

import { spawn } from 'node:child_process'
import { createShotDetector, SMALL_FRAME } from '../../../electron/core/pipeline/shots/detector.ts'
import type { ShotBoundary } from '../../../electron/core/pipeline/shots/detector.ts'
import type { Report } from './scoring.ts'

const FRAME_BYTES = SMALL_FRAME.width * SMALL_FRAME.height * 3

/** What one decode of a clip gave. */
export interface Detection {
  /** seconds of every frame, in order */
  times: number[]
  /** reports by name of the detector: ours, scdet, scene>0.3 */
  reports: Map<string, Report[]>
  /** CPU seconds our detector took */
  cpuSeconds: number
}

/** The ffmpeg that benchmarks use. */
function ffmpegPath(): string {
  return process.env.SCENEDEX_FFMPEG ?? 'ffmpeg'
}

// scdet with its default threshold, and the select expression that everybody copies; both on whole frames, as they are used
const GRAPH = [
  '[0:v:0]split=3[a][b][c]',
  `[a]scale=${SMALL_FRAME.width}:${SMALL_FRAME.height}:flags=area,format=rgb24,showinfo=checksum=0[small]`,
  '[b]scdet=threshold=10,metadata=mode=print:key=lavfi.scd.time[scdet]',
  "[c]select='gt(scene,0.3)',metadata=mode=print:key=lavfi.scene_score[scene]",
].join(';')

/** Decodes `file` once and runs all detectors on it. */
export async function detectAll(file: string): Promise<Detection> {
  const { pixels, log } = await decode(file)
  const lines = log.split('\n')
  const frames = lines.flatMap((line) => {
    const match = /\bn: *\d+ pts: *(-?\d+) pts_time:(-?[\d.]+)/.exec(line)
    return line.includes('showinfo') && match !== null ? [{ pts: Number(match[1]), seconds: Number(match[2]) }] : []
  })
  const count = Math.min(frames.length, Math.floor(pixels.length / FRAME_BYTES))
  const detector = createShotDetector()
  const boundaries: ShotBoundary[] = []
  const started = process.cpuUsage()
  for (const [i, { pts, seconds }] of frames.slice(0, count).entries()) {
    boundaries.push(...detector.push({ pts, seconds, pixels: pixels.subarray(i * FRAME_BYTES, (i + 1) * FRAME_BYTES) }).boundaries)
  }
  boundaries.push(...detector.flush())
  const used = process.cpuUsage(started)
  const secondsOf = new Map(frames.map(({ pts, seconds }) => [pts, seconds]))
  const ours = boundaries.map(({ kind, startPts, endPts }) => ({ start: secondsOf.get(startPts) ?? 0, end: secondsOf.get(endPts) ?? 0, gradual: kind !== 'cut' }))
  const reports = new Map([['ours', ours], ['scdet', cutsOf(scdetTimes(lines))], ['scene>0.3', cutsOf(sceneTimes(lines))]])
  return { times: frames.map(({ seconds }) => seconds), reports, cpuSeconds: (used.user + used.system) / 1e6 }
}

function cutsOf(times: readonly number[]): Report[] {
  return times.map((at) => ({ start: at, end: at, gradual: false }))
}

function scdetTimes(lines: readonly string[]): number[] {
  return lines.flatMap((line) => {
    const match = /lavfi\.scd\.time=([\d.]+)/.exec(line)
    return match === null ? [] : [Number(match[1])]
  })
}

/** metadata=print writes the frame's time on one line and the key on the next. */
function sceneTimes(lines: readonly string[]): number[] {
  const times: number[] = []
  let at = 0
  for (const line of lines) {
    if (!line.includes('Parsed_metadata')) continue
    const time = /pts_time:(-?[\d.]+)/.exec(line)
    if (time !== null) at = Number(time[1])
    else if (line.includes('lavfi.scene_score=')) times.push(at)
  }
  return times
}

async function decode(file: string): Promise<{ pixels: Uint8Array; log: string }> {
  const small = ['-map', '[small]', '-fps_mode', 'passthrough', '-f', 'rawvideo', 'pipe:1']
  const nothing = (label: string): string[] => ['-map', label, '-fps_mode', 'passthrough', '-f', 'null', '-']
  const args = ['-nostdin', '-hide_banner', '-nostats', '-i', file, '-filter_complex', GRAPH, ...small, ...nothing('[scdet]'), ...nothing('[scene]')]
  const child = spawn(ffmpegPath(), args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const chunks: Buffer[] = []
  let log = ''
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (log += text))
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve))
  if (code !== 0) throw new Error(`ffmpeg stopped with ${code} on ${file}: ${log.slice(-500)}`)
  return { pixels: Buffer.concat(chunks), log }
}

import { existsSync, mkdirSync, renameSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { FfmpegTools } from '../../../native/ffmpeg/locate.ts'
import { runToEnd } from '../../../native/ffmpeg/process.ts'

const VIDEOS = path.resolve(import.meta.dirname, '../../../../shared/media/videos')

/** Hand-held, still, fast and slow; each a shot or some. */
const REAL = [
  'testvideo.mp4', 'issue-195-aspect-ratio.mp4', 'fire2.mp4', 'demo_22.mp4', 'chaplin.mp4', 'yoga.mp4', 'dog_barking.mp4', 'hitting_baseball.mp4',
  'playing_guitar.mp4', 'big_buck_bunny_0_30.webm', 'issue-134-rotate.mp4', 'shuttle10seconds.1080x608.webm',
]
const EACH_SECONDS = 10
/** 120 s are encoded, and stand five times in the file. */
const TIMES = 5
const SECONDS = 600
const RATE = 30

const never = new AbortController().signal

async function run({ ffmpeg }: FfmpegTools, args: string[]): Promise<void> {
  const { code, stderr } = await runToEnd({ program: ffmpeg, args: ['-hide_banner', '-nostdin', '-v', 'error', '-y', ...args], signal: never })
  if (code !== 0) throw new Error(stderr.join('\n'))
}

function pictures(): { inputs: string[], graph: string } {
  const files = REAL.map((name) => path.join(VIDEOS, name)).filter((file) => existsSync(file))
  const same = `fps=${RATE},scale=1280:720:force_original_aspect_ratio=increase,crop=1280:720,setsar=1,format=yuv420p`
  if (files.length < REAL.length) {
    const made = Array.from({ length: 12 }, (_, index) => ['-f', 'lavfi', '-t', String(EACH_SECONDS), '-i', `mandelbrot=s=1280x720:r=${RATE}:start_scale=${3 / (index + 1)}`])
    return { inputs: made.flat(), graph: `${made.map((_, index) => `[${index}:v]${same}[v${index}]`).join(';')};${made.map((_, index) => `[v${index}]`).join('')}concat=n=${made.length}[v]` }
  }
  const inputs = files.flatMap((file) => ['-stream_loop', '-1', '-t', String(EACH_SECONDS), '-i', file])
  return { inputs, graph: `${files.map((_, index) => `[${index}:v:0]${same}[v${index}]`).join(';')};${files.map((_, index) => `[v${index}]`).join('')}concat=n=${files.length}[v]` }
}

/** Ten minutes of 720p at 30 pictures a second with sound: x264, at most 250 pictures from key frame to key frame, key frames at shots. Made once on a machine. */
export async function longVideo(tools: FfmpegTools): Promise<string> {
  const folder = path.join(tmpdir(), 'scenedex-export-bench')
  const file = path.join(folder, 'ten-minutes.mp4')
  if (existsSync(file)) return file
  mkdirSync(folder, { recursive: true })
  process.stdout.write('making a video of ten minutes ...\n')
  const [once, part] = [path.join(folder, 'two-minutes.mp4'), path.join(folder, 'making.mp4')]
  const { inputs, graph } = pictures()
  await run(tools, [
    ...inputs, '-f', 'lavfi', '-i', 'anoisesrc=r=48000:a=0.1:c=pink', '-filter_complex', graph, '-map', '[v]', '-map', `${REAL.length}:a`, '-t', String(SECONDS / TIMES),
    '-c:v', 'libx264', '-preset', 'medium', '-crf', '22', '-g', '250', '-c:a', 'aac', '-b:a', '128k', once,
  ])
  await run(tools, ['-stream_loop', String(TIMES - 1), '-i', once, '-map', '0', '-c', 'copy', '-t', String(SECONDS), part])
  renameSync(part, file)
  return file
}

/** Seconds of all key frames, from the first picture. */
export async function keyFramesOf({ ffprobe }: FfmpegTools, file: string): Promise<number[]> {
  const { stdout } = await runToEnd({ program: ffprobe, args: ['-v', 'error', '-select_streams', 'v:0', '-show_entries', 'packet=pts_time,flags', '-of', 'csv=p=0', `file:${file}`], signal: never })
  return stdout.toString('utf8').split('\n').map((line) => line.split(',')).filter(([, flags]) => flags?.startsWith('K') === true).map(([pts]) => Number(pts))
}

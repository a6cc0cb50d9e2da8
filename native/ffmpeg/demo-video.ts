import { rm, writeFile } from 'node:fs/promises'
import { AppError } from '../../electron/core/errors.ts'
import type { SampleVideo } from '../../electron/core/ports.ts'
import type { FfmpegTools } from './locate.ts'
import { locateTools } from './locate.ts'
import { runToEnd } from './process.ts'

interface DemoShot {
  /** A source of ffmpeg's lavfi, 640x360. */
  source: string
  seconds: number
  /** How it follows the shot before: its own transition takes `gradualSeconds` of both. */
  into: 'cut' | 'dissolve' | 'fadeblack'
}

export interface DemoVideo {
  /** Seconds at which a new shot begins after a hard cut. */
  cuts: number[]
  /** Spans of seconds of dissolves and fades. */
  gradual: { kind: 'dissolve' | 'fade', start: number, end: number }[]
  durationSeconds: number
  cues: { start: number, end: number, text: string }[]
}

const RATE = 25
const GRADUAL_SECONDS = 1

interface Script { shots: DemoShot[], cues: DemoVideo['cues'] }

// Pictures that ffmpeg makes, as unlike each other as shots of different places.
const pictures = {
  testCard: 'testsrc2=s=640x360',
  blue: 'gradients=s=640x360:c0=0x0a3a80:c1=0x9ad4ff:nb_colors=2:speed=0.01:seed=4',
  fractal: 'mandelbrot=s=640x360:start_scale=0.8:end_scale=0.2:end_pts=400',
  orange: 'gradients=s=640x360:c0=0xc02008:c1=0xffb020:nb_colors=2:speed=0.01:seed=9',
  bars: 'smptehdbars=s=640x360',
  triangles: 'sierpinski=s=640x360:seed=3:jump=40',
  green: 'gradients=s=640x360:c0=0x106018:c1=0xa0f090:nb_colors=2:speed=0.01:seed=12',
  primaries: 'rgbtestsrc=s=640x360',
}

const lines = {
  harbour: 'The harbour opens at dawn and the first boats go out.',
  fox: 'A red fox crosses the frozen river without a sound.',
  lantern: 'Grandmother shows how to fold the paper lantern.',
  lighthouse: 'The lighthouse keeper counts the ships of the evening.',
  greenhouse: 'In the greenhouse the tomatoes are almost ripe.',
  stars: 'Nobody had seen so many stars above the valley.',
  snow: 'At the end everybody walks home through the snow.',
}

const demo: Script = {
  shots: [
    { source: pictures.testCard, seconds: 12, into: 'cut' },
    { source: pictures.blue, seconds: 11, into: 'cut' },
    { source: pictures.fractal, seconds: 14, into: 'cut' },
    { source: pictures.orange, seconds: 12, into: 'dissolve' },
    { source: pictures.bars, seconds: 10, into: 'cut' },
    { source: 'life=s=160x90:r=25:ratio=0.3:mold=10:seed=7:death_color=#204010:life_color=#60e060,scale=640x360:flags=neighbor', seconds: 13, into: 'fadeblack' },
    { source: pictures.triangles, seconds: 11, into: 'cut' },
    { source: pictures.green, seconds: 14, into: 'cut' },
    { source: pictures.primaries, seconds: 9, into: 'cut' },
    { source: 'cellauto=s=160x90:rule=110:seed=5,format=yuv420p,scale=640x360:flags=neighbor,colorbalance=rs=0.6:bs=-0.4', seconds: 17, into: 'dissolve' },
  ],
  cues: [
    { start: 2, end: 6, text: lines.harbour },
    { start: 14, end: 19, text: lines.fox },
    { start: 26, end: 31, text: lines.lantern },
    { start: 40, end: 45, text: lines.lighthouse },
    { start: 62, end: 68, text: lines.greenhouse },
    { start: 84, end: 89, text: lines.stars },
    { start: 106, end: 111, text: lines.snow },
  ],
}

// What costs little to make, and in so few seconds that nobody minds waiting for it.
const sample: Script = {
  shots: [
    { source: pictures.testCard, seconds: 5, into: 'cut' },
    { source: pictures.blue, seconds: 5, into: 'cut' },
    { source: pictures.fractal, seconds: 4, into: 'cut' },
    { source: pictures.orange, seconds: 6, into: 'dissolve' },
    { source: pictures.bars, seconds: 4, into: 'cut' },
    { source: pictures.triangles, seconds: 5, into: 'fadeblack' },
    { source: pictures.green, seconds: 5, into: 'cut' },
    { source: pictures.primaries, seconds: 4, into: 'cut' },
  ],
  cues: [
    { start: 1, end: 4, text: lines.harbour },
    { start: 6, end: 9, text: lines.fox },
    { start: 10, end: 13, text: lines.lantern },
    { start: 15, end: 18, text: lines.lighthouse },
    { start: 20, end: 23, text: lines.greenhouse },
    { start: 28, end: 31, text: lines.stars },
    { start: 32, end: 35, text: lines.snow },
  ],
}

function timeline({ shots }: Script): Omit<DemoVideo, 'cues'> {
  const cuts: number[] = []
  const gradual: DemoVideo['gradual'] = []
  let at = 0
  for (const [index, shot] of shots.entries()) {
    if (index > 0 && shot.into === 'cut') cuts.push(at)
    if (index > 0 && shot.into !== 'cut') {
      gradual.push({ kind: shot.into === 'dissolve' ? 'dissolve' : 'fade', start: at - GRADUAL_SECONDS, end: at })
      at -= GRADUAL_SECONDS
    }
    at += shot.seconds
  }
  return { cuts, gradual, durationSeconds: at }
}

// Each step adds one shot to what there is: behind it, or mixed over its last second.
function filterGraph({ shots }: Script): string {
  const prepared = shots.map((shot, index) => `[${index}:v]fps=${RATE},format=yuv420p,setsar=1,settb=1/${RATE},trim=duration=${shot.seconds},setpts=PTS-STARTPTS[s${index}]`)
  let length = shots[0]?.seconds ?? 0
  const joined = shots.slice(1).map((shot, before) => {
    const [left, right, out] = [before === 0 ? '[s0]' : `[j${before}]`, `[s${before + 1}]`, `[j${before + 1}]`]
    if (shot.into === 'cut') {
      length += shot.seconds
      return `${left}${right}concat=n=2:v=1:a=0,settb=1/${RATE}${out}`
    }
    const offset = length - GRADUAL_SECONDS
    length += shot.seconds - GRADUAL_SECONDS
    return `${left}${right}xfade=transition=${shot.into === 'dissolve' ? 'fade' : 'fadeblack'}:duration=${GRADUAL_SECONDS}:offset=${offset}${out}`
  })
  return [...prepared, ...joined].join(';')
}

function subRip({ cues }: Script): string {
  const stamp = (seconds: number): string => `00:${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')},000`
  return cues.map((cue, index) => `${index + 1}\n${stamp(cue.start)} --> ${stamp(cue.end)}\n${cue.text}\n`).join('\n')
}

async function make(tools: FfmpegTools, { script, target }: { script: Script, target: string }, signal: AbortSignal): Promise<DemoVideo> {
  const { shots, cues } = script
  const subtitles = `${target}.srt`
  const { cuts, gradual, durationSeconds } = timeline(script)
  await writeFile(subtitles, subRip(script))
  try {
    const { code, stderr } = await runToEnd({
      program: tools.ffmpeg,
      signal,
      stallMs: 60_000,
      args: [
        '-hide_banner', '-loglevel', 'error', '-nostdin', '-y',
        ...shots.flatMap(({ source, seconds }) => ['-f', 'lavfi', '-t', String(seconds), '-i', source]),
        '-f', 'lavfi', '-t', String(durationSeconds), '-i', 'sine=frequency=220:sample_rate=48000',
        '-i', `file:${subtitles}`,
        '-filter_complex', filterGraph(script),
        '-map', `[j${shots.length - 1}]`, '-map', `${shots.length}:a`, '-map', `${shots.length + 1}:s`,
        '-c:v', 'libx264', '-preset', 'veryfast', '-crf', '23', '-pix_fmt', 'yuv420p',
        '-c:a', 'aac', '-b:a', '64k', '-c:s', 'mov_text', '-metadata:s:s:0', 'language=eng',
        '-movflags', '+faststart', '-f', 'mp4', `file:${target}`,
      ],
    })
    if (code !== 0) throw new AppError('TOOL_MISSING', { message: `ffmpeg could not make the video: ${stderr[0] ?? 'no reason given'}.`, hint: 'Run "scenedex doctor".' })
  } finally {
    await rm(subtitles, { force: true })
  }
  return { cuts, gradual, durationSeconds, cues }
}

/** Makes a video of two minutes whose shots and spoken lines are known, at `target` (.mp4). Needs no model and no network. */
export async function makeDemoVideo(tools: FfmpegTools, target: string, signal: AbortSignal): Promise<DemoVideo> {
  return make(tools, { script: demo, target }, signal)
}

/** Makes one of half a minute in a few seconds, for who wants to see the app and has no video at hand. ffmpeg is looked for at the first use. */
export function createSampleVideo(): SampleVideo {
  return { make: async (target, signal) => { await make(locateTools(), { script: sample, target }, signal) } }
}

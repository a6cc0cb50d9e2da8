// npm run bench -- scan [VIDEO] [--rounds N]
// Decode only, our whole scan, and one pass for each of shots, pictures and sound: the same file, in turn, in one run.
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import type { MediaFacts } from '../../electron/core/facts.ts'
import { VideoId } from '../../electron/contract/ids.ts'
import { scanStage } from '../../electron/core/pipeline/stages/scan.ts'
import { scanTools, SHARED_VIDEOS } from '../../electron/core/pipeline/stages/test-scan-tools.ts'
import type { FfmpegTools } from '../../native/ffmpeg/locate.ts'
import { inputArgument, locateTools } from '../../native/ffmpeg/locate.ts'
import { probeFile } from '../../native/ffmpeg/probe.ts'
import { runToEnd } from '../../native/ffmpeg/process.ts'
import type { Cost } from '../costs.ts'
import { costOf } from '../costs.ts'
import { madeFilms } from './shots/clips.ts'

/** What the scan may cost, as a multiple of decoding alone. */
const BAR = { wall: 1.3, cpu: 1.35 }
const SECONDS = 120

interface Contender { name: string, work(): Promise<void>, costs: Cost[] }
interface Subject { file: string, media: MediaFacts, tools: FfmpegTools }

const never = new AbortController().signal
const print = (line: string): void => void process.stdout.write(`${line}\n`)

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const [low = 0, high = 0] = sorted.length % 2 === 0 ? sorted.slice(middle - 1, middle + 1) : [sorted[middle], sorted[middle]]
  return (low + high) / 2
}

/** A real video and a real sound, as they were encoded, repeated to 120 s; a made picture where the shared media are not there. */
async function makeVideo(folder: string, { ffmpeg }: FfmpegTools): Promise<string> {
  const [picture, sound] = [path.join(SHARED_VIDEOS, 'testvideo.mp4'), path.join(SHARED_VIDEOS, 'autoeditor_example.mp4')]
  const target = path.join(folder, 'scan-bench.mp4')
  const isReal = existsSync(picture) && existsSync(sound)
  const input = isReal
    ? ['-stream_loop', '-1', '-i', picture, '-stream_loop', '-1', '-i', sound, '-map', '0:v', '-map', '1:a', '-c', 'copy']
    : ['-f', 'lavfi', '-i', 'testsrc2=s=1280x720:r=30,noise=alls=12:allf=t', '-f', 'lavfi', '-i', 'anoisesrc=r=48000:a=0.1', '-c:v', 'libx264', '-c:a', 'aac']
  const { code, stderr } = await runToEnd({ program: ffmpeg, args: ['-v', 'error', '-y', ...input, '-t', String(SECONDS), target], signal: never })
  if (code !== 0) throw new Error(stderr.join('\n'))
  print(isReal ? `${SECONDS} s of 720p h264 with sound: testvideo.mp4 and autoeditor_example.mp4, repeated, not encoded again` : `${SECONDS} s of a made 720p h264 picture (the shared media are not here)`)
  return target
}

function ffmpegPass({ file, tools }: Subject, args: string[]): () => Promise<void> {
  return async () => {
    const { code, stderr } = await runToEnd({ program: tools.ffmpeg, args: ['-hide_banner', '-nostdin', '-v', 'error', '-y', ...inputArgument(file), ...args], signal: never })
    if (code !== 0) throw new Error(stderr.join('\n'))
  }
}

function wholeScan({ file, media, tools }: Subject): () => Promise<void> {
  const stageTools = scanTools(tools)
  return async () => {
    const input = { id: VideoId.parse(1), path: file, media, resumeFrom: null, isFirstLook: false }
    let scenes = 0
    for await (const chunk of scanStage.run(input, stageTools, never)) scenes += chunk.rows.filter(({ kind }) => kind === 'scene').length
    if (scenes === 0) throw new Error('the scan found no scene')
  }
}

function contenders(subject: Subject): Contender[] {
  const asTheyCome = ['-fps_mode', 'passthrough']
  const twoASecond = "select='isnan(prev_t)+gt(floor(t*2)\\,floor(prev_t*2))',scale=640:-2"
  const passes: [string, () => Promise<void>][] = [
    ['decode only', ffmpegPass(subject, ['-f', 'null', '-'])],
    ['our scan', wholeScan(subject)],
    ['pass: shots', ffmpegPass(subject, ['-an', '-vf', 'scale=48:27:flags=area,format=rgb24', ...asTheyCome, '-f', 'rawvideo', os.devNull])],
    ['pass: pictures', ffmpegPass(subject, ['-an', '-vf', twoASecond, ...asTheyCome, '-q:v', '4', '-f', 'mjpeg', os.devNull])],
    ['pass: sound', ffmpegPass(subject, ['-vn', '-ac', '1', '-ar', '16000', '-f', 's16le', os.devNull])],
  ]
  return passes.map(([name, work]) => ({ name, work, costs: [] }))
}

function report(list: Contender[]): void {
  const medianOf = ({ costs }: Contender): Cost => ({ wall: median(costs.map(({ wall }) => wall)), cpu: median(costs.map(({ cpu }) => cpu)) })
  const [decode, scan, ...passes] = list.map((one) => ({ name: one.name, ...medianOf(one) }))
  if (decode === undefined || scan === undefined) return
  const separate = passes.reduce((sum, { wall, cpu }) => ({ name: 'separate passes', wall: sum.wall + wall, cpu: sum.cpu + cpu }), { name: '', wall: 0, cpu: 0 })
  const cell = (value: number): string => value.toFixed(2).padStart(9)
  print(`\n${'median of the rounds'.padEnd(22)}${'wall s'.padStart(9)}${'CPU s'.padStart(9)}${'x wall'.padStart(9)}${'x CPU'.padStart(9)}`)
  for (const { name, wall, cpu } of [decode, scan, ...passes, separate]) {
    print(`${name.padEnd(22)}${cell(wall)}${cell(cpu)}${cell(wall / decode.wall)}${cell(cpu / decode.cpu)}`)
  }
  const isMet = { wall: scan.wall / decode.wall <= BAR.wall, cpu: scan.cpu / decode.cpu <= BAR.cpu }
  const verdict = (met: boolean): string => met ? 'met' : 'NOT met'
  print(`\nbar: scan <= ${BAR.wall} x wall: ${verdict(isMet.wall)}; <= ${BAR.cpu} x CPU: ${verdict(isMet.cpu)}`)
}

async function measureFile(file: string, tools: FfmpegTools, rounds: number): Promise<void> {
  const media = await probeFile(tools, file, never)
  print(`\n${path.basename(file)}: ${media.picture.width}x${media.picture.height} ${media.picture.codec}, ${((media.bitRate ?? 0) / 1e6).toFixed(1)} Mbit/s, ${(media.durationSeconds ?? 0).toFixed(0)} s`)
  const list = contenders({ file, media, tools })
  for (let round = 1; round <= rounds; round++) {
    for (const one of list) one.costs.push(await costOf(one.work))
    print(`round ${round}/${rounds}: ${list.map(({ name, costs }) => `${name} ${(costs.at(-1)?.wall ?? 0).toFixed(2)} s, ${(costs.at(-1)?.cpu ?? 0).toFixed(2)} CPU s`).join('; ')}`)
  }
  report(list)
}

/** An edited film, which is hard to decode, and a real video of few bits, which is easy: there our own share weighs the most. */
async function usualVideos(folder: string, tools: FfmpegTools): Promise<string[]> {
  const films = await madeFilms([1], SECONDS)
  return [...films.map(({ file }) => file), await makeVideo(folder, tools)]
}

/** Prints what the scan costs beside a bare decode of the same file. */
export async function run(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { rounds: { type: 'string', default: '5' } } })
  const rounds = Math.max(1, Number(values.rounds) || 1)
  const tools = locateTools()
  const folder = await mkdtemp(path.join(os.tmpdir(), 'scenedex-bench-'))
  try {
    for (const file of positionals.length > 0 ? positionals : await usualVideos(folder, tools)) await measureFile(file, tools, rounds)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

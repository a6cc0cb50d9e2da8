import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { calls } from '../../electron/contract/calls.ts'
import { scenedexJson, startScenedex, temporaryFolder } from '../scenedex.ts'
import { hasSharedMedia, sharedMedia } from '../shared-media.ts'

const HOURS = 2
const LIMIT_MB = 600

/** Peak resident memory of a process in MB, as Linux keeps it; null elsewhere and once it is gone. */
function peakMb(pid: number): number | null {
  const file = `/proc/${pid}/status`
  if (!existsSync(file)) return null
  const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(file, 'utf8'))?.[1]
  return peak === undefined ? null : Number(peak) / 1024
}

/** Imports a video of two hours and holds the memory of our process against the limit; ffmpeg is not counted. */
export async function run(args: string[]): Promise<void> {
  if (!hasSharedMedia) throw new Error('this needs the shared media')
  const source = sharedMedia('videos', args[0] ?? 'testvideo.mp4')
  const { folder, remove } = temporaryFolder('long')
  try {
    const video = path.join(folder, 'long.mp4')
    execFileSync('ffmpeg', ['-v', 'error', '-nostdin', '-stream_loop', '-1', '-i', source, '-map', '0:v:0', '-map', '0:a:0?', '-c', 'copy', '-t', String(HOURS * 3600), video])
    const library = path.join(folder, 'library')
    const started = performance.now()
    const { child, finished } = startScenedex(['import', video, '--library', library])
    let peak = 0
    const timer = setInterval(() => { peak = Math.max(peak, child.pid === undefined ? 0 : peakMb(child.pid) ?? 0) }, 500)
    const { code, stderr } = await finished
    clearInterval(timer)
    if (code !== 0) throw new Error(`the import ended with ${String(code)}: ${stderr}`)
    const wallSeconds = (performance.now() - started) / 1000
    const { shots, scenes, video: { duration } } = await scenedexJson(calls['library.scenes'].output, ['scenes', '1', '--library', library])
    console.log(`${(duration ?? 0).toFixed(0)} s of video in ${wallSeconds.toFixed(0)} s (${((duration ?? 0) / wallSeconds).toFixed(0)} x realtime), ${shots.length} shots, ${scenes.length} scenes`)
    console.log(`peak memory ${peak.toFixed(0)} MB, limit ${LIMIT_MB} MB: ${peak < LIMIT_MB ? 'held' : 'BROKEN'}`)
    if (peak >= LIMIT_MB) process.exitCode = 1
  } finally {
    remove()
  }
}

import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { locateTools } from '../../native/ffmpeg/locate.ts'

export interface ProbedFile { frames: number, seconds: number, frameSeconds: number }

/** What really is in a file: its pictures are decoded and counted. */
export function probed(file: string): ProbedFile {
  const args = ['-v', 'error', '-select_streams', 'v:0', '-count_frames', '-show_entries', 'stream=nb_read_frames,duration,avg_frame_rate', '-of', 'json', file]
  const { streams: [stream] } = JSON.parse(execFileSync(locateTools().ffprobe, args, { encoding: 'utf8' })) as { streams: { nb_read_frames: string, duration: string, avg_frame_rate: string }[] }
  if (stream === undefined) throw new Error(`no pictures in ${file}`)
  const [over, under] = stream.avg_frame_rate.split('/').map(Number)
  return { frames: Number(stream.nb_read_frames), seconds: Number(stream.duration), frameSeconds: (under ?? 1) / (over ?? 1) }
}

/** All that lies in a folder, by name, and in the folders in it. */
export function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => path.normalize(name)).sort()
}

import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { locateTools } from '../../native/ffmpeg/locate.ts'

function probe(file: string, what: string): number {
  const args = ['-v', 'error', '-select_streams', 'v:0', '-count_frames', '-show_entries', `stream=${what}`, '-of', 'csv=p=0', file]
  return Number.parseFloat(execFileSync(locateTools().ffprobe, args, { encoding: 'utf8' }))
}

/** How many pictures are in a file: all of them are decoded. */
export function framesOf(file: string): number {
  return probe(file, 'nb_read_frames')
}

/** How long the picture of a file lasts. */
export function secondsOf(file: string): number {
  return probe(file, 'duration')
}

/** All that lies in a folder, and in the folders in it. */
export function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()
}

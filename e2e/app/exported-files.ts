import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { locateTools } from '../../native/ffmpeg/locate.ts'

function probe(file: string, ...args: string[]): number {
  return Number.parseFloat(execFileSync(locateTools().ffprobe, ['-v', 'error', '-select_streams', 'v:0', ...args, '-of', 'csv=p=0', file], { encoding: 'utf8' }))
}

/** How many pictures are in a file: all of them are decoded. */
export function framesOf(file: string): number {
  return probe(file, '-count_frames', '-show_entries', 'stream=nb_read_frames')
}

/** How long the picture of a file lasts; of a file that says so only of the whole (Matroska, WebM), that. */
export function secondsOf(file: string): number {
  const picture = probe(file, '-show_entries', 'stream=duration')
  return Number.isNaN(picture) ? probe(file, '-show_entries', 'format=duration') : picture
}

/** All that lies in a folder, and in the folders in it. */
export function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()
}

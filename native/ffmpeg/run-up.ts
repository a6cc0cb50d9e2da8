import type { PictureStream } from '../../electron/core/facts.ts'

/**
 * How far before the wanted picture to jump in, in seconds; null decodes from the beginning. Containers with an index land
 * on a key frame at the first try; those without (TS, PS) may land in the middle of a long group of pictures, and go back.
 */
export const RUN_UPS: readonly (number | null)[] = [0.5, 5, 40, null]

export interface SeenPicture { pts: number | null, isKey: boolean }

/** Input options that jump to `runUpSeconds` before `pts`, with all times left as they are in the file. */
export function jumpArguments(picture: PictureStream, pts: number, runUpSeconds: number | null): string[] {
  if (runUpSeconds === null) return ['-copyts']
  const firstSeconds = picture.startPts * picture.timeBase.num / picture.timeBase.den
  const seconds = pts * picture.timeBase.num / picture.timeBase.den - runUpSeconds
  if (seconds <= firstSeconds) return ['-copyts']
  return ['-copyts', '-seek_timestamp', '1', '-noaccurate_seek', '-ss', seconds.toFixed(6)]
}

/** True when the jump landed where decoding can begin, so that the picture at `pts` and the one before it will be whole. */
export function landedWell(first: SeenPicture, pts: number, jump: string[]): boolean {
  if (!jump.includes('-ss')) return true
  return first.isKey && first.pts !== null && first.pts < pts
}

const SHOWINFO = /^\[showinfo@source @ [^\]]*\] (?:\[info\] )?n: *\d+ pts: *(-?\d+|NOPTS) .*\biskey:([01])/

/** What `showinfo@source` says of one picture; null for any other line. */
export function parseShowinfo(line: string): SeenPicture | null {
  const found = SHOWINFO.exec(line)
  if (found === null) return null
  return { pts: found[1] === 'NOPTS' ? null : Number(found[1]), isKey: found[2] === '1' }
}

const COMPLAINT = /^(?:\[([^\]@]+) @ [^\]]*\] )?\[(?:error|fatal|panic)\] (.+)$/

/** The sentence of an error line of a run with `-loglevel level+info`; null for any other line. */
export function parseComplaint(line: string): string | null {
  const found = COMPLAINT.exec(line)
  if (found === null) return null
  const [, who, what = ''] = found
  return who === undefined ? what : `${who}: ${what}`
}

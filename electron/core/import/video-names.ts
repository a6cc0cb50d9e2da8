import path from 'node:path'

/** Endings of names that say video, without the dot. */
export const videoExtensions: readonly string[] = [
  '3g2', '3gp', 'amv', 'asf', 'avi', 'divx', 'dv', 'dvr-ms', 'evo', 'f4v', 'flv', 'gxf', 'insv', 'ivf', 'lrv', 'm2t', 'm2ts', 'm2v', 'm4v', 'mkv', 'mod', 'mov', 'mp4',
  'mpe', 'mpeg', 'mpg', 'mpv', 'mts', 'mxf', 'nsv', 'nut', 'ogm', 'ogv', 'qt', 'rm', 'rmvb', 'tod', 'trp', 'ts', 'vob', 'webm', 'wmv', 'wtv', 'y4m',
]
const EXTENSIONS = new Set(videoExtensions.map((extension) => `.${extension}`))

// Endings of source code, too: text in such a file is no failed video.
const SHARED_EXTENSIONS = new Set(['.ts', '.mts', '.mod'])

/** True for a name that says video: what is taken from a folder. */
export function isVideoName(name: string): boolean {
  return EXTENSIONS.has(path.extname(name).toLowerCase())
}

export function mayBeSourceCode(name: string): boolean {
  return SHARED_EXTENSIONS.has(path.extname(name).toLowerCase())
}

/** The title of a video until somebody gives it another: its file's name, for one line on a screen. */
export function titleOf(filePath: string): string {
  const { name, base } = path.parse(filePath)
  const line = name.normalize('NFC').replaceAll(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, ' ').replaceAll(/\s+/g, ' ').trim()
  return line === '' ? base : line
}

import type { AppError } from '../../../electron/core/errors.ts'
import { refusal } from '../../../electron/core/refusals.ts'
import { MAX_PIXELS } from '../locate.ts'
import type { Mp4Outline } from './boxes.ts'
import { kindOfFormat } from './formats.ts'

/** Up to this ffmpeg itself calls it a guess (AVPROBE_SCORE_RETRY). */
export const GUESS_SCORE = 25

/** ffmpeg's last words that match, without its address in front. */
export function lastReason(complaints: string[], about = /./): string {
  const line = complaints.findLast((one) => one.startsWith('[') && about.test(one)) ?? ''
  return line.replace(/^\[[^\]]*\]\s*/, '').replace(/[.!]+$/, '').slice(0, 120)
}

/** The size of a picture that is too large by ffmpeg's words, as "16000x16000"; null when it did not say so. */
export function sizeRefused(complaints: string[]): string | null {
  const [, width, height] = /Picture size (\d+)x(\d+) (?:exceeds|is invalid)/.exec(complaints.join('\n')) ?? []
  return Number(width) * Number(height) > MAX_PIXELS ? `${width ?? ''}x${height ?? ''}` : null
}

function notLetIn(path: string, format: string): AppError {
  switch (kindOfFormat(format)) {
    case 'playlist': return refusal('PLAYLIST', path)
    case 'image': return refusal('IMAGE', path)
    case 'bare-stream': return refusal('NOT_MEDIA', path, { what: `a bare ${format} stream without times` })
    case 'other': return refusal('NOT_MEDIA', path)
  }
}

/** Decoders that refuse to start take ffprobe down before it has said anything. */
function notStarted(path: string, complaints: string[]): AppError | null {
  const large = sizeRefused(complaints)
  if (large !== null) return refusal('PICTURE_TOO_LARGE', path, { what: large })
  const said = complaints.join('\n')
  if (!said.includes('Could not open codec')) return null
  // Audio object type 42 is USAC (ISO 14496-3, table 1.17), which ffmpeg decodes since 7.1.
  if (said.includes('Audio object type 42')) return refusal('UNSUPPORTED_CODEC', path, { what: 'xHE-AAC' })
  const codec = /\[(\w+) @ [^\]]+\] [^\n]*(?:not implemented|not supported|unsupported)/i.exec(said)?.[1]
  return codec === undefined ? null : refusal('UNSUPPORTED_CODEC', path, { what: codec })
}

function brokenMp4(path: string, outline: Mp4Outline): AppError | null {
  if (outline.hasIndex) return null
  return outline.isWhole ? refusal('NO_INDEX', path) : refusal('UNREADABLE', path, { what: 'its parts are not where they should be' })
}

export interface NotOpened {
  path: string
  complaints: string[]
  outline: Mp4Outline | null
  guess: { name: string, score: number } | null
}

/** Why ffprobe could not open a file, by its own words and by the file's structure. */
export function whyNotOpened({ path, complaints, outline, guess }: NotOpened): AppError {
  const said = complaints.join('\n')
  const format = /\[(\S+) @ [^\]]*\] Format not on whitelist/.exec(said)?.[1]
  if (format !== undefined) return notLetIn(path, format)
  const known = notStarted(path, complaints) ?? (outline === null ? null : brokenMp4(path, outline))
  if (known !== null) return known
  if (/Permission denied/.test(said)) return refusal('NO_ACCESS', path)
  if (outline === null && (guess === null || guess.score <= GUESS_SCORE)) return refusal('NOT_MEDIA', path)
  return refusal('UNREADABLE', path, { what: lastReason(complaints) })
}

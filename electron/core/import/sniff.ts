import { constants } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import { open } from 'node:fs/promises'
import path from 'node:path'
import type { RefusalCode } from '../../contract/errors.ts'
import { refusal } from '../refusals.ts'

const HEAD_BYTES = 4096

// Brands of ISO 14496-12 files that hold still pictures or short runs of them (HEIF 23008-12, AVIF).
const IMAGE_BRANDS = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'mif2', 'msf1', 'avif', 'avis', 'avci', 'avcs', 'jpeg', 'jpgs', 'crx '])

const IMAGE_MAGIC = [
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), // png
  Buffer.from([0x8a, 0x4d, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), // mng
  Buffer.from([0xff, 0xd8, 0xff]), // jpeg
  Buffer.from('GIF87a'), Buffer.from('GIF89a'),
  Buffer.from([0x49, 0x49, 0x2a, 0x00]), Buffer.from([0x4d, 0x4d, 0x00, 0x2a]), // tiff and most raw pictures
  Buffer.from('8BPS'), // psd
  Buffer.from([0xff, 0x0a]), Buffer.from([0, 0, 0, 0x0c, 0x4a, 0x58, 0x4c, 0x20]), // jpeg xl
  Buffer.from([0, 0, 0, 0x0c, 0x6a, 0x50, 0x20, 0x20]), // jpeg 2000
]

const PLAYLIST_START = [
  /^#EXTM3U/i, /^ffconcat\s+version/i, /^v=0\r?\n[\s\S]*^[osm]=/m, /^\[playlist\]/i, /^\[reference\]/i, /^<asx\b/i, /^<smil\b/i, /^rtsptext/i,
  /^(?:<\?xml[^>]*\?>\s*|<!--[\s\S]*?-->\s*|<!DOCTYPE[^>]*>\s*)*<(?:MPD|SmoothStreamingMedia|playlist|asx|smil)\b/i, /^file\s+['"]?[^\n]+$/m,
]
const PLAYLIST_NAMES = new Set(['.m3u', '.m3u8', '.pls', '.asx', '.mpd', '.sdp', '.xspf', '.ffconcat', '.wpl', '.ism', '.ismc'])

function isImage(head: Buffer): boolean {
  if (IMAGE_MAGIC.some((magic) => head.subarray(0, magic.length).equals(magic))) return true
  if (head.toString('latin1', 0, 4) === 'RIFF' && head.toString('latin1', 8, 12) === 'WEBP') return true
  if (head.toString('latin1', 0, 2) === 'BM' && head.length >= 10 && head.readUInt32LE(6) === 0) return true
  return head.toString('latin1', 4, 8) === 'ftyp' && IMAGE_BRANDS.has(head.toString('latin1', 8, 12))
}

// The last bytes may be half of a letter. Control characters other than white space are no text.
function asText(head: Buffer): string | null {
  const isUtf16 = head[0] === 0xff && head[1] === 0xfe
  const whole = head.length < HEAD_BYTES ? head : head.subarray(0, head.length - 3)
  try {
    const text = new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8', { fatal: true }).decode(whole, { stream: head.length >= HEAD_BYTES })
    return /[\p{Cc}]/u.test(text.replaceAll(/[\t\n\r\f]/g, '')) ? null : text
  } catch {
    return null
  }
}

// Raw video that begins with a line of text.
function isTextualVideo(text: string): boolean {
  return text.startsWith('YUV4MPEG2')
}

/** What the first bytes of a file give away: a reason to refuse it, or null when only a probe can tell. */
export function refusalOfHead(head: Buffer, name: string): RefusalCode | null {
  if (isImage(head)) return 'IMAGE'
  const text = asText(head)
  if (text === null || isTextualVideo(text)) return null
  const begin = text.replace(/^\ufeff/, '').trimStart()
  if (PLAYLIST_START.some((start) => start.test(begin)) || PLAYLIST_NAMES.has(path.extname(name).toLowerCase())) return 'PLAYLIST'
  return /^(?:<\?xml[^>]*\?>\s*|<!--[\s\S]*?-->\s*|<!DOCTYPE[^>]*>\s*)*<svg\b/i.test(begin) ? 'IMAGE' : 'NOT_MEDIA'
}

/** Throws PLAYLIST, IMAGE or NOT_MEDIA when the first bytes of an open file give it away. */
export async function refuseByHead(file: FileHandle, filePath: string): Promise<void> {
  const head = Buffer.alloc(HEAD_BYTES)
  const { bytesRead } = await file.read(head, 0, HEAD_BYTES, 0)
  const code = refusalOfHead(head.subarray(0, bytesRead), filePath)
  if (code !== null) throw refusal(code, filePath)
}

/** The same for a file by its path. */
export async function refuseByContent(filePath: string): Promise<void> {
  const file = await open(filePath, constants.O_RDONLY | constants.O_NONBLOCK)
  try {
    await refuseByHead(file, filePath)
  } finally {
    await file.close()
  }
}

import type { FileHandle } from 'node:fs/promises'
import { open } from 'node:fs/promises'

/** A box of an mp4 or QuickTime file (ISO 14496-12, 4.2): its four letters and where its content lies. */
interface Box { type: string, start: number, end: number }

/** What the structure of an mp4 tells before, or without, ffmpeg. */
export interface Mp4Outline {
  hasIndex: boolean
  /** False when the chain of boxes breaks in the middle: a wrong size, or rubbish. */
  isWhole: boolean
  /** Sample entries of each track, for example "avc1", "encv", "mp4a". */
  entries: { handler: string, format: string, original: string | null }[]
}

const FIRST_BOXES = new Set(['ftyp', 'styp', 'moov', 'mdat', 'free', 'skip', 'wide', 'pnot', 'sidx', 'moof', 'uuid', 'prfl', 'udta', 'PICT', 'pdin', 'emsg', 'bloc', 'junk'])
// A file of a day in fragments of a second has 170,000 boxes; its index comes first.
const BOXES_AT_MOST = 4000
const TRACKS_AT_MOST = 128

interface Walk { boxes: Box[], isWhole: boolean }

async function readBox(file: FileHandle, at: number, end: number): Promise<Box | null> {
  const head = Buffer.alloc(16)
  const { bytesRead } = await file.read(head, 0, 16, at)
  if (bytesRead < 8) return null
  const type = head.toString('latin1', 4, 8)
  const short = head.readUInt32BE(0)
  if (short === 0) return { type, start: at + 8, end }
  if (short === 1) return bytesRead < 16 ? null : { type, start: at + 16, end: at + Number(head.readBigUInt64BE(8)) }
  return short < 8 ? null : { type, start: at + 8, end: at + short }
}

/** The boxes between two places; stops at `until`, and where the chain breaks. */
async function boxesIn(file: FileHandle, span: { start: number, end: number }, until?: string): Promise<Walk> {
  const boxes: Box[] = []
  let at = span.start
  while (at + 8 <= span.end && boxes.length < BOXES_AT_MOST) {
    const box = await readBox(file, at, span.end)
    if (box === null || box.end < box.start || !/^[\x20-\x7e\xa9]{4}$/.test(box.type)) return { boxes, isWhole: false }
    boxes.push(box)
    if (box.type === until) break
    at = box.end
  }
  return { boxes, isWhole: true }
}

async function descend(file: FileHandle, from: Box, types: string[]): Promise<Box | null> {
  let box: Box | null = from
  for (const type of types) {
    if (box === null) return null
    const { boxes }: Walk = await boxesIn(file, box, type)
    box = boxes.find((one) => one.type === type) ?? null
  }
  return box
}

async function handlerOf(file: FileHandle, track: Box): Promise<string> {
  const handler = await descend(file, track, ['mdia', 'hdlr'])
  if (handler === null) return ''
  const content = Buffer.alloc(12)
  await file.read(content, 0, 12, handler.start)
  return content.toString('latin1', 8, 12)
}

/** Where the boxes within a sample entry begin: behind its fixed fields (14496-12, 12.1.3 and 12.2.3). */
const ENTRY_FIELDS: Record<string, number> = { vide: 78, soun: 28 }

async function entriesOf(file: FileHandle, track: Box): Promise<Mp4Outline['entries']> {
  const handler = await handlerOf(file, track)
  const table = await descend(file, track, ['mdia', 'minf', 'stbl', 'stsd'])
  if (table === null) return []
  const { boxes } = await boxesIn(file, { start: table.start + 8, end: table.end })
  const entries: Mp4Outline['entries'] = []
  for (const { type, start, end } of boxes.slice(0, 16)) {
    const original = await descend(file, { type, start: start + (ENTRY_FIELDS[handler] ?? 8), end }, ['sinf', 'frma'])
    const name = Buffer.alloc(4)
    if (original !== null) await file.read(name, 0, 4, original.start)
    entries.push({ handler, format: type, original: original === null ? null : name.toString('latin1') })
  }
  return entries
}

async function outlineOf(file: FileHandle, size: number): Promise<Mp4Outline | null> {
  const first = await readBox(file, 0, size)
  if (first === null || !FIRST_BOXES.has(first.type)) return null
  const { boxes, isWhole } = await boxesIn(file, { start: 0, end: size }, 'moov')
  const index = boxes.find(({ type }) => type === 'moov')
  if (index === undefined) return { hasIndex: false, isWhole, entries: [] }
  const tracks = (await boxesIn(file, { ...index, end: Math.min(index.end, size) })).boxes.filter(({ type }) => type === 'trak').slice(0, TRACKS_AT_MOST)
  const entries: Mp4Outline['entries'] = []
  for (const track of tracks) entries.push(...await entriesOf(file, track))
  return { hasIndex: true, isWhole, entries }
}

/** The structure of an mp4 or QuickTime file, read with a few small reads whatever its size; null for anything else. */
export async function mp4Outline(path: string): Promise<Mp4Outline | null> {
  const file = await open(path, 'r')
  try {
    return await outlineOf(file, (await file.stat()).size)
  } finally {
    await file.close()
  }
}

const ENCRYPTED = new Set(['encv', 'drmi'])

/** True when the pictures are encrypted: Common Encryption (ISO 23001-7) or FairPlay. */
export function hasEncryptedPictures(outline: Mp4Outline): boolean {
  return outline.entries.some(({ handler, format }) => ENCRYPTED.has(format) || (handler === 'vide' && format === 'enca'))
}

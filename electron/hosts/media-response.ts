import { constants } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import { open } from 'node:fs/promises'
import parseRange from 'range-parser'

/** A file of this machine that a page is shown. */
export interface MediaFile { path: string, contentType: string }

/** What is asked of it, by HTTP or by a protocol that speaks as HTTP does. */
export interface MediaRequest { method: string, header(name: string): string | null }

export interface MediaResponse {
  status: number
  headers: Record<string, string>
  /** To be read to its end or cancelled: the file is open until then. */
  body: ReadableStream<Uint8Array> | null
}

/** Both ends belong to it. */
interface Span { start: number, end: number }

type Wanted = { kind: 'all' } | { kind: 'span', span: Span } | { kind: 'beyond' }

// As much as a disk gives at once without a page waiting for it.
const BLOCK_BYTES = 256 * 1024

/**
 * Which bytes of `size` a Range header asks for. Several ranges, and what is no range of bytes, are answered with the whole, as
 * RFC 9110 allows: no player asks for several.
 */
function wantedBytes(header: string | null, size: number): Wanted {
  if (header === null || !/^bytes=[^,]*$/.test(header)) return { kind: 'all' }
  const suffix = /^bytes=-(\d+)$/.exec(header)?.[1]
  // More than there is: all there is.
  const isWhole = suffix !== undefined && Number(suffix) >= size && size > 0
  if (isWhole) return { kind: 'span', span: { start: 0, end: size - 1 } }
  const parsed = parseRange(size, header)
  if (parsed === -2) return { kind: 'all' }
  const span = parsed === -1 ? undefined : parsed[0]
  return span === undefined ? { kind: 'beyond' } : { kind: 'span', span }
}

function streamOf(file: FileHandle, { start, end }: Span): ReadableStream<Uint8Array> {
  let position = start
  return new ReadableStream({
    async pull(controller) {
      try {
        const block = new Uint8Array(Math.min(BLOCK_BYTES, end + 1 - position))
        const { bytesRead } = await file.read(block, 0, block.length, position)
        if (bytesRead === 0) throw new Error('the file became shorter while it was read')
        position += bytesRead
        controller.enqueue(block.subarray(0, bytesRead))
        if (position <= end) return
        await file.close()
        controller.close()
      } catch (error) {
        controller.error(error)
        await file.close().catch(() => undefined) // closed already, or lost with its drive
      }
    },
    async cancel() { await file.close() },
  }, { highWaterMark: 1 })
}

function isSame(request: MediaRequest, name: string, { etag, modified }: { etag: string, modified: string }): boolean {
  const given = request.header(name)
  return given === null || given === etag || given === modified
}

interface Answer { status: number, headers: Record<string, string>, span: Span | null }

function answerOf(request: MediaRequest, size: number, headers: Record<string, string>): Answer {
  const identity = { etag: headers['etag'] ?? '', modified: headers['last-modified'] ?? '' }
  if (request.header('if-none-match') === identity.etag) return { status: 304, headers, span: null }
  // A part of what the page knows under another identity would not fit to the rest it has.
  const wanted = wantedBytes(isSame(request, 'if-range', identity) ? request.header('range') : null, size)
  switch (wanted.kind) {
    case 'beyond': return { status: 416, headers: { ...headers, 'content-range': `bytes */${size}`, 'content-length': '0' }, span: null }
    case 'span': {
      const { start, end } = wanted.span
      return { status: 206, headers: { ...headers, 'content-range': `bytes ${start}-${end}/${size}`, 'content-length': String(end + 1 - start) }, span: wanted.span }
    }
    case 'all': return { status: 200, headers: { ...headers, 'content-length': String(size) }, span: size === 0 ? null : { start: 0, end: size - 1 } }
  }
}

function refused(status: number, headers: Record<string, string> = {}): MediaResponse {
  return { status, headers: { ...headers, 'content-length': '0' }, body: null }
}

/** The answer for one file: 200, 206, 304, 404, 405 or 416. The file is opened once, and only a regular one is read. */
export async function mediaResponse({ path, contentType }: MediaFile, request: MediaRequest): Promise<MediaResponse> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refused(405, { allow: 'GET, HEAD' })
  let file: FileHandle
  try {
    // Without O_NONBLOCK a named pipe that took the place of the file would never be open.
    file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK)
  } catch {
    return refused(404)
  }
  let isHandedOn = false
  try {
    const stats = await file.stat()
    if (!stats.isFile()) return refused(404)
    const headers = {
      'content-type': contentType,
      'accept-ranges': 'bytes',
      'etag': `"${stats.size.toString(16)}-${Math.round(stats.mtimeMs * 1000).toString(16)}"`,
      'last-modified': stats.mtime.toUTCString(),
      // Pictures are small and asked for again and again; of a film nobody wants a second copy in the browser's cache.
      'cache-control': contentType.startsWith('image/') ? 'private, max-age=3600' : 'no-store',
    }
    const { status, headers: all, span } = answerOf(request, stats.size, headers)
    if (span === null || request.method === 'HEAD') return { status, headers: all, body: null }
    isHandedOn = true
    return { status, headers: all, body: streamOf(file, span) }
  } finally {
    if (!isHandedOn) await file.close()
  }
}

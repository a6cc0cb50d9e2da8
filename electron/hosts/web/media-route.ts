import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ErrorCode } from '../../contract/errors.ts'
import { AppError } from '../../core/errors.ts'
import { RemoteError } from '../../rpc/client.ts'
import type { MediaWish } from '../media-locator.ts'
import type { MediaFile, MediaResponse } from '../media-response.ts'
import { mediaResponse } from '../media-response.ts'

function statusOf(code: ErrorCode | null): number {
  switch (code) {
    case null: return 500
    case 'CHANNEL_CLOSED': return 503
    default: return 404
  }
}

export type Locate = (wish: MediaWish) => Promise<MediaFile>

async function respond(wish: MediaWish, request: IncomingMessage, locate: Locate): Promise<MediaResponse> {
  const header = (name: string): string | null => {
    const value = request.headers[name]
    return typeof value === 'string' ? value : null
  }
  try {
    return await mediaResponse(await locate(wish), { method: request.method ?? '', header })
  } catch (error) {
    const code = error instanceof RemoteError || error instanceof AppError ? error.code : null
    return { status: statusOf(code), headers: { 'content-length': '0' }, body: null }
  }
}

/** Sends a medium. Stops reading when the client goes away. */
export async function sendMedium(wish: MediaWish, { request, response }: { request: IncomingMessage, response: ServerResponse }, locate: Locate): Promise<void> {
  const { status, headers, body } = await respond(wish, request, locate)
  response.writeHead(status, headers)
  if (body === null) { response.end(); return }
  // A player that seeks hangs up in the middle of its last answer: that is no error. A file that fails ends the answer, too short.
  await pipeline(Readable.fromWeb(body), response).catch(() => undefined)
}

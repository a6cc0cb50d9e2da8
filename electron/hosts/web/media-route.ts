import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Locate } from '../located-media.ts'
import { locatedMedia } from '../located-media.ts'
import type { MediaWish } from '../media-locator.ts'

/** Sends a medium. Stops reading when the client goes away. */
export async function sendMedium(wish: MediaWish, { request, response }: { request: IncomingMessage, response: ServerResponse }, locate: Locate): Promise<void> {
  const header = (name: string): string | null => {
    const value = request.headers[name]
    return typeof value === 'string' ? value : null
  }
  const { status, headers, body } = await locatedMedia(wish, { method: request.method ?? '', header }, locate)
  response.writeHead(status, headers)
  if (body === null) { response.end(); return }
  // A player that seeks hangs up in the middle of its last answer: that is no error. A file that fails ends the answer, too short.
  const source = Readable.fromWeb(body)
  await pipeline(source, response).catch(() => {
    // Of an answer that was over before it began the pipeline leaves the source, and with it the file, as they are.
    source.destroy()
  })
}

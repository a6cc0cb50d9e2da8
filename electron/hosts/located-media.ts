import type { ErrorCode } from '../contract/errors.ts'
import { AppError } from '../core/errors.ts'
import { RemoteError } from '../rpc/client.ts'
import type { MediaWish } from './media-locator.ts'
import type { MediaFile, MediaRequest, MediaResponse } from './media-response.ts'
import { mediaResponse } from './media-response.ts'

export type Locate = (wish: MediaWish) => Promise<MediaFile>

function statusOf(code: ErrorCode | null): number {
  switch (code) {
    case null: return 500
    case 'CHANNEL_CLOSED': return 503
    default: return 404
  }
}

/** The answer for a medium that the engine is asked for; where it has none, 404 without a word. */
export async function locatedMedia(wish: MediaWish, request: MediaRequest, locate: Locate): Promise<MediaResponse> {
  try {
    return await mediaResponse(await locate(wish), request)
  } catch (error) {
    const code = error instanceof RemoteError || error instanceof AppError ? error.code : null
    return { status: statusOf(code), headers: { 'content-length': '0' }, body: null }
  }
}

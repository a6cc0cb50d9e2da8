import { RefusalCode } from '../../contract/errors.ts'
import type { AppEvent } from '../../contract/events.ts'
import type { VideoRecord } from '../store/videos.ts'
import type { StageResult } from './work.ts'

/** What is told of a video whose state has changed with the end of a stage; null when that is nothing. */
export function eventOf({ id, path, state, error }: VideoRecord, result: StageResult): AppEvent | null {
  if (state === 'ready') return { type: 'video-ready', videoId: id, path }
  if (error === null) return null
  if (state === 'failed') return { type: 'video-failed', videoId: id, path, error }
  const code = RefusalCode.safeParse(error.code)
  if (result.kind !== 'refused' || !code.success) return null
  return { type: 'refused', refusal: { path, code: code.data, message: error.message, hint: error.hint } }
}

import type { VideoRef } from '../../contract/calls.ts'
import type { Video } from '../../contract/videos.ts'
import { isQueuePaused } from '../pipeline/jobs/queue-state.ts'
import type { ReadDatabase } from '../ports.ts'
import { resolveVideo } from '../store/video-refs.ts'
import { videoView } from '../store/video-view.ts'
import type { VideoRecord } from '../store/videos.ts'

/** The video that somebody has named. Throws NOTHING_TO_DO for none, USAGE for several. */
export function videoNamed(db: ReadDatabase, ref: VideoRef): { record: VideoRecord, view: Video } {
  const record = resolveVideo(db, ref)
  const view = videoView(db, record.id, isQueuePaused(db))
  if (view === undefined) throw new Error(`video ${record.id} went away in the middle of a call`)
  return { record, view }
}

import { isRefusal, toErrorShape } from '../errors.ts'
import { fileNow } from '../import/file-now.ts'
import type { FileNow } from '../import/file-now.ts'
import { otherFile } from '../refusals.ts'
import { videoFiles } from '../store/video-files.ts'
import type { VideoRecord } from '../store/videos.ts'
import { setVideoState, video, videosInState } from '../store/videos.ts'
import { settleVideo } from './video-state.ts'
import type { Runner } from './work.ts'

async function lookAtFile(of: VideoRecord): Promise<FileNow | 'unreadable'> {
  try {
    return await fileNow(of)
  } catch (error) {
    if (isRefusal(error)) return 'unreadable'
    throw error
  }
}

/** Brings videos back whose file is there again, the same one. Ends at the next one when `isWanted` says no. */
export async function bringBack(runner: Runner, isWanted: () => boolean): Promise<void> {
  const { db } = runner.library
  for (const of of videosInState(db, 'missing')) {
    const now = await lookAtFile(of)
    if (!isWanted()) return
    // While the disk was asked, the person may have shown where it is, or have removed it.
    if (now !== 'unreadable' && video(db, of.id)?.state === 'missing') judge(runner, of, now)
  }
}

function judge({ library, stages, tools: { clock } }: Runner, of: VideoRecord, now: FileNow): void {
  const { db } = library
  const files = videoFiles(library, clock, (id) => { settleVideo(db, stages, id) })
  switch (now.kind) {
    case 'gone': return
    case 'same':
    case 'touched':
      files.pointTo(of.id, now.kind === 'touched' ? now.file : of)
      return
    case 'changed':
      if (of.error?.code !== 'CHANGED') setVideoState(db, of.id, { state: 'missing', error: toErrorShape(otherFile(of.path), '') })
  }
}

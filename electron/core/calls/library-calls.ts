import type { VideoRef } from '../../contract/calls.ts'
import type { Video } from '../../contract/videos.ts'
import type { Handlers } from '../handlers.ts'
import { relinkMissing } from '../import/relink.ts'
import { isQueuePaused } from '../pipeline/jobs/queue-state.ts'
import type { ReadDatabase } from '../ports.ts'
import { removeVideo } from '../store/removal.ts'
import { scenesView } from '../store/scene-view.ts'
import { resolveVideo } from '../store/video-refs.ts'
import { videoList, videoView } from '../store/video-view.ts'
import type { VideoRecord } from '../store/videos.ts'
import { runImport, videosOf } from './import-run.ts'
import type { AppContext } from './context.ts'
import { readable, writable } from './context.ts'

type LibraryCall = 'library.import' | 'library.list' | 'library.scenes' | 'library.remove' | 'library.relink'

function recordAndView(db: ReadDatabase, ref: VideoRef): { record: VideoRecord, view: Video } {
  const record = resolveVideo(db, ref)
  const view = videoView(db, record.id, isQueuePaused(db))
  if (view === undefined) throw new Error(`video ${record.id} went away in the middle of a call`)
  return { record, view }
}

/** What is in the library: taking in, looking at, taking out, finding again. */
export function libraryCalls(context: AppContext): Pick<Handlers, LibraryCall> {
  return {
    'library.import': async (input, { signal }) => runImport(context, input, signal),
    'library.list': async () => {
      const { db } = readable(context)
      return { videos: videoList(db, isQueuePaused(db)) }
    },
    'library.scenes': async ({ video }) => {
      const { db } = readable(context)
      const { record, view } = recordAndView(db, video)
      return scenesView(db, record, view)
    },
    'library.remove': async ({ video }) => {
      const { library, engine } = writable(context)
      const { record, view } = recordAndView(library.db, video)
      await engine.giveUp(record.id)
      const freedBytes = await removeVideo(library, record.id)
      context.emit({ type: 'library-changed' })
      return { removed: view, freedBytes: freedBytes ?? 0 }
    },
    'library.relink': async ({ path }, { signal }) => {
      const { library } = writable(context)
      const report = await relinkMissing(path, { store: videosOf(context, library), log: context.tools.log }, signal)
      context.emit({ type: 'library-changed' })
      return report
    },
  }
}

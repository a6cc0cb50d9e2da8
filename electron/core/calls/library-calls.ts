import type { Handlers } from '../handlers.ts'
import { relinkMissing } from '../import/relink.ts'
import { isQueuePaused } from '../pipeline/jobs/queue-state.ts'
import { scenesView } from '../store/scene-view.ts'
import { videoList } from '../store/video-view.ts'
import { runImport, videosOf } from './import-run.ts'
import type { AppContext } from './context.ts'
import { readable, writable } from './context.ts'
import { untilClosed } from './until-closed.ts'
import { videoNamed } from './video-named.ts'

type LibraryCall = 'library.import' | 'library.list' | 'library.scenes' | 'library.relink'

/** What is in the library: taking in, looking at, finding again. */
export function libraryCalls(context: AppContext): Pick<Handlers, LibraryCall> {
  const closable = untilClosed(context)
  return {
    'library.import': async (input, { signal }) => closable(signal, (either) => runImport(context, input, either)),
    'library.list': async () => {
      const { db } = readable(context)
      return { videos: videoList(db, isQueuePaused(db)) }
    },
    'library.scenes': async ({ video }) => {
      const { db } = readable(context)
      const { record, view } = videoNamed(db, video)
      return scenesView(db, record, view)
    },
    'library.relink': async ({ path }, { signal }) => {
      const { library } = writable(context)
      const report = await closable(signal, (either) => relinkMissing(path, { store: videosOf(context, library), log: context.tools.log }, either))
      context.emit({ type: 'library-changed' })
      return report
    },
  }
}

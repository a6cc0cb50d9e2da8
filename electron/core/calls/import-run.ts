import type { ImportReport } from '../../contract/videos.ts'
import { importFiles } from '../import/import.ts'
import type { ImportStore } from '../import/import-store.ts'
import type { SettleLimits } from '../import/settle.ts'
import { settleVideo } from '../pipeline/video-state.ts'
import type { Library } from '../store/database.ts'
import { removedWithIdentity } from '../store/removed-videos.ts'
import { videoFiles } from '../store/video-files.ts'
import { restoreVideo } from './put-back.ts'
import { readNewSubtitles } from './newer-subtitles.ts'
import { deleteRefusedCopies } from './refused-copies.ts'
import type { AppContext } from './context.ts'
import { writable } from './context.ts'

/** The videos of a library as an import and a relink see them. */
export function videosOf(context: AppContext, library: Library): ImportStore {
  const files = videoFiles(library, context.tools.clock, (id) => { settleVideo(library.db, context.stages, id) })
  return {
    ...files,
    bringBack: (identity) => {
      const id = removedWithIdentity(library.db, identity)
      return id !== undefined && restoreVideo(context, library, id) ? files.findByIdentity(identity) : undefined
    },
  }
}

export interface ImportRun { paths: readonly string[], fast: boolean, settle?: SettleLimits }

/** Takes files in and lets the queue work on them, with the events of it. */
export async function runImport(context: AppContext, { paths, fast, settle }: ImportRun, signal: AbortSignal): Promise<ImportReport> {
  const { library, engine } = writable(context)
  const { clock, log } = context.tools
  // Before the files are looked for: the first video need not wait for the last file to be found.
  engine.start()
  const report = await importFiles({ paths, wantsFirstLook: fast }, {
    store: videosOf(context, library), clock, log,
    onFound: (files) => { context.emit({ type: 'import-found', files }) },
    onRefused: (refusal) => { context.emit({ type: 'refused', refusal }) },
    ...settle === undefined ? {} : { settle },
  }, signal)
  await deleteRefusedCopies(library.paths, report.refused, log)
  // Who imports a video again wants what was not possible or was given up before: a subtitle file or a model may have come.
  const again = [...report.known, ...report.moved].map(({ id }) => id)
  await readNewSubtitles(library, again, signal)
  engine.tryAgain(again)
  context.emit({ type: 'library-changed' })
  return report
}

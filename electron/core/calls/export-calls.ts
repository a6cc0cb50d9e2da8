import path from 'node:path'
import type { ExportReport } from '../../contract/exports.ts'
import { writeTimeline } from '../export/editors/write-timeline.ts'
import { exportClips } from '../export/export.ts'
import { forecastExport } from '../export/forecast.ts'
import { exportFolders, rememberFolder, sweepFolders } from '../export/leftovers.ts'
import { storedClips } from '../export/stored-clips.ts'
import type { Handlers } from '../handlers.ts'
import type { WriteDatabase } from '../ports.ts'
import { openLibrary } from '../store/database.ts'
import type { AppContext } from './context.ts'
import { readable } from './context.ts'
import { ExportQueue } from './export-queue.ts'
import { untilClosed } from './until-closed.ts'

function keepInMind({ opened, folder, tools }: AppContext): (act: (db: WriteDatabase) => void) => Promise<void> {
  return async (act) => {
    if (opened.access === 'write') { opened.library.keep(() => { act(opened.library.db) }); return }
    // One that was opened for looking is opened for a moment, where that may be.
    const library = await openLibrary(folder, tools.sqlite, tools.clock)
    try {
      library.keep(() => { act(library.db) })
    } finally {
      library.close()
    }
  }
}

/** So that what the export leaves when it is killed is found later. It is done in any case. */
async function remember(context: AppContext, outFolder: string): Promise<void> {
  const { db, file } = readable(context)
  if (file === null || exportFolders(db)[0] === path.resolve(outFolder)) return
  try {
    await keepInMind(context)((writing) => { rememberFolder(writing, outFolder) })
  } catch (error) {
    context.tools.log.warn(`an export writes to "${outFolder}", which the library could not keep in mind`, error)
  }
}

/** What exports have left that were killed goes when somebody works with the library again. */
function sweepLeftovers({ opened, tools, onClose }: AppContext): void {
  if (opened.access !== 'write') return
  const closing = new AbortController()
  const sweeping = sweepFolders(exportFolders(opened.library.db), tools.clock.now(), closing.signal)
    .catch((error: unknown) => { tools.log.error('what killed exports have left could not be swept', error) })
  onClose(async () => {
    closing.abort()
    await sweeping
  })
}

/** Clips out of the library. */
export function exportCalls(context: AppContext): Pick<Handlers, 'export.plan' | 'export.clips' | 'export.timeline'> {
  const closable = untilClosed(context)
  const queue = new ExportQueue()
  let lastExportId = 0
  sweepLeftovers(context)
  return {
    'export.plan': async (input, { signal }) => closable(signal, async (either) => forecastExport(input, { clips: storedClips(readable(context).db), ffmpeg: context.tools.ffmpeg }, either)),
    'export.clips': async ({ ticket, ...input }, { signal }) => {
      const { ffmpeg, pictures, clock, log } = context.tools
      const exportId = ++lastExportId
      const tools = { ffmpeg, pictures, clips: storedClips(readable(context).db), clock, log, emit: context.emit, exportId }
      let isRunning = false
      return closable(signal, async (either): Promise<ExportReport> => {
        const work = async (): Promise<ExportReport> => {
          isRunning = true
          await remember(context, input.outFolder)
          return exportClips(input, tools, either)
        }
        try {
          return await queue.inTurn(work, { signal: either, onPlace: (before) => { context.emit({ type: 'export-waits', exportId, before, ticket }) } })
        } finally {
          // One that ran tells of its end itself.
          if (!isRunning) context.emit({ type: 'export-ended', exportId, outcome: 'cancelled' })
        }
      })
    },
    'export.timeline': async (input, { signal }) => closable(signal, (either) => writeTimeline(input, storedClips(readable(context).db), either)),
  }
}

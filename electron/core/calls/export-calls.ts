import { writeTimeline } from '../export/editors/write-timeline.ts'
import { exportClips } from '../export/export.ts'
import { forecastExport } from '../export/forecast.ts'
import { storedClips } from '../export/stored-clips.ts'
import type { Handlers } from '../handlers.ts'
import type { AppContext } from './context.ts'
import { readable } from './context.ts'
import { untilClosed } from './until-closed.ts'

/** Clips out of the library. */
export function exportCalls(context: AppContext): Pick<Handlers, 'export.plan' | 'export.clips' | 'export.timeline'> {
  const closable = untilClosed(context)
  let lastExportId = 0
  return {
    'export.plan': async (input) => forecastExport(input, storedClips(readable(context).db)),
    'export.clips': async ({ ticket, ...input }, { signal }) => {
      const { ffmpeg, clock, log } = context.tools
      const tools = { ffmpeg, clips: storedClips(readable(context).db), clock, log, emit: context.emit, exportId: ++lastExportId }
      context.emit({ type: 'export-waits', exportId: tools.exportId, before: 0, ticket })
      return closable(signal, (either) => exportClips(input, tools, either))
    },
    'export.timeline': async (input, { signal }) => writeTimeline(input, storedClips(readable(context).db), signal),
  }
}

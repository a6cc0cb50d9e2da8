import type { ImportReport } from '../../contract/videos.ts'
import type { Handlers } from '../handlers.ts'
import { sampleFile } from '../import/sample-file.ts'
import type { AppContext } from './context.ts'
import { writable } from './context.ts'
import { runImport } from './import-run.ts'
import { untilClosed } from './until-closed.ts'

// Nobody else writes to it: it is whole as soon as it has its name.
const ALREADY_SETTLED = { quietMs: 0, pollMs: 1, waitMs: 1_000 }

/** A video for who has none at hand. */
export function sampleCalls(context: AppContext): Pick<Handlers, 'library.addSample'> {
  const closable = untilClosed(context)
  const addSample = async (signal: AbortSignal): Promise<ImportReport> => {
    const { library } = writable(context)
    const { sampleVideo, clock } = context.tools
    const file = await sampleFile(library.paths.sample, { sampleVideo, nowMs: clock.now() }, signal)
    return runImport(context, { paths: [file], fast: false, settle: ALREADY_SETTLED }, signal)
  }
  return {
    'library.addSample': async (_input, { signal }) => closable(signal, addSample),
  }
}

import type { AppEvent } from '../contract/events.ts'
import type { VideoId } from '../contract/ids.ts'
import { engineProtocol } from '../contract/protocol.ts'
import { usualSettings } from '../contract/settings.ts'
import { cardCalls } from './calls/card-calls.ts'
import { exportCalls } from './calls/export-calls.ts'
import { factsCalls } from './calls/facts-calls.ts'
import { jobsCalls } from './calls/jobs-calls.ts'
import { libraryCalls } from './calls/library-calls.ts'
import { mediaCalls } from './calls/media-calls.ts'
import { modelsCalls } from './calls/models-calls.ts'
import { playerCalls } from './calls/player-calls.ts'
import { removalCalls } from './calls/removal-calls.ts'
import { sampleCalls } from './calls/sample-calls.ts'
import { searchCalls } from './calls/search-calls.ts'
import { searchesCalls } from './calls/searches-calls.ts'
import { settingsCalls } from './calls/settings-calls.ts'
import { trayCalls } from './calls/tray-calls.ts'
import { tagsCalls } from './calls/tags-calls.ts'
import type { AppContext, AppTools, Opened } from './calls/context.ts'
import { examine } from './doctor.ts'
import type { App, Listener } from './handlers.ts'
import { createModels } from './models/installed.ts'
import { createEngine } from './pipeline/engine.ts'
import { stages } from './pipeline/registry.ts'
import type { Models, Searching } from './ports.ts'
import { settingsOf } from './store/chosen-settings.ts'
import { openLibrary, openLibraryForReading } from './store/database.ts'
import { libraryPaths } from './store/folder.ts'
import { ownLabels } from './store/labels.ts'
import { tidyRemoved } from './store/removed-artifacts.ts'

/** What a host wants with the library: `none` only examines the machine. */
export type Access = Opened['access']

export interface AppOptions { folder: string, access: Access, tools: AppTools }

async function open({ folder, access, tools }: AppOptions, models: Models, emit: (event: AppEvent) => void): Promise<Opened> {
  switch (access) {
    case 'none': return { access }
    case 'read': return { access, library: await openLibraryForReading(folder, tools.sqlite, tools.clock) }
    case 'write': {
      const library = await openLibrary(folder, tools.sqlite, tools.clock)
      const labels = (): string[] => ownLabels(library.db) ?? [...tools.usualLabels]
      return { access, library, engine: createEngine({ library, stages, tools: { ...tools, models, labels }, emit }) }
    }
  }
}

async function shut(opened: Opened): Promise<void> {
  if (opened.access === 'none') return
  if (opened.access === 'write') await opened.engine.stop()
  opened.library.close()
}

function handlersOf(context: AppContext, searching: Searching): App['handlers'] {
  const { folder, opened, tools } = context
  const ofModels = modelsCalls(context)
  return {
    ...libraryCalls(context),
    ...removalCalls(context),
    ...cardCalls(context),
    ...factsCalls(context),
    ...sampleCalls(context),
    ...mediaCalls(context),
    ...trayCalls(context),
    ...settingsCalls(context),
    ...searchesCalls(context),
    ...searchCalls(context, searching),
    ...jobsCalls(context),
    ...exportCalls(context),
    ...playerCalls(context),
    ...ofModels,
    ...tagsCalls(context),
    doctor: async (_, call) => examine({
      folder, diagnosis: tools.diagnosis, models: opened.access === 'none' ? null : () => ofModels['models.overview']({}, call),
    }),
  }
}

/**
 * Opens a library and gives the handlers of all calls on it. Work on the queue begins with the first import, or when somebody
 * waits for it. Throws the LIBRARY_ errors of opening.
 */
export async function createApp(options: AppOptions): Promise<App> {
  const listeners = new Set<Listener>()
  const emit = (event: AppEvent): void => { for (const listener of listeners) listener(event) }
  const { folder, tools } = options
  // What the person has chosen is known only once the library is open, and asked only when a model is.
  const chosen = { settings: () => usualSettings.models }
  const models = createModels({ folder: libraryPaths(folder).models, inference: tools.inference, catalog: tools.catalog, settings: () => chosen.settings() })
  const opened = await open(options, models, emit)
  if (opened.access !== 'none') chosen.settings = () => settingsOf(opened.library.db).models
  const closers: (() => Promise<void>)[] = []
  if (opened.access === 'write') {
    const tidying = tidyRemoved(opened.library, tools.clock.now()).catch((error: unknown) => { tools.log.error('removed videos could not be tidied up', error) })
    closers.push(() => tidying)
  }
  const removers: ((id: VideoId) => Promise<void>)[] = []
  const context: AppContext = {
    folder, opened, stages, tools, models, emit, onClose: (stop) => { closers.push(stop) }, onRemoval: (stop) => { removers.push(stop) },
    stopForRemoval: async (id) => { await Promise.all(removers.map((stop) => stop(id))) },
  }
  const searching = tools.openSearching({ folder, file: opened.access === 'none' ? null : opened.library.file }, models)
  return {
    protocol: engineProtocol,
    handlers: handlersOf(context, searching),
    subscribe: (listener) => { listeners.add(listener); return () => { listeners.delete(listener) } },
    begin: () => {
      if (opened.access !== 'write') return
      opened.engine.start()
      searching.begin()
    },
    close: async () => {
      await Promise.all([...closers.map((stop) => stop()), searching.close()])
      await shut(opened)
      await tools.inference.close()
    },
  }
}

import type { AppEvent } from '../../contract/events.ts'
import type { VideoId } from '../../contract/ids.ts'
import { AppError } from '../errors.ts'
import type { Engine } from '../pipeline/engine.ts'
import type { RegisteredStage } from '../pipeline/registry.ts'
import type { Catalog } from '../models/model-spec.ts'
import type { Clock, Diagnosis, Ffmpeg, Inference, Log, Models, Network, OpenSearching, Pictures, ReadDatabase, SampleVideo, Sqlite } from '../ports.ts'
import type { Library, ReadLibrary } from '../store/database.ts'

/** All that a host hands to the core. */
export interface AppTools {
  sqlite: Sqlite
  ffmpeg: Ffmpeg
  pictures: Pictures
  inference: Inference
  network: Network
  openSearching: OpenSearching
  /** The models that can be had. */
  catalog: Catalog
  /** The labels that come with the app, for tags. */
  usualLabels: readonly string[]
  diagnosis: Diagnosis
  sampleVideo: SampleVideo
  clock: Clock
  log: Log
  /** Of the program. */
  version: string
}

/** A library as a host has asked for it: to look at, to work on, or not at all. */
export type Opened =
  | { access: 'none' }
  | { access: 'read', library: ReadLibrary }
  | { access: 'write', library: Library, engine: Engine }

/** What every handler works with. */
export interface AppContext {
  folder: string
  opened: Opened
  stages: readonly RegisteredStage[]
  tools: AppTools
  /** The installed models that work for this library. */
  models: Models
  emit: (event: AppEvent) => void
  /** What is to be stopped, and waited for, before the library is closed. */
  onClose: (stop: () => Promise<void>) => void
  /** What is to be stopped, and waited for, before a video is removed. */
  onRemoval: (stop: (id: VideoId) => Promise<void>) => void
  /** Stops all that is made of a video besides the work on it. */
  stopForRemoval: (id: VideoId) => Promise<void>
}

/** The library for asking. */
export function readable(context: AppContext): ReadLibrary & { db: ReadDatabase } {
  if (context.opened.access === 'none') throw new Error('a call that needs a library came to an app that has none')
  return context.opened.library
}

/** The library and its queue for changing. Throws LIBRARY_READ_ONLY where it was opened for looking only. */
export function writable(context: AppContext): { library: Library, engine: Engine } {
  if (context.opened.access === 'write') return context.opened
  throw new AppError('LIBRARY_READ_ONLY', { message: 'The library was opened for reading only.' })
}

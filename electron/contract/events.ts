import { z } from 'zod'
import { ExportedFile } from './exports.ts'
import { JobsOverview } from './jobs.ts'
import { ModelsOverview } from './models.ts'
import { Refusal } from './videos.ts'
import { VideoId } from './ids.ts'
import { ErrorShape } from './errors.ts'
import { Searches } from './searches.ts'
import { Settings } from './settings.ts'
import { Tray } from './tray.ts'

/** Of one export among those that an engine has been asked for since it was started. */
const ExportId = z.number().int()

/** What the engine tells its clients unasked. */
export const AppEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('jobs'), jobs: JobsOverview }),
  z.object({ type: z.literal('video-ready'), videoId: VideoId, path: z.string() }),
  z.object({ type: z.literal('video-failed'), videoId: VideoId, path: z.string(), error: ErrorShape }),
  z.object({ type: z.literal('refused'), refusal: Refusal }),
  z.object({ type: z.literal('import-found'), files: z.number().int() }),
  z.object({ type: z.literal('export-progress'), exportId: ExportId, clip: z.number().int(), clips: z.number().int(), progress: z.number(), etaSeconds: z.number().nullable(), /** Of all clips, pictures written and to be written. */ frames: z.number().int(), framesOf: z.number().int() }),
  /** The first that is told of an export, with the ticket it was asked with; then whenever one before it is done, until its own turn: `before` is how many. */
  z.object({ type: z.literal('export-waits'), exportId: ExportId, before: z.number().int(), ticket: z.string().nullable() }),
  /** A clip of an export has its file, or could not be written; those that are told of stay when the rest is cancelled. */
  z.object({ type: z.literal('export-file'), exportId: ExportId, clip: z.number().int(), file: ExportedFile.nullable(), error: ErrorShape.nullable() }),
  /** The last that is told of an export, however it ended. */
  z.object({ type: z.literal('export-ended'), exportId: ExportId, outcome: z.enum(['done', 'cancelled', 'failed']) }),
  /** Videos came, went or were put back: the whole list is to be asked again. */
  z.object({ type: z.literal('library-changed') }),
  /** Something of these videos is different: state, coverage, poster. */
  z.object({ type: z.literal('videos-changed'), videoIds: z.array(VideoId) }),
  z.object({ type: z.literal('tray-changed'), tray: Tray }),
  z.object({ type: z.literal('models-changed'), models: ModelsOverview }),
  z.object({ type: z.literal('settings-changed'), settings: Settings }),
  z.object({ type: z.literal('searches-changed'), searches: Searches }),
  z.object({ type: z.literal('proxy-progress'), videoId: VideoId, piece: z.number().int(), progress: z.number() }),
])
export type AppEvent = z.infer<typeof AppEvent>

import { z } from 'zod'
import { Frame, RemovedVideo, VideoCard, VideoDetails } from './cards.ts'
import { DoctorReport } from './doctor.ts'
import { ExportInput, ExportPlan, ExportReport } from './exports.ts'
import { SceneId, VideoId } from './ids.ts'
import { JobAction, JobsOverview } from './jobs.ts'
import { InstallPlan, ModelCard, ModelCheck, ModelsOverview, ModelTask, TagLabels } from './models.ts'
import { PlayerVideo, ProxyPiece } from './player.ts'
import { SearchAnswer, SearchInput, SimilarInput } from './search.ts'
import { SavedSearchId, Searches } from './searches.ts'
import { LibraryFacts, NetworkRequest, Settings } from './settings.ts'
import { TimelineInput, WrittenTimeline } from './timelines.ts'
import { NewTrayClip, Tray, TrayChange, TrayClipId } from './tray.ts'
import { ImportReport, ScenesOfVideo, Video } from './videos.ts'

/** A video named by its id, its path, or a part of its title that only one video has. */
const VideoRef = z.union([VideoId, z.string().min(1)])
export type VideoRef = z.infer<typeof VideoRef>

/**
 * Every call that crosses a process border: one entry, its input and its answer.
 * The type of the handlers, the client and the command line's JSON all come from here.
 */
export const calls = {
  'library.import': { input: z.object({ paths: z.array(z.string().min(1)).min(1), fast: z.boolean().default(false) }), output: ImportReport },
  'library.list': { input: z.object({}), output: z.object({ videos: z.array(Video) }) },
  'library.scenes': { input: z.object({ video: VideoRef }), output: ScenesOfVideo },
  /** With `canBeUndone` what was found in it is kept for 30 days and `library.restore` puts it back; `freedBytes` is then what goes at the end of them. */
  'library.remove': { input: z.object({ video: VideoRef, canBeUndone: z.boolean().default(false) }), output: z.object({ removed: Video, freedBytes: z.number() }) },
  /** Gives the ids of those that are back: the same as before. */
  'library.restore': { input: z.object({ videos: z.array(VideoId).min(1) }), output: z.object({ restored: z.array(VideoId) }) },
  'library.removed': { input: z.object({}), output: z.object({ videos: z.array(RemovedVideo) }) },
  /** All videos in short, or those that are named; a name that is none is left out. */
  'library.cards': { input: z.object({ videos: z.array(VideoId).nullable().default(null) }), output: z.object({ cards: z.array(VideoCard) }) },
  /** Key frames in the order of time, at most `limit` of them, evenly spread. */
  'library.frames': { input: z.object({ video: VideoId, limit: z.number().int().min(1).max(200).default(24) }), output: z.object({ frames: z.array(Frame) }) },
  'library.details': { input: z.object({ video: VideoRef }), output: VideoDetails },
  'library.facts': { input: z.object({}), output: LibraryFacts },
  /** Makes the sample video in the library folder, once, and imports it. */
  'library.addSample': { input: z.object({}), output: ImportReport },
  'library.relink': {
    input: z.object({ path: z.string().nullable() }),
    output: z.object({ relinked: z.array(z.object({ id: VideoId, from: z.string(), to: z.string() })), stillMissing: z.array(z.object({ id: VideoId, path: z.string() })) }),
  },
  'search.query': { input: SearchInput, output: SearchAnswer },
  /** Scenes that look or sound like this one, itself left out. */
  'search.similar': { input: SimilarInput, output: SearchAnswer },
  'searches.list': { input: z.object({}), output: Searches },
  'searches.save': { input: z.object({ name: z.string().min(1).max(200), query: z.string().min(1) }), output: Searches },
  'searches.forget': { input: z.object({ saved: SavedSearchId }), output: Searches },
  /** Puts a query in front of the recent ones. */
  'searches.used': { input: z.object({ query: z.string().min(1) }), output: Searches },
  /** Forgets one of the recent queries, or all of them when null. */
  'searches.clearRecent': { input: z.object({ query: z.string().nullable().default(null) }), output: Searches },
  'player.open': { input: z.object({ video: VideoId }), output: PlayerVideo },
  /** Makes the piece of the proxy that holds the second, where it is not there yet. Cancel stops the making. */
  'player.proxy': { input: z.object({ video: VideoId, at: z.number().min(0) }), output: ProxyPiece },
  'tray.list': { input: z.object({}), output: Tray },
  /** Puts clips at the end, or before the clip at `position`. Gives the whole tray, as all of these do. */
  'tray.add': { input: z.object({ clips: z.array(NewTrayClip).min(1), position: z.number().int().min(0).nullable().default(null) }), output: Tray },
  'tray.change': { input: TrayChange, output: Tray },
  /** The order of all clips; those not named stay behind them. */
  'tray.order': { input: z.object({ ids: z.array(TrayClipId) }), output: Tray },
  'tray.remove': { input: z.object({ ids: z.array(TrayClipId).min(1) }), output: Tray },
  'settings.get': { input: z.object({}), output: Settings },
  /** Changes what is given and leaves the rest. */
  'settings.change': { input: Settings.partial(), output: Settings },
  'models.overview': { input: z.object({}), output: ModelsOverview },
  /** Looks at what an install would fetch. Asks nothing of the network. */
  'models.plan': { input: z.object({ id: z.string(), variants: z.array(z.string()).nullable().default(null) }), output: InstallPlan },
  /**
   * Fetches, checks and tries a model and those it requires; resolves with its card when it works. Who stops waiting does not stop
   * the install: `models.cancel` does. A second call for the same model waits for the first one's install.
   */
  'models.install': { input: z.object({ id: z.string(), variants: z.array(z.string()).nullable().default(null) }), output: ModelCard },
  /** The same from a folder, a zip or a tar on this machine. Asks nothing of the network. */
  'models.import': { input: z.object({ path: z.string().min(1) }), output: ModelCard },
  /** Stops an install; what was fetched stays for the next one, unless it is to be thrown away. */
  'models.cancel': { input: z.object({ id: z.string(), discard: z.boolean().default(false) }), output: ModelsOverview },
  /** Deletes the model's files; its vectors only when that is asked for. */
  'models.remove': { input: z.object({ id: z.string(), vectors: z.boolean().default(false) }), output: z.object({ freedBytes: z.number(), deletedVectors: z.number().int() }) },
  /** Hashes the files of a model again, or of all that are installed. */
  'models.verify': { input: z.object({ id: z.string().nullable().default(null) }), output: z.object({ models: z.array(ModelCheck) }) },
  /** Which model works for a task from now on; null: the best that is installed. Videos are worked through anew with it, while the vectors of the one before serve. */
  'models.choose': { input: z.object({ task: ModelTask.exclude(['voice']), id: z.string().nullable() }), output: ModelsOverview },
  'tags.labels': { input: z.object({}), output: TagLabels },
  /** Null brings back those that come with the app. Scenes are tagged anew. */
  'tags.setLabels': { input: z.object({ labels: z.array(z.string().min(1).max(100)).max(5000).nullable() }), output: TagLabels },
  'network.log': { input: z.object({}), output: z.object({ allowed: z.boolean(), requests: z.array(NetworkRequest) }) },
  /** Where a medium lies on this machine, for the host that sends it. Throws NOT_FOUND. */
  'media.locate': {
    input: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('video'), video: VideoId }),
      z.object({ kind: z.literal('frame'), scene: SceneId }),
      /** The stored picture of a video that is nearest to a time. */
      z.object({ kind: z.literal('picture'), video: VideoId, atMs: z.number().int().min(0) }),
      z.object({ kind: z.literal('proxy'), video: VideoId, piece: z.number().int().min(0) }),
    ]),
    output: z.object({ path: z.string(), contentType: z.string() }),
  },
  'export.plan': { input: ExportInput.omit({ outFolder: true }), output: ExportPlan },
  /** Exports wait for each other in the order they were asked for. Who asks gives a ticket to know which events are of it: `export-waits` comes first and bears it. */
  'export.clips': { input: ExportInput.extend({ ticket: z.string().max(100).nullable().default(null) }), output: ExportReport },
  /** Writes a list of clips for an editor; the videos stay where they are. */
  'export.timeline': { input: TimelineInput, output: WrittenTimeline },
  /** Running first, then failed, then waiting in their order, then done; at most `limit` videos. */
  'jobs.overview': { input: z.object({ limit: z.number().int().min(1).nullable().default(null) }), output: JobsOverview },
  'jobs.control': { input: z.object({ action: JobAction, video: VideoRef.nullable() }), output: JobsOverview },
  /** Resolves when no stage of any of these videos (all when empty) is left to run, or when each can be searched after a first look. */
  'jobs.idle': { input: z.object({ videos: z.array(VideoId), until: z.enum(['done', 'first-look']).default('done') }), output: JobsOverview },
  /** A host says how the machine is powered; with `pauseOnBattery` the work rests on battery. */
  'jobs.power': { input: z.object({ onBattery: z.boolean() }), output: z.object({}) },
  doctor: { input: z.object({}), output: DoctorReport },
} as const

export type Calls = typeof calls
export type CallName = keyof Calls
export type CallInput<Name extends CallName> = z.input<Calls[Name]['input']>
export type CallParsed<Name extends CallName> = z.output<Calls[Name]['input']>
export type CallOutput<Name extends CallName> = z.output<Calls[Name]['output']>

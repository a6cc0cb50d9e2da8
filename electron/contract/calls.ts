import { z } from 'zod'
import { DoctorReport } from './doctor.ts'
import { ExportInput, ExportReport } from './exports.ts'
import { VideoId } from './ids.ts'
import { JobAction, JobsOverview } from './jobs.ts'
import { SearchAnswer, SearchInput } from './search.ts'
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
  'library.remove': { input: z.object({ video: VideoRef }), output: z.object({ removed: Video, freedBytes: z.number() }) },
  'library.relink': {
    input: z.object({ path: z.string().nullable() }),
    output: z.object({ relinked: z.array(z.object({ id: VideoId, from: z.string(), to: z.string() })), stillMissing: z.array(z.object({ id: VideoId, path: z.string() })) }),
  },
  'search.query': { input: SearchInput, output: SearchAnswer },
  'export.clips': { input: ExportInput, output: ExportReport },
  'jobs.overview': { input: z.object({}), output: JobsOverview },
  'jobs.control': { input: z.object({ action: JobAction, video: VideoRef.nullable() }), output: JobsOverview },
  /** Resolves when no stage of any of these videos (all when empty) is left to run, or when each can be searched after a first look. */
  'jobs.idle': { input: z.object({ videos: z.array(VideoId), until: z.enum(['done', 'first-look']).default('done') }), output: JobsOverview },
  doctor: { input: z.object({}), output: DoctorReport },
} as const

export type Calls = typeof calls
export type CallName = keyof Calls
export type CallInput<Name extends CallName> = z.input<Calls[Name]['input']>
export type CallParsed<Name extends CallName> = z.output<Calls[Name]['input']>
export type CallOutput<Name extends CallName> = z.output<Calls[Name]['output']>

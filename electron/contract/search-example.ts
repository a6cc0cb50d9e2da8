import { z } from 'zod'
import { SceneId, VideoId } from './ids.ts'

const Numbers = z.custom<Float32Array>((value) => value instanceof Float32Array)

/** What others are to be like, once all that is to be seen of it was computed. */
export const KnownExample = z.object({
  /** Where it is from, which is not to be found again. */
  from: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('scene'), scene: SceneId }),
    z.object({ kind: z.literal('moment'), video: VideoId, atSeconds: z.number() }),
    /** It may be of none of the videos. */
    z.object({ kind: z.literal('picture') }),
  ]),
  /** The models that compare, each the scenes of its own videos (of all of them when null), and what each sees in it; null: what is stored of the scene. */
  seenBy: z.array(z.object({ model: z.string(), videos: z.array(VideoId).nullable(), vector: Numbers.nullable() })),
  /** What of it could not be done as asked, and why. */
  notes: z.array(z.string()),
})
export type KnownExample = z.infer<typeof KnownExample>

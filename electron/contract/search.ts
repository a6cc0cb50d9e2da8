import { z } from 'zod'
import { SceneId, VideoId } from './ids.ts'

export const ReasonKind = z.enum(['said', 'meaning', 'seen', 'title', 'text', 'tag', 'colour', 'filter'])
export type ReasonKind = z.infer<typeof ReasonKind>

export const Reason = z.object({
  kind: ReasonKind,
  /** A short text for a person; matching words stand between « and ». */
  text: z.string(),
  score: z.number(),
  /** Seconds into the video where it happens; null when it holds for the whole scene. */
  at: z.number().nullable(),
  /**
   * How unusual it is here: the share of questions that have nothing to do with this library which find something as near all the same (0.02: one in
   * fifty). Null for what is there or is not, such as words, and where nobody has measured it yet.
   */
  chance: z.number().min(0).max(1).nullable(),
})
export type Reason = z.infer<typeof Reason>

export const SearchHit = z.object({
  sceneId: SceneId,
  videoId: VideoId,
  path: z.string(),
  title: z.string(),
  start: z.number(),
  end: z.number(),
  score: z.number(),
  keyframe: z.string().nullable(),
  reasons: z.array(Reason),
})
export type SearchHit = z.infer<typeof SearchHit>

const Weight = z.number().min(0).max(10)

/** Weight of each list in the fusion; 1 where not given, 0 leaves the list out. */
export const SearchWeights = z.object({ said: Weight, meaning: Weight, seen: Weight, title: Weight }).partial()
export type SearchWeights = z.infer<typeof SearchWeights>

export const SearchInput = z.object({
  query: z.string(),
  /** Of one page. */
  limit: z.number().int().min(1).max(1000).default(20),
  weights: SearchWeights.default({}),
  /** At most so many hits of one video; all of them when null. */
  perVideo: z.number().int().min(1).max(1000).nullable().default(5),
  /** Where the page before has ended, as its answer says; null for the first one. */
  after: z.string().nullable().default(null),
})
export type SearchInput = z.infer<typeof SearchInput>

/** What others are to be like: a scene, what a video shows at a time, or a picture. */
export const Example = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('scene'), scene: SceneId }),
  z.object({ kind: z.literal('moment'), video: VideoId, atSeconds: z.number().min(0) }),
  /** The bytes of a picture file (JPEG, PNG, WebP, GIF, AVIF, TIFF; up to 30 MB), in base64. */
  z.object({ kind: z.literal('picture'), data: z.string() }),
])
export type Example = z.infer<typeof Example>

export const SimilarInput = z.object({ like: Example, limit: z.number().int().min(1).max(1000).default(20) })
export type SimilarInput = z.infer<typeof SimilarInput>

export const SearchAnswer = z.object({
  query: z.string(),
  tookMs: z.number(),
  nothingGood: z.boolean(),
  hits: z.array(SearchHit),
  /** To be given as `after` for the next page; null where there are no more hits. */
  more: z.string().nullable(),
  /** The best of what is below the bar, shown apart when nothing is good. */
  nearest: z.array(SearchHit),
  /** What was understood differently from how it was written, or could not be searched and why. */
  notes: z.array(z.string()),
})
export type SearchAnswer = z.infer<typeof SearchAnswer>

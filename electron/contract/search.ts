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

export const SearchInput = z.object({
  query: z.string(),
  limit: z.number().int().min(1).max(1000).default(20),
  /** Weight of each list in the fusion; 1 where not given. */
  weights: z.object({ said: z.number().min(0), meaning: z.number().min(0), seen: z.number().min(0), title: z.number().min(0) }).partial().default({}),
})
export type SearchInput = z.infer<typeof SearchInput>

export const SearchAnswer = z.object({
  query: z.string(),
  tookMs: z.number(),
  nothingGood: z.boolean(),
  hits: z.array(SearchHit),
  /** The best of what is below the bar, shown apart when nothing is good. */
  nearest: z.array(SearchHit),
  /** What was understood differently from how it was written, or could not be searched and why. */
  notes: z.array(z.string()),
})
export type SearchAnswer = z.infer<typeof SearchAnswer>

import type { VideoId } from '../../contract/ids.ts'
import type { StageName } from '../../contract/videos.ts'
import type { ReadDatabase } from '../ports.ts'
import type { DueQuery } from '../store/due-runs.ts'
import { dueInTurn, duePutFirst } from '../store/due-runs.ts'
import type { RegisteredStage } from './registered-stage.ts'
import type { Resource } from './stage.ts'

export interface Pick { videoId: VideoId, stage: StageName }

interface Candidate extends Pick { priority: number, rank: number }

// What a stage costs by the guess of the registry, in work for each second of a video of ten minutes.
const TYPICAL_SECONDS = 600
const workASecond = ({ cost }: RegisteredStage): number => cost.per === 'second' ? cost.workSeconds : cost.workSeconds / TYPICAL_SECONDS

/**
 * The stages of a resource in the order in which all videos get them: the cheap ones first, so that what is a matter of moments for a video
 * that has its words waits for nobody who is still being heard. The full work after a first look comes after every first look.
 */
function ranks(list: readonly RegisteredStage[], resource: Resource): { registered: RegisteredStage, isRefinement: boolean }[] {
  const own = list.filter(({ stage }) => stage.resource === resource).sort((a, b) => workASecond(a) - workASecond(b))
  return own.flatMap((registered) => [
    { registered, isRefinement: false },
    ...(registered.hasFirstLook ? [{ registered, isRefinement: true }] : []),
  ])
}

/**
 * What to do next on a resource: breadth first, the cheap stages of all videos before the dear ones of any,
 * except that a video that was put first goes before all others with everything it has.
 */
export function nextWork(db: ReadDatabase, list: readonly RegisteredStage[], at: { resource: Resource, nowMs: number }): Pick | null {
  const queries = ranks(list, at.resource).map(({ registered: { stage }, isRefinement }): DueQuery => ({ stage: stage.name, needs: stage.needs, isRefinement, nowMs: at.nowMs }))
  const putFirst = queries.flatMap((query, rank): Candidate[] => {
    const due = duePutFirst(db, query)
    return due === null ? [] : [{ ...due, stage: query.stage, rank }]
  })
  const [best] = putFirst.sort((a, b) => b.priority - a.priority || a.rank - b.rank)
  if (best !== undefined) return { videoId: best.videoId, stage: best.stage }
  for (const query of queries) {
    const videoId = dueInTurn(db, query)
    if (videoId !== null) return { videoId, stage: query.stage }
  }
  return null
}

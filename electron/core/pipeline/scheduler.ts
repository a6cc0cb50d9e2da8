import type { VideoId } from '../../contract/ids.ts'
import type { StageName } from '../../contract/videos.ts'
import type { ReadDatabase } from '../ports.ts'
import { dueRun } from '../store/stage-runs.ts'
import type { RegisteredStage } from './registered-stage.ts'
import type { Resource } from './stage.ts'

export interface Pick { videoId: VideoId, stage: StageName }

interface Candidate extends Pick { priority: number, rank: number }

/** The stages of a resource in the order in which all videos get them; the full work after a first look comes after every first look. */
function ranks(list: readonly RegisteredStage[], resource: Resource): { registered: RegisteredStage, isRefinement: boolean }[] {
  const own = list.filter(({ stage }) => stage.resource === resource)
  return own.flatMap((registered) => [
    { registered, isRefinement: false },
    ...(registered.hasFirstLook ? [{ registered, isRefinement: true }] : []),
  ])
}

/**
 * What to do next on a resource: breadth first, the early (cheap) stages of all videos before the later (dear) ones of any,
 * except that a video that was put first goes before all others with everything it has.
 */
export function nextWork(db: ReadDatabase, list: readonly RegisteredStage[], at: { resource: Resource, nowMs: number }): Pick | null {
  const candidates = ranks(list, at.resource).flatMap(({ registered: { stage }, isRefinement }, rank): Candidate[] => {
    const due = dueRun(db, { stage: stage.name, needs: stage.needs, isRefinement, nowMs: at.nowMs })
    return due === null ? [] : [{ videoId: due.videoId, stage: stage.name, priority: due.priority, rank }]
  })
  const [best] = candidates.sort((a, b) => b.priority - a.priority || a.rank - b.rank || a.videoId - b.videoId)
  return best === undefined ? null : { videoId: best.videoId, stage: best.stage }
}

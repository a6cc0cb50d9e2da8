import type { StageName } from '../../contract/videos.ts'
import type { Stage } from './stage.ts'

/** A stage and what only the order and the queue need to know of it. */
export interface RegisteredStage {
  stage: Stage
  /** Which of the rows of a video are its own: these are deleted where a chunk replaces what was there. */
  stores: 'facts' | 'scenes' | 'speech' | 'transcript' | 'picture-vectors' | 'text-vectors' | 'tags'
  /** The task of the model it works with: it is done again when another one is chosen. */
  model: 'pictures' | 'speech' | 'text' | null
  /** It has a quicker way for a first look, and does its full work later. */
  hasFirstLook: boolean
  /** What it costs before it was ever measured here: seconds of work, for each second of video or for each video. */
  cost: { per: 'second' | 'video', workSeconds: number }
}

/** Refuses a list in which a stage comes twice or before what it needs. Such a list is a bug: nothing may start. */
export function checkStages(list: readonly RegisteredStage[]): readonly RegisteredStage[] {
  const seen = new Set<StageName>()
  for (const { stage: { name, needs } } of list) {
    if (seen.has(name)) throw new Error(`two stages have the name ${name}`)
    const missing = needs.find((need) => !seen.has(need))
    if (missing !== undefined) throw new Error(`the stage ${name} needs ${missing}, which does not come before it`)
    seen.add(name)
  }
  return list
}

/** The stages that need this one themselves, in order. Those that need these in turn are their affair, once they have come to their end. */
export function dependentsOf(list: readonly RegisteredStage[], name: StageName): RegisteredStage[] {
  return list.filter(({ stage }) => stage.needs.includes(name))
}

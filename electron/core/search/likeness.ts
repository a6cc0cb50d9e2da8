import type { SceneId } from '../../contract/ids.ts'
import type { Reason } from '../../contract/search.ts'

/** A scene that is like the asked one in one way. */
export interface Likeness {
  id: SceneId
  /** Near enough to be shown without a word of excuse. */
  isGood: boolean
  /** Asked only for what is shown. */
  reason: (score: number) => Reason
}

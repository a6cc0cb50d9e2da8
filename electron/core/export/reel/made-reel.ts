import type { ReelPart as PartOfFile } from '../../../contract/exports.ts'
import type { MadeClip } from '../clip-making.ts'
import type { ClipPlan } from '../plan.ts'

/** A reel that is whole and verified, but has no name yet. */
export interface MadeReel extends MadeClip {
  parts: PartOfFile[]
  size: { width: number, height: number }
  /** What was taken of each video: copied it can be more than was asked for. */
  taken: readonly ClipPlan[]
}

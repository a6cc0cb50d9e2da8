import type { Reel } from '../../../contract/export-choices.ts'
import { AppError } from '../../errors.ts'
import type { MakingTools } from '../clip-making.ts'
import type { ClipPlan } from '../plan.ts'
import { makeConformed } from './conformed-reel.ts'
import { joinablePlan } from './joinable.ts'
import { makeJoined } from './joined-reel.ts'
import type { MadeReel } from './made-reel.ts'

/** A reel of the packets of its clips, or in words what stood in the way. */
async function joinedOrWhy(plans: readonly ClipPlan[], reel: Reel, tools: MakingTools): Promise<MadeReel | string> {
  try {
    const joinable = await joinablePlan(plans, reel, tools)
    return typeof joinable === 'string' ? joinable : await makeJoined(joinable, reel, tools)
  } catch (error) {
    if (!(error instanceof AppError) || (error.code !== 'EXPORT_UNVERIFIED' && error.code !== 'DECODE_FAILED')) throw error
    tools.log.warn('A reel could not be joined without encoding, encoding it anew.', error)
    return `Joining without encoding was tried first. ${error.message}`
  }
}

/**
 * Makes one file of several clips: of their packets where these match, else of clips that are encoded anew to match. One clip that can not be made fails the reel and says which.
 * Leaves nothing behind when it throws.
 */
export async function makeReel(plans: readonly ClipPlan[], reel: Reel, tools: MakingTools): Promise<MadeReel> {
  const { mode } = tools.choices
  if (mode === 'exact') return makeConformed(plans, reel, tools)
  const joined = await joinedOrWhy(plans, reel, tools)
  if (typeof joined !== 'string') return joined
  const made = await makeConformed(plans, reel, tools)
  return { ...made, why: `${made.why}. ${joined}`, notes: [...mode === 'auto' ? [] : [`Encoded anew, and not by "${mode}". ${joined}`], ...made.notes] }
}

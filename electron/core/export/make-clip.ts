import { AppError } from '../errors.ts'
import type { WrittenMode } from '../../contract/export-choices.ts'
import type { MadeClip, MakeClip, MakingTools } from './clip-making.ts'
import { makeExact } from './exact/make-exact.ts'
import { makeAnimation } from './formats/make-animation.ts'
import { makeAudio } from './formats/make-audio.ts'
import { makeFrame } from './formats/make-frame.ts'
import { chooseMode } from './modes/choose-mode.ts'
import { makeCopy } from './modes/make-copy.ts'
import { makeSmart } from './modes/make-smart.ts'
import type { ClipPlan } from './plan.ts'

function makerOf(mode: WrittenMode): MakeClip {
  switch (mode) {
    case 'exact': return makeExact
    case 'copy': return makeCopy
    case 'smart': return makeSmart
  }
}

/** What did not become the clip that was asked for is encoded anew instead. */
async function makeExactInstead(plan: ClipPlan, tools: MakingTools, failed: { mode: WrittenMode, error: AppError }): Promise<MadeClip> {
  const { mode, error } = failed
  tools.log.warn(`Export of "${plan.video.title}": ${mode} did not pass its check, encoding anew.`, error)
  const made = await makeExact(plan, tools)
  const why = `${mode === 'copy' ? 'Copying it' : 'Encoding only its edges'} did not give the right clip.`
  return { ...made, why, notes: [...made.notes, `Encoded anew. ${why} ${error.message}`] }
}

async function makeVideo(plan: ClipPlan, tools: MakingTools): Promise<MadeClip> {
  const { mode, why, notes } = await chooseMode(plan, tools, tools.signal)
  try {
    const made = await makerOf(mode)(plan, tools)
    return { ...made, why: made.why === '' ? why : made.why, notes: [...made.notes, ...notes] }
  } catch (error) {
    if (mode === 'exact' || !(error instanceof AppError) || error.code !== 'EXPORT_UNVERIFIED') throw error
    return makeExactInstead(plan, tools, { mode, error })
  }
}

function formatMaker({ choices: { format } }: MakingTools): MakeClip {
  switch (format) {
    case 'video': return makeVideo
    case 'gif':
    case 'webp': return makeAnimation(format)
    case 'frame': return makeFrame
    case 'audio': return makeAudio
  }
}

/** Makes the clip as the choices say, verified and without a name yet. Where copying or smart cutting fails its check, the clip is encoded anew and says so. */
export const makeClip: MakeClip = async (plan, tools) => formatMaker(tools)(plan, tools)

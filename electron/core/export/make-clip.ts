import { AppError } from '../errors.ts'
import type { MadeClip, MakeClip, MakingTools } from './clip-making.ts'
import { makeExact } from './exact/make-exact.ts'
import { chooseMode } from './modes/choose-mode.ts'
import type { ClipPlan } from './plan.ts'

async function makeVideo(plan: ClipPlan, tools: MakingTools): Promise<MadeClip> {
  const { mode, why } = await chooseMode(plan, tools, tools.signal)
  switch (mode) {
    case 'exact': return { ...await makeExact(plan, tools), why }
    case 'copy':
    case 'smart': throw new AppError('USAGE', { message: `The mode "${mode}" comes later.`, hint: 'Use --mode exact.' })
  }
}

/** Makes the clip as the choices say, verified and without a name yet. */
export const makeClip: MakeClip = async (plan, tools) => {
  switch (tools.choices.format) {
    case 'video': return makeVideo(plan, tools)
    case 'gif':
    case 'webp':
    case 'frame':
    case 'audio': throw new AppError('USAGE', { message: `"${tools.choices.format}" comes later.` })
  }
}

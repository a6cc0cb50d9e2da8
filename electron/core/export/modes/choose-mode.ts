import type { ExportChoices, Framing, WrittenMode } from '../../../contract/export-choices.ts'
import type { Shift } from '../../../contract/exports.ts'
import { AppError } from '../../errors.ts'
import type { ExportFfmpeg } from '../clip-making.ts'
import type { ClipPlan } from '../plan.ts'

export interface ChosenMode {
  mode: WrittenMode
  /** In words for a person. */
  why: string
  /** What copying would do; null where it can not be done. */
  copyShift: Shift | null
}

/** Looks at the source around the ends of the clip and chooses how it is made. Throws USAGE where the mode that is asked for can not be had, with why. */
export async function chooseMode(_plan: ClipPlan, { choices }: { choices: ExportChoices, framing: Framing, ffmpeg: ExportFfmpeg }, _signal: AbortSignal): Promise<ChosenMode> {
  if (choices.mode === 'copy' || choices.mode === 'smart') throw new AppError('USAGE', { message: `The mode "${choices.mode}" comes later.`, hint: 'Use --mode exact.' })
  return { mode: 'exact', why: 'encoded anew', copyShift: null }
}

import { rm } from 'node:fs/promises'
import { AppError } from '../../errors.ts'
import { shownSize } from '../../shown-size.ts'
import type { MadeClip, MakingTools } from '../clip-making.ts'
import type { ClipPlan } from '../plan.ts'
import { clipCaptions } from './clip-captions.ts'
import type { Cue } from './cues.ts'
import { sidecarLimits } from './reading-limits.ts'
import type { Sidecar } from './sidecars.ts'
import { captionDocument } from './sidecars.ts'

/** A clip, and the files that are to stand beside it. */
export interface CaptionedClip extends MadeClip { sidecars: Sidecar[] }

/** What is said in a file that was made, whatever it was made of; `size` is that of its picture. */
export interface SaidInFile { cues: readonly Cue[], language: string | null, size: { width: number, height: number } }

export const NOTHING_SAID = 'No captions: nothing is known to be said there.'

/**
 * Gives a finished clip the captions that were asked for beside or inside of it; burned ones are in its picture already. Where it throws, the clip is gone.
 */
export async function withCaptions(made: MadeClip, { cues, size }: SaidInFile, { choices }: MakingTools): Promise<CaptionedClip> {
  if (choices.captions === 'none' || choices.captions === 'burned' || choices.format === 'frame') return { ...made, sidecars: [] }
  if (cues.length === 0) return { ...made, sidecars: [], notes: [...made.notes, NOTHING_SAID] }
  try {
    switch (choices.captions) {
      case 'sidecar': return { ...made, sidecars: [captionDocument(cues, choices, size)] }
      case 'embedded': throw new AppError('USAGE', { message: 'Embedded captions come later.' })
    }
  } catch (error) {
    await rm(made.part, { force: true })
    throw error
  }
}

/** The same for a clip of one video: what is said between its in and out. */
export async function withOwnCaptions(made: MadeClip, plan: ClipPlan, tools: MakingTools): Promise<CaptionedClip> {
  const { facts } = plan.video
  const { start, end } = made
  const cues = tools.choices.captions === 'none' ? [] : clipCaptions(tools.clips, { videoId: facts.id, start, end }, sidecarLimits)
  return withCaptions(made, { cues, language: null, size: shownSize(facts.media.picture) }, tools)
}

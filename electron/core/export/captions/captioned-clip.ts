import { rm } from 'node:fs/promises'
import { AppError } from '../../errors.ts'
import { shownSize } from '../../shown-size.ts'
import type { MadeClip, MakingTools } from '../clip-making.ts'
import type { ClipPlan } from '../plan.ts'
import { clipCaptions, clipLanguage, NOTHING_SAID } from './clip-captions.ts'
import type { EmbeddingTools } from './embedded.ts'
import { embedCaptions, textContainer } from './embedded.ts'
import { sidecarLimits } from './reading-limits.ts'
import type { SaidInFile, Sidecar } from './sidecars.ts'
import { captionDocument } from './sidecars.ts'

/** A clip, and the files that are to stand beside it. */
export interface CaptionedClip extends MadeClip { sidecars: Sidecar[] }

/** Inside of the clip, or beside it where that can not be, with a note. */
async function inside(made: MadeClip, said: SaidInFile, tools: EmbeddingTools): Promise<CaptionedClip> {
  const beside = (why: string): CaptionedClip =>
    ({ ...made, sidecars: [captionDocument(said, tools.choices)], notes: [...made.notes, `The captions stand beside the clip: ${why}`] })
  const container = textContainer(made.extension)
  if (container === null) return beside(`a ${made.extension} file can not hold them.`)
  try {
    return { ...await embedCaptions(made, { said, container, tools }), sidecars: [] }
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'EXPORT_UNVERIFIED') throw error
    return beside(error.message)
  }
}

/**
 * Gives a finished clip the captions that were asked for beside or inside of it; burned ones are in its picture already. Where it throws, the clip is gone.
 */
export async function withCaptions(made: MadeClip, said: SaidInFile, tools: EmbeddingTools): Promise<CaptionedClip> {
  const { captions, format } = tools.choices
  if (captions === 'none' || captions === 'burned' || format === 'frame') return { ...made, sidecars: [] }
  if (said.cues.length === 0) return { ...made, sidecars: [], notes: [...made.notes, NOTHING_SAID] }
  try {
    return captions === 'embedded' ? await inside(made, said, tools) : { ...made, sidecars: [captionDocument(said, tools.choices)] }
  } catch (error) {
    await rm(made.part, { force: true })
    throw error
  }
}

/** The same for a clip of one video: what is said between its in and out. */
export async function withOwnCaptions(made: MadeClip, plan: ClipPlan, tools: MakingTools): Promise<CaptionedClip> {
  if (tools.choices.captions === 'none') return { ...made, sidecars: [] }
  const { facts } = plan.video
  const span = { videoId: facts.id, start: made.start, end: made.end }
  const said = { cues: clipCaptions(tools.clips, span, sidecarLimits), language: clipLanguage(tools.clips, span), size: shownSize(facts.media.picture) }
  return withCaptions(made, said, tools)
}

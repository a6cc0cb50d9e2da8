import { rm } from 'node:fs/promises'
import { AppError } from '../../errors.ts'
import type { MadeClip, MakingTools } from '../clip-making.ts'
import { framedSize } from '../framing/framed-size.ts'
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

/** What a player lays the captions out on: a copy keeps its shape, the others are as they were framed. */
async function sizeOf({ mode }: MadeClip, { video: { facts }, startPts, endPts }: ClipPlan, { framing, ffmpeg, signal }: MakingTools): Promise<SaidInFile['size']> {
  return framedSize(mode === 'exact' ? framing : { how: 'whole' }, { video: facts, startPts, endPts }, { ffmpeg, signal })
}

async function saidInOwn(made: MadeClip, plan: ClipPlan, tools: MakingTools): Promise<SaidInFile> {
  const span = { videoId: plan.video.facts.id, start: made.start, end: made.end }
  return { cues: clipCaptions(tools.clips, span, sidecarLimits), language: clipLanguage(tools.clips, span), size: await sizeOf(made, plan, tools) }
}

/** The same for a clip of one video: what is said between its in and out. */
export async function withOwnCaptions(made: MadeClip, plan: ClipPlan, tools: MakingTools): Promise<CaptionedClip> {
  const { captions } = tools.choices
  if (captions === 'none' || captions === 'burned') return { ...made, sidecars: [] }
  try {
    return await withCaptions(made, await saidInOwn(made, plan, tools), tools)
  } catch (error) {
    await rm(made.part, { force: true })
    throw error
  }
}

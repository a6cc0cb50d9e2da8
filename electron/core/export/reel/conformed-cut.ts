import { AppError } from '../../errors.ts'
import type { CutJob } from '../../ports.ts'
import type { ConformTo } from '../../reel-ports.ts'
import type { MakingTools } from '../clip-making.ts'
import { firstDifferentTrace } from '../traces.ts'

export interface ConformedJob extends CutJob { conform: ConformTo }

function unverified(wrong: string): AppError {
  return new AppError('EXPORT_UNVERIFIED', { message: `What was cut is not what was asked for: ${wrong}.`, hint: 'Please report it; another in or out may work.' })
}

interface ExpectedPart { frames: number, expected: Uint8Array | null }

/** Decodes a part to its end and gives the traces of its pictures. Throws EXPORT_UNVERIFIED when there are more or fewer of them, or others than expected. */
export async function checkedTraces(path: string, { frames, expected }: ExpectedPart, { ffmpeg, choices, signal }: MakingTools): Promise<Uint8Array> {
  const media = await ffmpeg.probe(path, signal)
  const { pts, traces, errors } = await ffmpeg.decodeAll({ video: { path, media }, span: null, picturesAt: [], withSound: false }, signal)
  if (errors.length > 0) throw unverified(`it does not play to its end (${errors[0] ?? ''})`)
  if (pts.length !== frames) throw unverified(`it has ${String(pts.length)} pictures and should have ${String(frames)}`)
  const different = expected === null ? null : firstDifferentTrace(traces, expected, choices.encoding.crf)
  if (different !== null) throw unverified(`its picture ${String(different + 1)} is another one`)
  return traces
}

/**
 * Cuts a clip that is brought to a size and a rate, and holds every picture against what went into the encoder. Gives their traces. Throws EXPORT_UNVERIFIED and what
 * cutting throws.
 */
export async function cutConformed(job: ConformedJob, tools: MakingTools, onProgress: (share: number) => void): Promise<Uint8Array> {
  const { traces } = await tools.ffmpeg.cut(job, onProgress, tools.signal)
  return checkedTraces(job.target, { frames: job.conform.frames, expected: traces }, tools)
}

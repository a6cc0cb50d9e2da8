import { rm, stat } from 'node:fs/promises'
import { AppError } from '../../errors.ts'
import { ptsToSeconds } from '../../facts.ts'
import type { CutJob, CutReport } from '../../ports.ts'
import type { MadeClip, MakingTools } from '../clip-making.ts'
import { checkSource, diskFull, estimatedBytes, flush, freeBytes, makePartOf } from '../disk.ts'
import type { ClipPlan } from '../plan.ts'
import { unverified, verifyClip } from '../verify.ts'
import { changedCut } from './changed-cut.ts'
import { expectedOf } from './exact-expected.ts'
import { surveyPackets } from './packet-survey.ts'
import type { SurveyedSpan } from './span.ts'
import type { Survey } from './survey.ts'
import { cutOf, edgesOf, surveySource } from './survey.ts'

/** Share of a clip's time that is over when the cut is: measured 2026-11-21 on 720p, 8 s clips. */
const AFTER_CUT = 0.88

/** What is cut, and what of the source it is. */
interface Cut { job: Omit<CutJob, 'target'>, span: SurveyedSpan }

interface Making { plan: ClipPlan, tools: MakingTools, part: string }

/** Says how much is missing: what is written so far gives a better guess than any made before. */
async function withBytesNeeded(error: unknown, { folder, part, cut, progress }: { folder: string, part: string, cut: Cut, progress: number }): Promise<unknown> {
  if (!(error instanceof AppError) || error.code !== 'DISK_FULL') return error
  const written = await stat(part).then(({ size }) => size, () => 0)
  const needed = Math.max(estimatedBytes({ ...cut.span, job: cut.job }), progress > 0.01 ? Math.ceil(written / progress) : 0, written)
  return diskFull(folder, { needed, free: await freeBytes(folder) + written }, error)
}

async function cutInto(cut: Cut, { part, tools: { ffmpeg, folder, signal, progress } }: Making): Promise<CutReport> {
  const of = cut.span.pts.length
  let done = 0
  try {
    return await ffmpeg.cut({ ...cut.job, target: part }, (share, frames) => {
      done = share
      progress(Math.min(1, frames / of) * AFTER_CUT, { done: frames, of })
    }, signal)
  } catch (error) {
    throw await withBytesNeeded(error, { folder, part, cut, progress: done })
  }
}

const isSame = (one: readonly number[], other: readonly number[]): boolean => one.length === other.length && one.every((pts, index) => pts === other[index])

function isSameSpan(one: SurveyedSpan, other: SurveyedSpan): boolean {
  return isSame([one.startPts, one.endPts, one.firstPts, one.lastPts], [other.startPts, other.endPts, other.firstPts, other.lastPts])
}

interface Done { cut: Cut, report: CutReport, isOfSource: boolean }

/** Where the list of packets was wrong, what was decoded has the last word. */
async function agreed({ cut, report }: Pick<Done, 'cut' | 'report'>, making: Making): Promise<Done> {
  if (isSame(report.pts, cut.span.pts)) return { cut, report, isOfSource: true }
  const { plan, tools } = making
  const survey = await surveySource(tools.ffmpeg, { plan, choices: tools.choices }, tools.signal)
  if (isSameSpan(survey, cut.span)) return { cut: { ...cut, span: survey }, report, isOfSource: isSame(report.pts, survey.pts) }
  const again = { span: survey, job: { ...cut.job, ...timesOf(survey) } }
  const secondReport = await cutInto(again, making)
  return { cut: again, report: secondReport, isOfSource: isSame(secondReport.pts, survey.pts) }
}

function timesOf({ job: { startPts, endPts, firstPts, lastPts, around } }: Survey): Pick<CutJob, 'startPts' | 'endPts' | 'firstPts' | 'lastPts' | 'around'> {
  return { startPts, endPts, firstPts, lastPts, ...around === undefined ? {} : { around } }
}

function hardwareNotes({ encoding }: CutJob | Omit<CutJob, 'target'>, { encoder }: CutReport): string[] {
  if (!encoding.hardware) return []
  return [encoder === 'libx264' ? 'No graphics card here can encode H.264 (tried): the processor did.' : `Encoded by the graphics card (${encoder}).`]
}

async function makeInto(cut: Cut, making: Making): Promise<Omit<MadeClip, 'part' | 'notes'> & { report: CutReport }> {
  const { plan, tools, part } = making
  const done = await agreed({ cut, report: await cutInto(cut, making) }, making)
  const edges = edgesOf(done.report.pictures)
  if (!done.isOfSource || edges === null) throw unverified('its pictures are not those that the source has there')
  const { span, job } = done.cut
  const expected = expectedOf(job, span, { ...edges, traces: done.report.traces, soundPeak: done.report.soundPeak })
  const { verification, durationSeconds } = await verifyClip(tools.ffmpeg, { path: part, expected }, tools.signal)
  await checkSource(plan.video)
  await flush(part)
  tools.signal.throwIfAborted()
  const { picture } = plan.video.facts.media
  return {
    extension: '.mp4', mode: 'exact', why: '', start: ptsToSeconds(picture, span.startPts), end: ptsToSeconds(picture, span.endPts),
    durationSeconds, verified: verification, report: done.report,
  }
}

/** What a graphics card made wrong, or not at all, the processor makes. */
async function madeWithAnyEncoder(cut: Cut, making: Making): Promise<Omit<MadeClip, 'part'>> {
  try {
    const { report, ...made } = await makeInto(cut, making)
    return { ...made, notes: hardwareNotes(cut.job, report) }
  } catch (error) {
    const isOfEncoder = error instanceof AppError && (error.code === 'EXPORT_UNVERIFIED' || error.code === 'DECODE_FAILED')
    if (!cut.job.encoding.hardware || !isOfEncoder) throw error
    making.tools.log.warn('A clip that a graphics card encoded did not pass its check.', error)
    const { report: _, ...made } = await makeInto({ ...cut, job: { ...cut.job, encoding: { ...cut.job.encoding, hardware: false } } }, making)
    return { ...made, notes: [`What the graphics card encoded did not pass its check (${error.message}): the processor did it.`] }
  }
}

async function surveyed(plan: ClipPlan, tools: MakingTools): Promise<Cut> {
  const listed = await surveyPackets(tools.ffmpeg, plan, tools.signal)
  if (listed !== null) return { span: listed, job: cutOf(plan, listed, tools.choices) }
  const survey = await surveySource(tools.ffmpeg, { plan, choices: tools.choices }, tools.signal)
  return { span: survey, job: survey.job }
}

/** Encodes the clip anew, right to the picture. Throws EXPORT_UNVERIFIED, DISK_FULL, CHANGED and what cutting throws. */
export async function makeExact(plan: ClipPlan, tools: MakingTools): Promise<MadeClip> {
  const { span, job: plain } = await surveyed(plan, tools)
  await using changed = await changedCut(plain, plan, tools)
  const part = await makePartOf(tools.folder, estimatedBytes({ ...span, job: changed.job }))
  try {
    const { notes, ...made } = await madeWithAnyEncoder({ span, job: changed.job }, { plan, tools, part })
    return { part, ...made, notes: [...plan.notes, ...changed.notes, ...notes] }
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
}

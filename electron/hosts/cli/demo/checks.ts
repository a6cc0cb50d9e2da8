import path from 'node:path'
import type { SceneId, VideoId } from '../../../contract/ids.ts'
import type { SearchHit } from '../../../contract/search.ts'
import type { Shot } from '../../../contract/videos.ts'
import { AppError } from '../../../core/errors.ts'
import type { DemoVideo } from '../../../../native/ffmpeg/demo-video.ts'
import { printable, timeText } from '../output/text.ts'
import type { Session } from '../session.ts'

const TOLERANCE_SECONDS = 0.1

function demand(isRight: boolean, what: string): void {
  if (!isRight) throw new AppError('INTERNAL', { message: `The demo got a wrong answer: ${what}.`, hint: 'Run "scenedex doctor".' })
}

function isNear(left: number, right: number): boolean {
  return Math.abs(left - right) <= TOLERANCE_SECONDS
}

function checkShots(truth: DemoVideo, shots: Shot[]): string {
  const hardCuts = shots.filter(({ transition }) => transition === 'cut').map(({ start }) => start)
  for (const cut of truth.cuts) demand(hardCuts.some((at) => isNear(at, cut)), `no cut at ${timeText(cut)}`)
  for (const { kind, start, end } of truth.gradual) {
    const isFound = shots.some((shot) => shot.transition === kind && shot.start >= start - TOLERANCE_SECONDS && shot.start <= end + TOLERANCE_SECONDS)
    demand(isFound, `no ${kind} at ${timeText(start)}`)
  }
  const expected = truth.cuts.length + truth.gradual.length + 1
  demand(shots.length === expected, `${shots.length} shots instead of ${expected}`)
  return `${shots.length} shots: every cut, dissolve and fade where it was made, and no other`
}

/** Imports the video and checks its shots. */
export async function checkImport(session: Session, file: string, truth: DemoVideo): Promise<{ result: string, video: VideoId }> {
  const { client, signal } = session
  const report = await client.call('library.import', { paths: [file] }, signal)
  const video = report.added[0]?.id
  if (video === undefined) throw new AppError('INTERNAL', { message: `The demo video was not taken: ${report.refused[0]?.message ?? 'no reason given'}` })
  await client.call('jobs.idle', { videos: [video] }, signal)
  const { shots, video: { state, error } } = await client.call('library.scenes', { video }, signal)
  demand(state === 'ready', `the video is ${state} ${error?.message ?? ''}`)
  return { result: checkShots(truth, shots), video }
}

/** Searches for a line that is said at a known time. */
export async function checkFound(session: Session, query: string, cue: DemoVideo['cues'][number]): Promise<{ result: string, hit: SearchHit }> {
  const { hits: [best] } = await session.client.call('search.query', { query }, session.signal)
  if (best === undefined) throw new AppError('INTERNAL', { message: `The demo found nothing for ${query}.` })
  demand(best.start < cue.end && cue.start < best.end, `${query} was found at ${timeText(best.start)}`)
  const said = best.reasons.find(({ kind }) => kind === 'said') ?? { at: null, text: '' }
  const at = said.at ?? Number.NaN
  demand(at >= cue.start && at <= cue.end, `${query} is said at ${timeText(cue.start)}`)
  return { result: `at ${timeText(at)} in scene ${best.sceneId}, because of: ${printable(said.text)}`, hit: best }
}

/** Searches for what is not there: the right answer is that nothing is good. */
export async function checkNothing(session: Session, query: string): Promise<{ result: string }> {
  const { hits, nothingGood } = await session.client.call('search.query', { query }, session.signal)
  demand(nothingGood && hits.length === 0, `something was found for ${query}`)
  return { result: 'nothing good found, as it should be' }
}

/** Exports a scene; the export itself refuses what it could not verify. */
export async function checkExport(session: Session, sceneId: SceneId, outFolder: string): Promise<{ result: string }> {
  const { files: [file], failed } = await session.client.call('export.clips', { clips: [{ kind: 'scene', sceneId }], outFolder }, session.signal)
  if (file === undefined) throw new AppError('EXPORT_UNVERIFIED', { message: failed[0]?.error.message ?? 'The demo exported nothing.' })
  const { frames, expectedFrames, firstFrameMatches, lastFrameMatches, decodedToTheEnd } = file.verified
  demand(frames === expectedFrames && firstFrameMatches && lastFrameMatches && decodedToTheEnd, 'the clip is not what was asked for')
  return { result: `${path.basename(file.path)}, ${frames} pictures, first and last as in the source, plays to the end` }
}

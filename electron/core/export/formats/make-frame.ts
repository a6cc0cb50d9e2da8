import { AppError } from '../../errors.ts'
import { ptsToSeconds } from '../../facts.ts'
import type { CutJob } from '../../ports.ts'
import type { MakeClip } from '../clip-making.ts'
import { checkSource, flush } from '../disk.ts'
import { edgesOf } from '../exact/survey.ts'
import { framedSize } from '../framing/framed-size.ts'
import { PassingFiles } from '../reel/passing-files.ts'
import { showsExpected } from '../small-pictures.ts'
import { surveyedCut } from './surveyed-cut.ts'

/** The first picture of a clip and nothing else; it neither comes nor goes. */
function onlyFirst(job: Omit<CutJob, 'target'>, pts: readonly number[]): Omit<CutJob, 'target'> {
  const next = pts.find((each) => each > Math.max(job.firstPts, job.startPts)) ?? job.endPts
  return {
    ...job, endPts: next, lastPts: job.firstPts, fades: { inSeconds: 0, outSeconds: 0 }, gain: null, encoding: { crf: 2, preset: 'ultrafast', hardware: false },
    around: { fromPts: job.around?.fromPts ?? job.firstPts, toPts: next + 1 },
  }
}

/** The first picture of the clip as PNG: whole, upright, in SDR, framed and written on. Throws EXPORT_UNVERIFIED, DECODE_FAILED, DISK_FULL. */
export const makeFrame: MakeClip = async (plan, tools) => {
  const { ffmpeg, pictures, framing, signal, progress } = tools
  await using files = new PassingFiles(tools.folder)
  await using cut = await surveyedCut(plan, { ...tools, choices: { ...tools.choices, loudness: null } }, async () => null)
  progress(0.4)
  const job = onlyFirst(cut.job, cut.survey.pts)
  const [target, clip] = [await files.make(), await files.make()]
  const { around: _, ...alone } = job
  await ffmpeg.firstPicture({ ...alone, target }, signal)
  // What an exact clip of this picture would show: the same filters, another way to the file.
  const report = await ffmpeg.cut({ ...job, target: clip }, () => undefined, signal)
  const expected = edgesOf(report.pictures)?.first
  const [shown, size] = [await pictures.shownInFile(target), await framedSize(framing, job, { ffmpeg, signal })]
  const isRight = expected !== undefined && report.pts[0] === job.firstPts && showsExpected(shown.first, expected)
  if (!isRight || shown.width !== size.width || shown.height !== size.height) {
    throw new AppError('EXPORT_UNVERIFIED', { message: 'The picture was made but is not the one asked for, and was thrown away.', hint: 'Please report it; the picture beside it may work.' })
  }
  await checkSource(plan.video)
  await flush(target)
  signal.throwIfAborted()
  progress(1, { done: 1, of: 1 })
  return {
    part: files.keep(target), extension: '.png', mode: 'exact', why: 'one picture, as it is shown', start: cut.start, end: ptsToSeconds(plan.video.facts.media.picture, job.endPts),
    durationSeconds: 0, notes: cut.notes,
    verified: {
      frames: 1, expectedFrames: 1, firstFrameMatches: true, lastFrameMatches: true, decodedToTheEnd: true, audioOffset: null,
      checks: ['picture compared with the source and with those beside it', `${String(size.width)}x${String(size.height)}`],
    },
  }
}

import type { PictureStream } from '../../electron/core/facts.ts'
import type { CutJob } from '../../electron/core/ports.ts'
import { shownSize } from '../../electron/core/shown-size.ts'
import { clipRate, clipSeconds, clipTicks, fadeSeconds } from './clip-clock.ts'
import type { OutputColour } from './output-colour.ts'
import { isRgb, outputColour } from './output-colour.ts'
import { captionFilters } from './picture-changes/burned-captions.ts'
import { conformFilters } from './picture-changes/conform.ts'
import { framingFilters } from './picture-changes/framing.ts'
import { isTurnedAside, sdrFilters, uprightFilters } from './shown-picture.ts'
import { SMALL_PICTURE } from './small-picture.ts'

/** Filters to square pixels and even sizes (`shownSize`). An odd size gets its last line repeated, not a black one. */
function sizeFilters(picture: PictureStream): string[] {
  const aside = isTurnedAside(picture)
  const [width, height] = aside ? [picture.height, picture.width] : [picture.width, picture.height]
  const shown = shownSize(picture)
  const [right, bottom] = [shown.width - width, shown.height - height]
  if (right + bottom === 0) return ['setsar=1']
  if (right > 1 || bottom > 1) return [`scale=${shown.width}:${shown.height}:flags=lanczos+accurate_rnd`, 'setsar=1']
  return [
    'scale=flags=accurate_rnd+full_chroma_int', 'format=yuv444p',
    `pad=${shown.width}:${shown.height}:0:0`, `fillborders=right=${right}:bottom=${bottom}:mode=smear`, 'setsar=1',
  ]
}

/** Of a clip as its source is, of a part of a reel as the reel is. */
export function colourOf({ conform, video }: CutJob): OutputColour {
  return conform === null ? outputColour(video.media.picture) : { range: 'tv', matrix: 'bt709', transfer: 'bt709', primaries: 'bt709' }
}

/** The pictures that go through the filters, in pts: those of the clip, and those beside it that are looked at only. */
export function filteredSpan({ around, conform, firstPts, endPts }: CutJob): { fromPts: number, toPts: number } {
  if (around === undefined || conform !== null) return { fromPts: firstPts, toPts: endPts }
  return { fromPts: Math.min(firstPts, around.fromPts), toPts: Math.max(endPts, around.toPts) }
}

/** From the beginning of the clip. A first picture that is on screen since before it begins with it; those before that one come before 0. */
function clipTimes(job: CutJob): string {
  const start = clipTicks(job, job.startPts)
  return `setpts=if(lt(PTS\\,${clipTicks(job, job.firstPts)})\\,PTS-${start}\\,max(PTS\\,${start})-${start})`
}

/** The picture beside the clip comes before 0, which the filter takes for the end of all fading: it is let by. */
function fadeFilters(job: CutJob): string[] {
  const fades = fadeSeconds(job)
  const inside = 'enable=gte(t\\,0)'
  return [
    ...fades.in > 0 ? [`fade=t=in:st=0:d=${fades.in.toFixed(6)}:${inside}`] : [],
    ...fades.out > 0 ? [`fade=t=out:st=${(clipSeconds(job) - fades.out).toFixed(6)}:d=${fades.out.toFixed(6)}:${inside}`] : [],
  ]
}

/** A small copy of each picture as the encoder gets it: what the clip is held against. It has the colours that the clip will be marked with. */
function seenFilters({ range, matrix }: OutputColour): string[] {
  return [
    `setparams=range=${range}${matrix === null ? '' : `:colorspace=${matrix}`}`,
    `scale=${SMALL_PICTURE.width}:${SMALL_PICTURE.height}:flags=area+accurate_rnd+full_chroma_int`, 'format=rgb24', 'settb=1/1000', 'setpts=N',
  ]
}

/** From the source to the picture as it is to be shown, before it is made ready for an encoder. */
export function changedPicture(job: CutJob): string[] {
  const { picture } = job.video.media
  const { fromPts, toPts } = filteredSpan(job)
  return [
    `[0:${picture.index}]showinfo@source=checksum=0`,
    `settb=${picture.timeBase.num}/${picture.timeBase.den}`,
    `trim=start_pts=${fromPts}:end_pts=${toPts}`,
    `settb=1/${clipRate(picture)}`,
    clipTimes(job),
    ...uprightFilters(picture),
    ...sdrFilters(picture),
    ...sizeFilters(picture),
    ...framingFilters(job.changes.framing, (pts) => Math.max(0, clipTicks(job, pts) - clipTicks(job, job.startPts)) / clipRate(picture)),
    ...conformFilters(job.conform, { picture, ticksASecond: clipRate(picture) }),
    ...captionFilters(job.changes.captions),
  ]
}

/** `[picture]` for the encoder and `[seen]` for the check. `upload`: filters that bring a picture to where the encoder has it. */
export function pictureGraph(job: CutJob, upload: readonly string[]): string {
  const { picture } = job.video.media
  const colour = colourOf(job)
  const range = colour.range === 'pc' ? 'full' : 'limited'
  const changed = [
    ...changedPicture(job),
    `scale=out_range=${range}${isRgb(picture) ? ':out_color_matrix=bt709' : ''}:flags=bicubic+accurate_rnd`,
    `format=${colour.range === 'pc' ? 'yuvj420p' : 'yuv420p'}`,
    ...fadeFilters(job),
    'sidedata=mode=delete:type=DISPLAYMATRIX',
    'split[whole][fed]',
  ].join(',')
  const own = job.conform === null ? [`trim=start_pts=0:end_pts=${clipTicks(job, job.endPts) - clipTicks(job, job.startPts)}`] : []
  return `${changed};[whole]${[...own, ...upload, 'null'].join(',')}[picture];[fed]${seenFilters(colour).join(',')}[seen]`
}

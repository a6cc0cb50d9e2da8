import type { PictureStream } from '../../facts.ts'
import type { CutJob } from '../../ports.ts'
import { shownSize } from '../../shown-size.ts'
import type { Expected, ExpectedLook } from '../expected.ts'
import { USUAL_LENGTH_TOLERANCE_SECONDS } from '../expected.ts'
import type { SurveyedSpan } from './span.ts'
import type { Shown } from './survey.ts'

/** Sound and picture both begin at 0: what is more is not rounding. Less than a frame of anything but slow motion. */
const OFFSET_TOLERANCE_SECONDS = 0.005

const BT709 = { range: 'tv', matrix: 'bt709', transfer: 'bt709', primaries: 'bt709' }

function isRgb({ colour, pixelFormat }: PictureStream): boolean {
  return colour.matrix === 'gbr' || /^(gbr|rgb|bgr|argb|abgr|0rgb|0bgr|pal8)/.test(pixelFormat ?? '')
}

function isFullRange({ colour, pixelFormat }: PictureStream): boolean {
  return colour.range === 'pc' || (pixelFormat?.startsWith('yuvj') ?? false)
}

/** HDR and RGB become BT.709; all else keeps its colours. */
function colourOf(picture: PictureStream): PictureStream['colour'] {
  switch (picture.dynamicRange) {
    case 'hdr10':
    case 'hlg': return BT709
    // It may be any of them underneath.
    case 'dolby-vision': return { range: 'tv', matrix: null, transfer: null, primaries: null }
    case 'sdr': return isRgb(picture) ? BT709 : { ...picture.colour, range: isFullRange(picture) ? 'pc' : 'tv' }
  }
}

function lookOf({ video, changes }: Pick<CutJob, 'video' | 'changes'>): ExpectedLook {
  const { picture } = video.media
  const { width, height } = changes.framing ?? shownSize(picture)
  return { codec: 'h264', width, height, rotationDegrees: 0, isMirrored: false, sampleAspect: { num: 1, den: 1 }, colour: colourOf(picture), dynamicRange: 'sdr' }
}

/** What a clip that was encoded anew has to be: `shown` is what was handed to the encoder, or what the source shows. */
export function expectedOf(job: Omit<CutJob, 'target'>, { timesSeconds, durationSeconds }: Pick<SurveyedSpan, 'timesSeconds' | 'durationSeconds'>, shown: Shown): Expected {
  const { sounds, chosenSound } = job.video.media
  const hasSound = sounds.some((sound) => sound.index === chosenSound && sound.isDecodable)
  const louder = job.gain === null ? 1 : 10 ** (job.gain.decibels / 20)
  return {
    timesSeconds, durationSeconds, crf: job.encoding.crf, lengthToleranceSeconds: USUAL_LENGTH_TOLERANCE_SECONDS,
    first: shown.first, last: shown.last, more: [], traces: shown.traces,
    sound: hasSound ? { offsetSeconds: 0, offsetToleranceSeconds: OFFSET_TOLERANCE_SECONDS, peak: shown.soundPeak === null ? null : Math.min(1, shown.soundPeak * louder) } : null,
    look: lookOf(job), container: 'mp4',
  }
}

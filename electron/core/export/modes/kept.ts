import type { MediaFacts } from '../../facts.ts'
import type { ClipContainer, DecodedFile, Ffmpeg, PictureAt, SmallPicture } from '../../ports.ts'
import { EDGES } from '../../ports.ts'
import type { SurveyedSpan } from '../exact/span.ts'
import type { Expected, ExpectedLook, ExpectedSound } from '../expected.ts'
import type { ClipPlan } from '../plan.ts'
import type { ExpectedPicture } from '../small-pictures.ts'
import { unverified } from '../verify.ts'
import type { HeardSound } from './heard.ts'

/** Half a block of the codecs with the longest ones (AAC at 16 kHz, HE-AAC, AC-3: 32 to 46 ms), and where an edit list makes up for it nothing at all. */
const BLOCK_TOLERANCE_SECONDS = 0.035
/** Sound that is encoded anew begins with the picture. */
const EXACT_TOLERANCE_SECONDS = 0.005
/** Blocks of sound at the end, and a picture of a slow rate that Matroska gives a length to. */
const LENGTH_TOLERANCE_SECONDS = 0.07

/** Pictures are not touched: all that the source says of them has to be in the clip. */
function keptLook({ codec, width, height, rotationDegrees, isMirrored, sampleAspect, colour, dynamicRange }: MediaFacts['picture']): ExpectedLook {
  return { codec, width, height, rotationDegrees, isMirrored, sampleAspect, colour, dynamicRange }
}

type Seen = SmallPicture | null
type EdgesDecoded = [before: Seen, first: Seen, second: Seen, lastButOne: Seen, last: Seen, after: Seen]

function edges({ pictures }: DecodedFile): EdgesDecoded {
  const [before = null, first = null, second = null, lastButOne = null, last = null, after = null] = pictures
  return [before, first, second, lastButOne, last, after]
}

function expect(picture: SmallPicture | null, beside: (SmallPicture | null)[]): ExpectedPicture {
  if (picture === null) throw unverified('a picture of the source could not be decoded to compare it')
  return { picture, neighbours: beside.filter((other) => other !== null).filter(({ pts }) => pts !== picture.pts) }
}

interface Look { ffmpeg: Pick<Ffmpeg, 'decodeAll'>, plan: ClipPlan, signal: AbortSignal }

async function decodeEdges({ ffmpeg, plan, signal }: Look, fromPts: number, lastPts: number): Promise<EdgesDecoded> {
  return edges(await ffmpeg.decodeAll({ video: plan.video.facts, span: { startPts: fromPts, endPts: lastPts + 1 }, picturesAt: EDGES, withSound: false }, signal))
}

/** Where encoded pictures end or begin: the pts of the first ones that are copied, and of the first behind the copied ones; null where there are none. */
export interface Joints { splicePts: number | null, tailPts: number | null, headPictures: number, tailPictures: number }

export const NO_JOINTS: Joints = { splicePts: null, tailPts: null, headPictures: 0, tailPictures: 0 }

type ExpectedPictures = Pick<Expected, 'first' | 'last' | 'more'>

/** Decodes the source around the ends of the clip, and around the joints, and nothing else of it. */
async function expectedPictures(look: Look, { firstPts, lastPts }: SurveyedSpan, { splicePts, tailPts, headPictures, tailPictures }: Joints): Promise<ExpectedPictures> {
  const [before, first, second, lastCopied, splice, behind] = await decodeEdges(look, firstPts, splicePts ?? firstPts)
  const [beforeTail, tail, secondOfTail, lastButOne, last, after] = await decodeEdges(look, tailPts ?? lastPts, lastPts)
  const at = (edge: PictureAt['edge'], offset: number): PictureAt => ({ edge, offset })
  return {
    first: expect(first, [before, splicePts === null ? behind : second]),
    last: expect(last, [tailPts === null ? beforeTail : lastButOne, after]),
    more: [
      ...splicePts === null ? [] : [
        { at: at('first', headPictures - 1), expected: expect(lastCopied ?? first, [splice]) },
        { at: at('first', headPictures), expected: expect(splice, [lastCopied, behind]) },
      ],
      ...tailPts === null ? [] : [
        { at: at('last', -tailPictures), expected: expect(beforeTail, [tail]) },
        { at: at('last', 1 - tailPictures), expected: expect(tail, [beforeTail, tailPictures === 1 ? after : secondOfTail]) },
      ],
    ],
  }
}

/** Half a block beside the beginning is at the beginning; what begins later does so in the source as well. */
function expectedSound(heard: HeardSound | null): ExpectedSound | null {
  if (heard === null) return null
  if (heard.sound.how === 'encode') return { offsetSeconds: 0, offsetToleranceSeconds: EXACT_TOLERANCE_SECONDS, peak: null }
  return { offsetSeconds: Math.abs(heard.offsetSeconds) <= BLOCK_TOLERANCE_SECONDS ? 0 : heard.offsetSeconds, offsetToleranceSeconds: BLOCK_TOLERANCE_SECONDS, peak: null }
}

export interface KeptClip { span: SurveyedSpan, joints: Joints, heard: HeardSound | null, container: ClipContainer }

/** What a clip has to be whose pictures were copied, all of them or all but the edges. */
export async function expectedOfKept(look: Look, { span, joints, heard, container }: KeptClip): Promise<Expected> {
  const { timesSeconds, durationSeconds } = span
  return {
    timesSeconds, durationSeconds, lengthToleranceSeconds: LENGTH_TOLERANCE_SECONDS, ...await expectedPictures(look, span, joints), traces: null,
    sound: expectedSound(heard), look: keptLook(look.plan.video.facts.media.picture), container,
  }
}

import type { Framing } from '../../../contract/export-choices.ts'
import type { VideoFacts } from '../../facts.ts'
import type { Ffmpeg, PlannedFraming } from '../../ports.ts'
import { shownSize } from '../../shown-size.ts'
import { followPath } from './follow.ts'
import type { Size } from './framing-sizes.ts'
import { cornerAround, hasShape, planFit, planSplit, windowOf } from './framing-sizes.ts'
import type { Axis } from './salience.ts'
import type { BoxTrack } from './tracked-boxes.ts'

export interface FramedClip {
  video: VideoFacts
  startPts: number
  endPts: number
  /** pts at which shots of the video begin; those outside of the clip do not matter. */
  shotStarts: readonly number[]
  /** What must not be cut through. */
  tracks?: readonly BoxTrack[]
}

type Fill = Extract<Framing, { how: 'fill' }>

/** Hundredths of a pixel: finer than any picture shows. */
const fine = (pixels: number): number => Math.round(pixels * 100) / 100

interface Followed { clip: FramedClip, picture: Size, window: Size, ffmpeg: Pick<Ffmpeg, 'scan'> }

async function followed({ clip, picture, window, ffmpeg }: Followed, signal: AbortSignal): Promise<PlannedFraming> {
  const axis: Axis = picture.width - window.width > picture.height - window.height ? 'x' : 'y'
  const share = axis === 'x' ? window.width / picture.width : window.height / picture.height
  const { video, startPts, endPts, shotStarts, tracks = [] } = clip
  const corners = await followPath({ video, startPts, endPts, shotStarts, window: { axis, share, tracks } }, ffmpeg, signal)
  const isStill = corners.every(({ at }) => at === corners[0]?.at)
  const path = corners.map(({ pts, at }) => {
    const point = axis === 'x' ? { x: at * picture.width, y: 0 } : { x: 0, y: at * picture.height }
    const even = cornerAround(picture, window, { x: (point.x + window.width / 2) / picture.width, y: (point.y + window.height / 2) / picture.height })
    return { pts, ...isStill ? even : { x: fine(point.x), y: fine(point.y) } }
  })
  const middle = { pts: startPts, ...cornerAround(picture, window, { x: 0.5, y: 0.5 }) }
  return { how: 'crop', ...window, window, path: isStill ? [path[0] ?? middle] : path }
}

async function planFill(framing: Fill, { clip, picture, ffmpeg }: Omit<Followed, 'window'>, signal: AbortSignal): Promise<PlannedFraming> {
  const window = windowOf(picture, framing.aspect)
  if (framing.around === 'follow') return followed({ clip, picture, window, ffmpeg }, signal)
  const point = framing.around === 'centre' ? { x: 0.5, y: 0.5 } : framing.around
  return { how: 'crop', ...window, window, path: [{ pts: clip.startPts, ...cornerAround(picture, window, point) }] }
}

/**
 * What is to be done to the pictures of a clip so that they are framed as was chosen: sizes even, nothing outside of the picture, nothing blown up without need. Null when
 * they stay as they are. Only `follow` looks at the video, in one decode of the clip. Throws what decoding throws.
 */
export async function planFraming(framing: Framing, clip: FramedClip, { ffmpeg, signal }: { ffmpeg: Pick<Ffmpeg, 'scan'>, signal: AbortSignal }): Promise<PlannedFraming | null> {
  const picture = shownSize(clip.video.media.picture)
  if (framing.how === 'whole') return null
  if (framing.how === 'split') return planSplit(picture, framing)
  if (hasShape(picture, framing.aspect)) return null
  return framing.how === 'fit' ? planFit(picture, framing) : planFill(framing, { clip, picture, ffmpeg }, signal)
}

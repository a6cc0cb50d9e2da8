import type { Encoding } from '../../../contract/export-choices.ts'
import type { VideoFacts } from '../../facts.ts'
import type { EdgeJob, Ffmpeg, StoredPacket } from '../../ports.ts'
import { unverified } from '../verify.ts'
import { asBroken } from './hevc-splice.ts'
import { isShown, mostReordered } from './packet-kind.ts'
import type { SmartPlan } from './smart-plan.ts'
import type { TrackFile } from './track-file.ts'
import { openTrackFile } from './track-file.ts'

export interface StitchTools {
  ffmpeg: Pick<Ffmpeg, 'encodeEdge' | 'packets'>
  encoding: Encoding
  signal: AbortSignal
  /** Share of the pictures that are in the file. */
  onPicture: (share: number) => void
}

export interface Stitch {
  video: VideoFacts
  smart: SmartPlan
  /** An empty file of the caller. */
  target: string
}

interface Edges { head: Promise<StoredPacket[]>, tail: Promise<StoredPacket[]> }

/** Both edges at once: each of them mostly waits for pictures to be decoded. */
function encodeEdges({ ffmpeg, encoding, signal }: StitchTools, { video, smart: { cut, h264 } }: Stitch): Edges {
  const edge = async (pictures: number, span: Pick<EdgeJob, 'firstPts' | 'endPts'>): Promise<StoredPacket[]> => pictures === 0 ? [] : ffmpeg.encodeEdge({ video, ...span, encoding, h264 }, signal)
  return {
    head: edge(cut.headPictures, { firstPts: cut.firstPts, endPts: cut.splicePts }),
    tail: edge(cut.tailPictures, { firstPts: cut.tailPts ?? cut.endPts, endPts: cut.lastPts + 1 }),
  }
}

async function addEdge(file: TrackFile, packets: StoredPacket[], pictures: number): Promise<void> {
  if (packets.length !== pictures || (packets[0]?.isKey ?? true) === false) throw unverified(`an edge of it has ${packets.length} pictures and should have ${pictures}`)
  for (const packet of packets) {
    if (packet.pts === null) throw unverified('a picture of its edges has no time')
    await file.add({ ...packet, pts: packet.pts })
  }
}

/** Copies what is between the edges; gives the pts of every picture of the clip, as the source has them. */
async function addMiddle(file: TrackFile, { ffmpeg, signal, onPicture }: StitchTools, { video, smart: { cut } }: Stitch): Promise<number[]> {
  const { codec } = video.media.picture
  const { firstPts, splicePts, lastPts } = cut
  const stopPts = cut.tailPts ?? Infinity
  const shown: number[] = []
  let isInside = false
  let behind = 0
  for await (const packet of ffmpeg.packets({ video, fromPts: firstPts, bytes: 'all' }, signal)) {
    const { pts } = packet
    if (pts === null || packet.isDiscarded) throw unverified('a picture of the source has no time')
    if (pts >= firstPts && pts <= lastPts && isShown(codec, packet)) shown.push(pts)
    const isSplice = pts === splicePts
    isInside ||= isSplice
    // Pictures that lead an open group need others from before it: they are part of the edge.
    if (isInside && pts >= splicePts && pts < stopPts && pts <= lastPts) await file.add({ ...packet, pts, bytes: isSplice && codec === 'hevc' ? asBroken(packet.bytes ?? new Uint8Array()) : packet.bytes })
    onPicture(Math.min(1, Math.max(0, (pts - firstPts) / Math.max(1, lastPts - firstPts))))
    if (pts > lastPts) behind += 1
    if (behind > mostReordered(codec)) break
  }
  return shown.sort((one, other) => one - other)
}

/**
 * Writes the pictures of a clip into a file of their own: the head encoded, the middle as it is stored, the tail encoded. Gives the pts of all of them as the source has them.
 * Throws EXPORT_UNVERIFIED where the pieces do not go together, and what encoding and reading throw.
 */
export async function stitchTrack(tools: StitchTools, stitch: Stitch): Promise<number[]> {
  const stop = new AbortController()
  const stoppable = { ...tools, signal: AbortSignal.any([tools.signal, stop.signal]) }
  const { head, tail } = encodeEdges(stoppable, stitch)
  // Whoever waits for them hears of it; until then it is nobody's.
  tail.catch(() => undefined)
  const { cut } = stitch.smart
  try {
    await using file = await openTrackFile(stitch.target, stitch.video.media.picture)
    await addEdge(file, await head, cut.headPictures)
    const pts = await addMiddle(file, stoppable, stitch)
    await addEdge(file, await tail, cut.tailPictures)
    if (!await file.finish(cut.endPts)) throw unverified('what its decoder has to know changes on the way')
    return pts
  } finally {
    stop.abort()
    await Promise.allSettled([head, tail])
  }
}

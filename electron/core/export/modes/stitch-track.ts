import type { Encoding } from '../../../contract/export-choices.ts'
import type { VideoFacts } from '../../facts.ts'
import type { EdgeJob, Ffmpeg, LastPacket, StoredPacket } from '../../ports.ts'
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
}

type Adding = Pick<TrackFile, 'add'>

interface Edges { head: Promise<StoredPacket[]>, tail: Promise<StoredPacket[]> }

/** Both edges at once: each of them mostly waits for pictures to be decoded. */
function encodeEdges({ ffmpeg, encoding, signal }: StitchTools, { video, smart: { cut, h264 } }: Stitch): Edges {
  const edge = async (pictures: number, span: Pick<EdgeJob, 'firstPts' | 'endPts'>): Promise<StoredPacket[]> => pictures === 0 ? [] : ffmpeg.encodeEdge({ video, ...span, encoding, h264 }, signal)
  return {
    head: edge(cut.headPictures, { firstPts: cut.firstPts, endPts: cut.splicePts }),
    tail: edge(cut.tailPictures, { firstPts: cut.tailPts ?? cut.endPts, endPts: cut.lastPts + 1 }),
  }
}

async function addEdge(file: Adding, packets: StoredPacket[], pictures: number): Promise<void> {
  if (packets.length !== pictures || packets[0]?.isKey === false) throw unverified(`an edge of it has ${packets.length} pictures and should have ${pictures}`)
  for (const packet of packets) {
    if (packet.pts === null) throw unverified('a picture of its edges has no time')
    await file.add({ ...packet, pts: packet.pts })
  }
}

/** True for a picture that is copied once the splice was seen. Pictures that lead an open group need others from before it: they are part of the edge. */
function isCopied(pts: number, { splicePts, tailPts, lastPts }: SmartPlan['cut']): boolean {
  return pts >= splicePts && pts < (tailPts ?? Infinity) && pts <= lastPts
}

function spliced({ bytes }: StoredPacket, { codec }: VideoFacts['media']['picture']): Uint8Array | null {
  return bytes !== null && codec === 'hevc' ? asBroken(bytes) : bytes
}

/** What is read of the source: the pts of every picture of the clip, and those in the middle go into the file. */
class Middle {
  readonly shown: number[] = []
  #isInside = false
  #behind = 0
  readonly #file: Adding
  readonly #stitch: Stitch

  constructor(file: Adding, stitch: Stitch) {
    this.#file = file
    this.#stitch = stitch
  }

  get isOver(): boolean {
    return this.#behind > mostReordered(this.#stitch.video.media.picture.codec)
  }

  async take(packet: StoredPacket & { pts: number }): Promise<void> {
    const { video: { media: { picture } }, smart: { cut } } = this.#stitch
    const { pts } = packet
    if (pts > cut.lastPts) this.#behind += 1
    else if (pts >= cut.firstPts && isShown(picture.codec, packet)) this.shown.push(pts)
    const isSplice = pts === cut.splicePts
    this.#isInside ||= isSplice
    if (this.#isInside && isCopied(pts, cut)) await this.#file.add({ ...packet, bytes: isSplice ? spliced(packet, picture) : packet.bytes })
  }
}

/** Copies what is between the edges; gives the pts of every picture of the clip, as the source has them. */
async function addMiddle(file: Adding, { ffmpeg, signal, onPicture }: StitchTools, stitch: Stitch): Promise<number[]> {
  const { video, smart: { cut: { firstPts, lastPts } } } = stitch
  const middle = new Middle(file, stitch)
  for await (const packet of ffmpeg.packets({ video, fromPts: firstPts, bytes: 'all' }, signal)) {
    const { pts, isDiscarded } = packet
    if (pts === null) throw unverified('a picture of the source has no time')
    if (isDiscarded) continue
    await middle.take({ ...packet, pts })
    onPicture(Math.min(1, Math.max(0, (pts - firstPts) / Math.max(1, lastPts - firstPts))))
    if (middle.isOver) break
  }
  return middle.shown.sort((one, other) => one - other)
}

/**
 * Adds the pictures of a clip to a file: the head encoded, the middle as it is stored, the tail encoded. Gives the pts of all of them as the source has them.
 * Throws EXPORT_UNVERIFIED where an edge is not what was asked for, and what encoding and reading throw.
 */
export async function stitchInto(file: Adding, tools: StitchTools, stitch: Stitch): Promise<number[]> {
  const stop = new AbortController()
  const stoppable = { ...tools, signal: AbortSignal.any([tools.signal, stop.signal]) }
  const { head, tail } = encodeEdges(stoppable, stitch)
  // Whoever waits for them hears of it; until then it is nobody's.
  tail.catch(() => undefined)
  const { cut } = stitch.smart
  try {
    await addEdge(file, await head, cut.headPictures)
    const pts = await addMiddle(file, stoppable, stitch)
    await addEdge(file, await tail, cut.tailPictures)
    return pts
  } finally {
    stop.abort()
    await Promise.allSettled([head, tail])
  }
}

/**
 * Writes the pictures of a clip into a file of their own, an empty one of the caller. Gives the pts of all of them as the source has them, and which packet is shown last.
 * Throws EXPORT_UNVERIFIED where the pieces do not go together, and what encoding and reading throw.
 */
export async function stitchTrack(tools: StitchTools, stitch: Stitch & { target: string }): Promise<{ pts: number[], last: LastPacket | null }> {
  await using file = await openTrackFile(stitch.target, stitch.video.media.picture)
  const pts = await stitchInto(file, tools, stitch)
  const finished = await file.finish(stitch.smart.cut.endPts)
  if (finished === null) throw unverified('what its decoder has to know changes on the way')
  return { pts, last: finished.last }
}

import { AppError, isCancel } from '../../errors.ts'
import type { PictureStream } from '../../facts.ts'
import type { Ffmpeg, StoredPacket } from '../../ports.ts'
import { askedSpan, HOLD_SECONDS } from '../exact/span.ts'
import type { ClipPlan } from '../plan.ts'
import type { CopiedRow } from './copied-packets.ts'
import { copiedRow } from './copied-packets.ts'
import type { CutPacket, CutPoints, PacketRow } from './cut-points.ts'
import { cutPoints } from './cut-points.ts'
import type { H264Parameters } from './h264-refusal.ts'
import { readH264Parameters } from './h264-refusal.ts'
import { areFields } from './interlaced.ts'
import { canBeCopied, isCleanStart, isShown, mostReordered } from './packet-kind.ts'
import type { sourceRefusals } from './refusals.ts'

/** What is known of a clip without decoding it. */
export type Preflight =
  | { kind: 'refused', refusal: keyof typeof sourceRefusals }
  | {
    kind: 'cut'
    cut: CutPoints
    /** Only of H.264. */
    h264: H264Parameters | null
    /** Of HEVC and MPEG-2; the parameters of H.264 tell it. */
    areFields: boolean
    /** What copying takes over; null where it can not be done, and of a long clip, whose middle was not looked at. */
    copied: CopiedRow | null
  }

/** A longer clip is looked at around its ends only. */
const LONG_SECONDS = 40
/** A picture can be held back by 16 others, and so can the one that closes a group: behind so many nothing is in doubt. */
const BEHIND_END = 40
/** Packets from a key frame to the first picture; more than any sensible group has. */
const MOST_PACKETS = 20_000

/** Ticks a second. */
const FINEST_CLOCK = 500_000

interface Row extends PacketRow { starts: StoredPacket[], refusal: keyof typeof sourceRefusals | null }

interface RowRequest { fromPts: number, isEnough: (packet: CutPacket) => boolean }

class RowReader {
  readonly packets: CutPacket[] = []
  readonly starts: StoredPacket[] = []
  refusal: Row['refusal'] = null
  readonly #seen = new Set<number>()
  readonly #codec: string

  constructor(codec: string) {
    this.#codec = codec
  }

  /** The packet as cutting sees it; null where nothing more has to be known. */
  add(packet: StoredPacket): CutPacket | null {
    const { pts, durationPts, isDiscarded } = packet
    if (pts === null) this.refusal = 'no-times'
    // What an edit list leaves out before the first picture is no part of any clip.
    else if (isDiscarded && this.packets.length === 0) return null
    else if (isDiscarded) this.refusal = 'edit-list'
    else if (this.#seen.has(pts)) this.refusal = 'same-times'
    if (this.refusal !== null || pts === null) return null
    this.#seen.add(pts)
    const isStart = isCleanStart(this.#codec, packet)
    if (isStart) this.starts.push(packet)
    const seen = { pts, durationPts, isStart, isShown: isShown(this.#codec, packet) }
    this.packets.push(seen)
    return seen
  }
}

async function readRow(ffmpeg: Pick<Ffmpeg, 'packets'>, { plan, fromPts, isEnough }: RowRequest & { plan: ClipPlan }, signal: AbortSignal): Promise<Row> {
  const { facts } = plan.video
  const reader = new RowReader(facts.media.picture.codec)
  let isToTheEnd = true
  for await (const packet of ffmpeg.packets({ video: facts, fromPts, bytes: 'heads' }, signal)) {
    const seen = reader.add(packet)
    const isOver = seen === null ? reader.refusal !== null : isEnough(seen) || reader.packets.length >= MOST_PACKETS
    if (!isOver) continue
    isToTheEnd = false
    break
  }
  return { packets: reader.packets, starts: reader.starts, refusal: reader.refusal, isToTheEnd }
}

/** Enough once so many pictures from a time on were seen. */
function untilBehind(pts: number): (packet: CutPacket) => boolean {
  let behind = 0
  return (packet) => {
    if (packet.pts >= pts) behind += 1
    return behind > BEHIND_END
  }
}

/** Enough once a place to begin was found behind the first picture, and it is sure what leads it. */
function untilStart(firstPts: number, endPts: number): (packet: CutPacket) => boolean {
  let behind: number | null = null
  return ({ pts, isStart }) => {
    if (behind !== null) behind += 1
    else if (pts >= endPts || (isStart && pts > firstPts)) behind = 0
    return behind !== null && behind > BEHIND_END
  }
}

interface Span { startPts: number, endPts: number }

async function readRows(ffmpeg: Pick<Ffmpeg, 'packets'>, { plan, span }: { plan: ClipPlan, span: Span }, signal: AbortSignal): Promise<{ head: Row, tail: Row }> {
  const { timeBase } = plan.video.facts.media.picture
  const isLong = (span.endPts - span.startPts) * timeBase.num / timeBase.den > LONG_SECONDS
  if (!isLong) {
    const row = await readRow(ffmpeg, { plan, fromPts: span.startPts, isEnough: untilBehind(span.endPts) }, signal)
    return { head: row, tail: row }
  }
  const head = await readRow(ffmpeg, { plan, fromPts: span.startPts, isEnough: untilStart(span.startPts, span.endPts) }, signal)
  const tail = await readRow(ffmpeg, { plan, fromPts: span.endPts, isEnough: untilBehind(span.endPts) }, signal)
  return { head, tail }
}

/** True when the clip begins with a picture that is on the screen from before. */
function beginsWithin({ startPts }: ClipPlan, firstPts: number, { timeBase }: PictureStream): boolean {
  return (firstPts - startPts) * timeBase.num / timeBase.den > HOLD_SECONDS
}

async function look(ffmpeg: Pick<Ffmpeg, 'packets'>, plan: ClipPlan, signal: AbortSignal): Promise<Preflight> {
  const { picture } = plan.video.facts.media
  if (!canBeCopied(picture.codec)) return { kind: 'refused', refusal: 'codec' }
  // ffmpeg moves times by whole microseconds.
  if (picture.timeBase.den / picture.timeBase.num > FINEST_CLOCK) return { kind: 'refused', refusal: 'clock' }
  const span = askedSpan(plan)
  const { head, tail } = await readRows(ffmpeg, { plan, span }, signal)
  const refusal = head.refusal ?? tail.refusal
  if (refusal !== null) return { kind: 'refused', refusal }
  const cut = cutPoints({ head, tail, ...span, tolerancePts: plan.tolerancePts, mostReordered: mostReordered(picture.codec) })
  if (cut === null || beginsWithin(plan, cut.firstPts, picture)) return { kind: 'refused', refusal: 'held' }
  const starts = [...head.starts, ...tail.starts]
  return {
    kind: 'cut', cut, h264: picture.codec === 'h264' ? readH264Parameters(starts) : null, areFields: areFields(picture.codec, starts),
    copied: typeof cut.copy === 'string' || head !== tail ? null : copiedRow(head.packets, cut.copy),
  }
}

const MOST_REMEMBERED = 1000
const remembered = new Map<string, Preflight>()

/**
 * Looks at the packets around the ends of a clip. What was found is remembered as long as the video has the size and time of change that the library knows: the plan of an
 * export is asked for again with every choice. Throws OFFLINE and TIMED_OUT; what can not be read otherwise is refused.
 */
export async function preflight(ffmpeg: Pick<Ffmpeg, 'packets'>, plan: ClipPlan, signal: AbortSignal): Promise<Preflight> {
  const { video: { facts, sizeBytes, modifiedMs }, startPts, endPts, tolerancePts } = plan
  const key = JSON.stringify([facts.path, sizeBytes, modifiedMs, startPts, endPts, tolerancePts])
  const known = remembered.get(key)
  if (known !== undefined) return known
  const found = await look(ffmpeg, plan, signal).catch((error: unknown): Preflight => {
    if (signal.aborted || isCancel(error) || !(error instanceof AppError) || error.code !== 'DECODE_FAILED') throw error
    return { kind: 'refused', refusal: 'unreadable' }
  })
  const [oldest] = remembered.keys()
  if (remembered.size >= MOST_REMEMBERED && oldest !== undefined) remembered.delete(oldest)
  remembered.set(key, found)
  return found
}

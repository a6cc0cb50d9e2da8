import type { Shift } from '../../../contract/exports.ts'
import type { CopyRefusal, SmartRefusal } from './refusals.ts'

/** A packet as far as cutting goes. */
export interface CutPacket { pts: number, durationPts: number, isStart: boolean, isShown: boolean }

/** Packets in the order they are stored, without a gap, and whether the file ends with them. */
export interface PacketRow { packets: readonly CutPacket[], isToTheEnd: boolean }

export interface CutQuestion {
  /** Around the first picture, from a key frame on, and around the last: the same row where the clip is short. */
  head: PacketRow
  tail: PacketRow
  /** Pictures with startPts <= pts < endPts are wanted. */
  startPts: number
  endPts: number
  /** A picture this much behind `endPts` begins where the clip ends. */
  tolerancePts: number
  mostReordered: number
}

/** Pictures that are copied: firstPts <= pts < endPts; the last one stands up to `endPts`. */
export interface CopyCut { firstPts: number, lastPts: number, endPts: number, shift: Shift }

/** [firstPts, splicePts) and [tailPts, endPts) are encoded anew, what is between is copied. */
export interface SmartCut { firstPts: number, lastPts: number, endPts: number, splicePts: number, tailPts: number | null, headPictures: number, tailPictures: number }

export interface CutPoints {
  firstPts: number
  lastPts: number
  endPts: number
  copy: CopyCut | CopyRefusal
  smart: SmartCut | SmartRefusal
}

/** A place in the order of storing before which nothing is shown that comes after it: the pts of the first picture behind it. */
function closedPoints({ packets, isToTheEnd }: PacketRow, mostReordered: number): number[] {
  const lowestFrom = [Infinity]
  for (const { pts } of packets.toReversed()) lowestFrom.push(Math.min(lowestFrom.at(-1) ?? Infinity, pts))
  lowestFrom.reverse()
  const points: number[] = []
  // What comes behind the row may belong before its last ones.
  const sure = isToTheEnd ? packets.length : packets.length - mostReordered - 1
  let highest = -Infinity
  for (const [at, lowest] of lowestFrom.slice(0, Math.max(0, sure + 1)).entries()) {
    if (highest < lowest) points.push(lowest)
    highest = Math.max(highest, packets[at]?.pts ?? Infinity)
  }
  return points
}

function shownPts({ packets }: PacketRow): number[] {
  return packets.filter(({ isShown }) => isShown).map(({ pts }) => pts).sort((a, b) => a - b)
}

interface Span { firstPts: number, lastPts: number, endPts: number, nextPts: number | null }

function copyCut({ head, tail, mostReordered }: CutQuestion, { firstPts, lastPts, endPts, nextPts }: Span): CopyCut | CopyRefusal {
  const fromPts = head.packets.findLast(({ isStart, pts }) => isStart && pts <= firstPts)?.pts
  if (fromPts === undefined) return 'no-key-frame-before'
  const before = shownPts(head).filter((pts) => pts >= fromPts && pts < firstPts).length
  if (nextPts === null) return { firstPts: fromPts, lastPts, endPts, shift: { framesBefore: before, framesAfter: 0 } }
  const closed = closedPoints(tail, mostReordered).find((pts) => pts >= nextPts)
  if (closed === undefined) return 'not-closed'
  if (closed === nextPts) return { firstPts: fromPts, lastPts, endPts, shift: { framesBefore: before, framesAfter: 0 } }
  const added = shownPts(tail).filter((pts) => pts >= nextPts && pts < closed)
  const last = added.at(-1) ?? lastPts
  const lastDuration = tail.packets.find(({ pts }) => pts === last)?.durationPts ?? 0
  return { firstPts: fromPts, lastPts: last, endPts: closed === Infinity ? last + lastDuration : closed, shift: { framesBefore: before, framesAfter: added.length } }
}

function smartCut({ head, tail, mostReordered }: CutQuestion, { firstPts, lastPts, endPts, nextPts }: Span): SmartCut | SmartRefusal {
  const splicePts = head.packets.find(({ isStart, pts }) => isStart && pts >= firstPts)?.pts
  if (splicePts === undefined || splicePts > lastPts) return 'no-key-frame-inside'
  const headPictures = shownPts(head).filter((pts) => pts >= firstPts && pts < splicePts).length
  const closed = nextPts === null ? [] : closedPoints(tail, mostReordered)
  const whole = { firstPts, lastPts, endPts, splicePts, headPictures }
  if (nextPts === null || closed.includes(nextPts)) return { ...whole, tailPts: null, tailPictures: 0 }
  const tailPts = closed.findLast((pts) => pts < nextPts)
  if (tailPts === undefined || tailPts <= splicePts) return 'little-saved'
  return { ...whole, tailPts, tailPictures: shownPts(tail).filter((pts) => pts >= tailPts && pts < nextPts).length }
}

/** Where a clip can be cut without decoding it; null where there is no picture in the span. */
export function cutPoints(question: CutQuestion): CutPoints | null {
  const { head, tail, startPts, tolerancePts } = question
  const firstPts = shownPts(head).find((pts) => pts >= startPts)
  const inTail = shownPts(tail)
  const lastPts = inTail.findLast((pts) => pts < question.endPts)
  if (firstPts === undefined || lastPts === undefined || lastPts < firstPts) return null
  const nextPts = inTail.find((pts) => pts >= question.endPts) ?? null
  const wantedEnd = question.endPts + tolerancePts
  // The next picture begins where the clip was meant to end, give or take the rounding.
  const endPts = nextPts !== null && Math.abs(nextPts - wantedEnd) <= tolerancePts ? nextPts : wantedEnd
  const span = { firstPts, lastPts, endPts, nextPts }
  return { firstPts, lastPts, endPts, copy: copyCut(question, span), smart: smartCut(question, span) }
}

import type { Span } from '../../../electron/contract/player.ts'
import type { Shot } from '../../../electron/contract/videos.ts'
import type { Line } from './transcript.ts'

export type SnapKind = 'shot' | 'sentence' | 'silence'

/** A moment where a cut is likely wanted, and why. */
export interface SnapTarget { at: number, kind: SnapKind }

/** As far as a point may jump without surprising anybody. */
const SNAP_SECONDS = 0.25

interface SnapSources { shots: readonly Shot[], lines: readonly Line[], silences: readonly Span[] }

const rank: Record<SnapKind, number> = { shot: 0, sentence: 1, silence: 2 }

function sentenceEdges(lines: readonly Line[]): number[] {
  return lines.flatMap((line, at) => [
    ...(at === 0 || lines[at - 1]?.isEnd === true ? [line.start] : []),
    ...(line.isEnd ? [line.end] : []),
  ])
}

/** Every moment to snap to, in the order of time. */
export function snapTargets({ shots, lines, silences }: SnapSources): SnapTarget[] {
  const of = (kind: SnapKind, moments: readonly number[]): SnapTarget[] => moments.map((at) => ({ at, kind }))
  return [
    ...of('shot', shots.flatMap(({ start, end }) => [start, end])),
    ...of('sentence', sentenceEdges(lines)),
    ...of('silence', silences.flatMap(({ start, end }) => [start, end])),
  ].toSorted((a, b) => a.at - b.at || rank[a.kind] - rank[b.kind])
}

function firstFrom(targets: readonly SnapTarget[], second: number): number {
  let [low, high] = [0, targets.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((targets[middle]?.at ?? Infinity) < second) low = middle + 1
    else high = middle
  }
  return low
}

/** The nearest moment within the window on both sides, or null. Of two that are equally near, a shot comes before a sentence, and that before a silence. */
export function snapTo(second: number, targets: readonly SnapTarget[], windowSeconds = SNAP_SECONDS): SnapTarget | null {
  let best: SnapTarget | null = null
  const far = (target: SnapTarget): number => Math.abs(target.at - second)
  for (let at = firstFrom(targets, second - windowSeconds - 1e-9); at < targets.length; at++) {
    const target = targets[at]
    if (target === undefined || target.at > second + windowSeconds + 1e-9) break
    const nearer = best === null ? -1 : far(target) - far(best)
    if (best === null || nearer < -1e-6 || (nearer < 1e-6 && rank[target.kind] < rank[best.kind])) best = target
  }
  return best
}

// How detectors are scored, the same rule for all of them:
//
// 1. What touches an `ignore` span is neither right nor wrong.
// 2. A hard cut is found by a reported CUT within 0.1 s of it. One report finds one cut, the nearest first.
// 3. A gradual transition is found by any report left over, cut or gradual, that overlaps it (0.1 s of grace). So a
//    detector that knows only cuts finds it with a cut inside. A second report in the same transition is false: a person
//    would see a shot that is none.
// 4. Cuts left over are false cuts; gradual reports left over are false gradual ones. A gradual report at a hard cut is
//    both: the cut is missed and the report false.

/** Seconds that a report may be off. */
const GRACE = 0.1

/** A stretch of a video, seconds. A cut has start = end. */
export interface Span {
  start: number
  end: number
}

/** What a detector reports. */
export interface Report extends Span {
  gradual: boolean
}

/** What is true of a clip, seconds. */
export interface Truth {
  cuts: number[]
  gradual: Span[]
  ignore: Span[]
}

export interface Score {
  cutsFound: number
  cuts: number
  falseCuts: number
  gradualFound: number
  gradual: number
  falseGradual: number
}

const NO_SCORE: Score = { cutsFound: 0, cuts: 0, falseCuts: 0, gradualFound: 0, gradual: 0, falseGradual: 0 }

function touches(a: Span, b: Span): boolean {
  return a.start <= b.end + GRACE && a.end >= b.start - GRACE
}

/** Scores the reports on one clip. */
export function scoreReports(truth: Truth, reports: readonly Report[]): Score {
  const left = new Set(reports.filter((report) => !truth.ignore.some((span) => touches(report, span))))
  const cutsFound = takeNearestCuts(truth.cuts, left)
  let gradualFound = 0
  for (const span of truth.gradual) {
    const finders = [...left].filter((report) => touches(report, span))
    const finder = finders.find(({ gradual }) => gradual) ?? finders[0]
    if (finder === undefined) continue
    left.delete(finder)
    gradualFound++
  }
  const falseGradual = [...left].filter(({ gradual }) => gradual).length
  return { cutsFound, cuts: truth.cuts.length, falseCuts: left.size - falseGradual, gradualFound, gradual: truth.gradual.length, falseGradual }
}

function takeNearestCuts(cuts: readonly number[], left: Set<Report>): number {
  const pairs = cuts.flatMap((cut) => [...left].filter(({ gradual }) => !gradual).map((report) => ({ cut, report, off: Math.abs(report.start - cut) })))
  const found = new Set<number>()
  // a frame time is rounded to the time base: half a millisecond more is still 0.1 s
  for (const { cut, report } of pairs.filter((pair) => pair.off <= GRACE + 0.0005).sort((a, b) => a.off - b.off)) {
    if (found.has(cut) || !left.has(report)) continue
    found.add(cut)
    left.delete(report)
  }
  return found.size
}

/** The sums of several scores. */
export function sumOf(scores: readonly Score[]): Score {
  const sum = { ...NO_SCORE }
  for (const score of scores) {
    sum.cutsFound += score.cutsFound
    sum.cuts += score.cuts
    sum.falseCuts += score.falseCuts
    sum.gradualFound += score.gradualFound
    sum.gradual += score.gradual
    sum.falseGradual += score.falseGradual
  }
  return sum
}

/** Share of the reported cuts that are true, 0..1; 1 when none was reported. */
export function precision({ cutsFound, falseCuts }: Score): number {
  return cutsFound + falseCuts === 0 ? 1 : cutsFound / (cutsFound + falseCuts)
}

/** Share of the true cuts that are reported, 0..1; 1 when there is none. */
export function recall({ cutsFound, cuts }: Score): number {
  return cuts === 0 ? 1 : cutsFound / cuts
}

/** Harmonic mean of precision and recall of hard cuts, 0..1. */
export function f1(score: Score): number {
  const [p, r] = [precision(score), recall(score)]
  return p + r === 0 ? 0 : (2 * p * r) / (p + r)
}

/**
 * How shots become scenes. Seconds; all from left to right, and what is decided hangs only on what comes after the end of
 * the scene before, so that a scan can stop after any scene and go on from there.
 *
 * - A shot of 2 s or more is a scene of its own.
 * - Shorter ones in a row that last 2 s or more together are a montage: one scene, closed when it reaches 10 s.
 * - A row of short ones that lasts less than 2 s is no scene: each joins the scene before or the one after, whichever it
 *   looks more like (colours), in one piece to the left and one to the right.
 * - A shot of more than 30 s is split, again and again, at the best pause 8 to 30 s after its beginning, so that 8 s are left.
 */
const SCENE = { shortestSeconds: 2, montageSeconds: 10, longestSeconds: 30, pieceSeconds: 8 } as const

/** A shot or what is left of it after the last scene. */
export interface Stretch { start: number, end: number }

export interface SceneView {
  /** Shots whose end is known, in order; the first begins where the last scene ended. */
  closed: readonly Stretch[]
  /** The shot that is still going on, as far as it is known; null when the video is at its end. */
  open: Stretch | null
  /** How different two stretches look, 0 to 1. */
  distance(a: Stretch, b: Stretch): number
  /** The best moment to split between two times. */
  bestPause(from: number, to: number): number
}

const length = ({ start, end }: Stretch): number => end - start
const isShort = (stretch: Stretch): boolean => length(stretch) < SCENE.shortestSeconds

/** How many short shots follow from `from`, until they last `enough` together. */
function shortRun(closed: readonly Stretch[], from: number, enough: number): { count: number, seconds: number } {
  let count = 0
  let seconds = 0
  for (let shot = closed[from]; shot !== undefined && isShort(shot) && seconds < enough; shot = closed[from + count]) {
    seconds += length(shot)
    count++
  }
  return { count, seconds }
}

/** Where between the shots of a short row the left scene ends: the way with the least difference, weighed by length; the first such. */
function bestBorder(row: readonly Stretch[], sides: { left: Stretch, right: Stretch }, view: SceneView): number {
  const costs = row.map((shot) => ({
    left: view.distance(shot, sides.left) * length(shot),
    right: view.distance(shot, sides.right) * length(shot),
  }))
  let cost = costs.reduce((sum, { right }) => sum + right, 0)
  let best = { cost, end: sides.left.end }
  row.forEach((shot, at) => {
    cost += (costs[at]?.left ?? 0) - (costs[at]?.right ?? 0)
    if (cost < best.cost) best = { cost, end: shot.end }
  })
  return best.end
}

/** The end of the first scene, whose own shots are the first `count`: what comes after it may still join it. Null: not known yet. */
function endAfter(head: Stretch, count: number, view: SceneView): number | null {
  const { closed, open } = view
  const row = shortRun(closed, count, SCENE.shortestSeconds)
  if (row.seconds >= SCENE.shortestSeconds) return head.end
  const next = closed[count + row.count] ?? open
  const shots = closed.slice(count, count + row.count)
  if (next === null) return shots.at(-1)?.end ?? head.end
  if (isShort(next)) return null
  return bestBorder(shots, { left: head, right: next }, view)
}

/** The end of a first scene that is one long shot (with short ones that joined it), from `start`. */
function endOfLong(start: number, count: number, view: SceneView): number | null {
  const { closed, open, bestPause } = view
  const shot = closed[count - 1]
  const end = shot?.end ?? open?.end ?? start
  const seconds = end - start
  const least = SCENE.longestSeconds + SCENE.pieceSeconds
  if (shot === undefined && seconds < least) return null
  if (seconds <= SCENE.longestSeconds) return endAfter({ start, end }, count, view)
  return bestPause(start + SCENE.pieceSeconds, start + Math.min(SCENE.longestSeconds, seconds - SCENE.pieceSeconds))
}

/** The end of the first scene of what is not stored yet; null when it is not known yet, or nothing is left. */
export function endOfFirstScene(view: SceneView): number | null {
  const { closed, open } = view
  const first = closed[0] ?? open
  if (first === null) return null
  const row = shortRun(closed, 0, SCENE.montageSeconds)
  const last = closed[row.count - 1]
  const head = { start: first.start, end: last?.end ?? first.start }
  if (row.seconds >= SCENE.montageSeconds) return endAfter(head, row.count, view)
  const next = closed[row.count] ?? open
  if (next === null) return head.end
  if (isShort(next)) return null
  return row.seconds >= SCENE.shortestSeconds ? endAfter(head, row.count, view) : endOfLong(first.start, row.count + 1, view)
}

/** The left (or upper) edge of a window in shares of the picture, at a pts of the source. */
export interface Corner { pts: number, at: number }

/** As many steps fit into the arguments of a program on every system, with room for the rest. */
const MOST_CORNERS = 400
/** Half a pixel of a wide picture: nobody sees it. */
const FIRST_TOLERANCE = 0.0004

function furthest(corners: readonly Corner[], first: number, last: number): { index: number, distance: number } {
  const [from, to] = [corners[first], corners[last]]
  const found = { index: first, distance: 0 }
  if (from === undefined || to === undefined) return found
  for (let index = first + 1; index < last; index++) {
    const { pts, at } = corners[index] ?? from
    const distance = Math.abs(at - (from.at + (to.at - from.at) * (pts - from.pts) / (to.pts - from.pts)))
    if (distance > found.distance) Object.assign(found, { index, distance })
  }
  return found
}

/** Leaves out what lies on the way between others, give or take the tolerance (Ramer, 1972; Douglas and Peucker, 1973; distances at the same time). */
function thinned(corners: readonly Corner[], tolerance: number): Corner[] {
  const keep = new Set([0, corners.length - 1])
  const spans: [number, number][] = [[0, corners.length - 1]]
  for (let span = spans.pop(); span !== undefined; span = spans.pop()) {
    const { index, distance } = furthest(corners, ...span)
    if (distance <= tolerance) continue
    keep.add(index)
    spans.push([span[0], index], [index, span[1]])
  }
  return corners.filter((_, index) => keep.has(index))
}

/** The same path with as few corners as show it, and never more than can be handed on: a path of hours is followed less closely. */
export function fewCorners(corners: readonly Corner[], most = MOST_CORNERS): Corner[] {
  if (corners.length < 2) return [...corners]
  let tolerance = FIRST_TOLERANCE
  let kept = thinned(corners, tolerance)
  while (kept.length > most) {
    tolerance *= 2
    kept = thinned(corners, tolerance)
  }
  return kept
}

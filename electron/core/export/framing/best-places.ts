/** What no window may do, as a gain. */
export const FORBIDDEN = -1e4

/**
 * One place for each slot: the most gain in all, less `moveCost` for each step from place to place (dynamic programming; a cost that grows with the
 * way and not with its square makes paths that rest, go, and rest: M. Grundmann et al., "Auto-directed video stabilization with robust L1 optimal camera paths", CVPR 2011).
 */
export function bestPlaces(gains: readonly Float32Array[], moveCost: number): number[] {
  const count = gains[0]?.length ?? 0
  let totals = new Float64Array(count)
  const cameFrom: Uint16Array[] = []
  for (const gain of gains) {
    const { best, from } = bestArrivals(totals, moveCost)
    totals = best.map((value, place) => value + (gain[place] ?? 0))
    cameFrom.push(from)
  }
  return wayBack(totals, cameFrom)
}

/** For each place the best total that can be had when it is reached, and from where. Two sweeps find it, since the cost grows with the way. */
function bestArrivals(totals: Float64Array, moveCost: number): { best: Float64Array, from: Uint16Array } {
  const best = Float64Array.from(totals)
  const from = Uint16Array.from(totals, (_, place) => place)
  const sweep = (place: number, neighbour: number): void => {
    const moved = (best[neighbour] ?? 0) - moveCost
    if (moved <= (best[place] ?? 0)) return
    best[place] = moved
    from[place] = from[neighbour] ?? place
  }
  for (let place = 1; place < best.length; place++) sweep(place, place - 1)
  for (let place = best.length - 2; place >= 0; place--) sweep(place, place + 1)
  return { best, from }
}

function wayBack(totals: Float64Array, cameFrom: readonly Uint16Array[]): number[] {
  const middle = (totals.length - 1) / 2
  // Where nothing says more, the middle.
  let place = totals.reduce((best, total, at) => {
    const least = totals[best] ?? 0
    const isNearer = Math.abs(at - middle) < Math.abs(best - middle)
    return total > least + 1e-6 || (total >= least - 1e-6 && isNearer) ? at : best
  }, 0)
  const places: number[] = []
  for (const from of cameFrom.toReversed()) {
    places.push(place)
    place = from[place] ?? place
  }
  return places.reverse()
}

/** The window rests while what it follows moves less than this share of its width to either side. */
const DEAD_ZONE = 0.06
/** A turn takes this long. The fastest the window can go is then 2 / 1.6 of its way a second, and the hardest it can be pushed 2 pi / 1.6^2. */
const TURN_SECONDS = 1.6

/** Where it can rest for the longest from the beginning on. */
function firstRest(places: readonly number[], slack: number): number {
  const first = places[0] ?? 0
  let [from, to] = [first - slack, first + slack]
  for (const place of places) {
    const [next, last] = [Math.max(from, place - slack), Math.min(to, place + slack)]
    if (next > last) break
    from = next
    to = last
  }
  return Math.min(Math.max(first, from), to)
}

/** Follows at the end of a slack rope: small steps to and fro are not followed at all. */
function onARope(places: readonly number[], slack: number): number[] {
  let at = firstRest(places, slack)
  return places.map((place) => {
    at = Math.min(Math.max(at, place - slack), place + slack)
    return at
  })
}

/** The weights of a raised cosine, which bounds speed and push of whatever it smooths; they add up to 1. */
function raisedCosine(reach: number): number[] {
  const weights = Array.from({ length: 2 * reach + 1 }, (_, index) => 1 + Math.cos(Math.PI * (index - reach) / (reach + 1)))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return weights.map((weight) => weight / total)
}

/**
 * A path that a camera could have made: rests inside of a dead zone, then goes and comes to rest again without haste. It looks ahead as far as back, so it is not late.
 * `places` one for each slot, `share` the window's width, both in shares of the picture.
 */
export function smoothPath(places: readonly number[], { share, slotSeconds }: { share: number, slotSeconds: number }): number[] {
  const rested = onARope(places, DEAD_ZONE * share)
  const weights = raisedCosine(Math.max(1, Math.round(TURN_SECONDS / 2 / slotSeconds)))
  const reach = (weights.length - 1) / 2
  return rested.map((own, slot) => weights.reduce((sum, weight, index) => {
    const at = Math.min(Math.max(0, slot + index - reach), rested.length - 1)
    return sum + weight * ((rested[at] ?? own) - own)
  }, own))
}

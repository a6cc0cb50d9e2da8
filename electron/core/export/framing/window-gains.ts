import type { Profiles } from './salience.ts'

/** Motion counts before and after its time, the less the further off: so long for where something is just now ... */
const NOW_SECONDS = 0.3
/** ... and so long, with little weight, for what moved and now stands still: it is not lost. */
const MEMORY_SECONDS = 2
const MEMORY_WEIGHT = 0.15
/** Less motion than this says little about where to look: in most of the real videos there is ten times as much, in a still scene 0 to 30 (measured here, 2026-11-21). */
const LITTLE_MOTION = 50
const MOTION_WEIGHT = 0.85
/** Where nothing moves, what stands out decides. */
const CONTRAST_WEIGHT = 0.7

const sum = (values: Float32Array): number => values.reduce((total, value) => total + value, 0)

/** Motion spread over the time around it, with a weight that falls by e in `overSeconds`. */
function spread(motions: readonly Float32Array[], slotSeconds: number, overSeconds: number): Float32Array[] {
  const keep = Math.exp(-slotSeconds / overSeconds)
  const run = (list: readonly Float32Array[]): Float32Array[] => {
    let memory = new Float32Array(list[0]?.length ?? 0)
    return list.map((motion) => {
      memory = memory.map((value, index) => value * keep + (motion[index] ?? 0) * (1 - keep))
      return memory
    })
  }
  const forward = run(motions)
  const backward = run(motions.toReversed()).toReversed()
  return forward.map((values, slot) => values.map((value, index) => value + (backward[slot]?.[index] ?? 0)))
}

function remembered(motions: readonly Float32Array[], slotSeconds: number): Float32Array[] {
  const memory = spread(motions, slotSeconds, MEMORY_SECONDS)
  return spread(motions, slotSeconds, NOW_SECONDS).map((now, slot) => now.map((value, index) => value + MEMORY_WEIGHT * (memory[slot]?.[index] ?? 0)))
}

/** What draws the eye in each slot of a shot, 1 in all at most. */
export function interests(profiles: readonly Profiles[], slotSeconds: number): Float32Array[] {
  const motions = remembered(profiles.map(({ motion }) => motion), slotSeconds)
  return profiles.map(({ contrast }, slot) => {
    const motion = motions[slot] ?? contrast
    const moved = sum(motion)
    const motionShare = MOTION_WEIGHT / (moved + LITTLE_MOTION)
    const contrastShare = CONTRAST_WEIGHT * (1 - moved * motionShare) / Math.max(1, sum(contrast))
    return contrast.map((value, index) => value * contrastShare + (motion[index] ?? 0) * motionShare)
  })
}

/**
 * What a window sees of it at each place (`places`: left edges in shares of the picture, `share`: its width). What is in its middle
 * counts whole, what is at its edge nothing: so what matters comes to the middle.
 */
export function windowGains(interest: Float32Array, { places, share }: { places: readonly number[], share: number }): Float32Array {
  const cells = interest.length
  return Float32Array.from(places, (left) => {
    let gain = 0
    for (let cell = Math.max(0, Math.floor(left * cells)); cell < Math.min(cells, Math.ceil((left + share) * cells)); cell++) {
      const fromMiddle = ((cell + 0.5) / cells - left - share / 2) / (share / 2)
      gain += (interest[cell] ?? 0) * Math.max(0, 1 - fromMiddle * fromMiddle)
    }
    return gain
  })
}

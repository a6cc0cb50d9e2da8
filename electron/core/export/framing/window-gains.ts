import type { Profiles } from './salience.ts'

/** So long a thing is remembered that moved and now stands still, before and after, in seconds. */
const MEMORY_SECONDS = 1.5
/** As much motion as a hand in a room makes: less of it says little about where to look (measured here, 2026-11-21). */
const LITTLE_MOTION = 400
const MOTION_WEIGHT = 0.8

const sum = (values: Float32Array): number => values.reduce((total, value) => total + value, 0)

/** What moved around each moment, the nearer in time the more: a thing that rests for a moment is not lost. */
function remembered(motions: readonly Float32Array[], slotSeconds: number): Float32Array[] {
  const keep = Math.exp(-slotSeconds / MEMORY_SECONDS)
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

/** What draws the eye in each slot of a shot, 1 in all at most. */
export function interests(profiles: readonly Profiles[], slotSeconds: number): Float32Array[] {
  const motions = remembered(profiles.map(({ motion }) => motion), slotSeconds)
  return profiles.map(({ contrast }, slot) => {
    const motion = motions[slot] ?? contrast
    const motionShare = MOTION_WEIGHT / (sum(motion) + LITTLE_MOTION)
    const contrastShare = (1 - MOTION_WEIGHT) / Math.max(1, sum(contrast))
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

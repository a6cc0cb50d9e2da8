import { describe, expect, it } from 'vitest'
import type { Usual } from './unusual.ts'
import { scores, threshold, usualOf } from './unusual.ts'

const DIMENSIONS = 64

/** A generator with a seed (mulberry32), so that a test that passes always passes. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

function unit(values: Float32Array): Float32Array {
  const length = Math.hypot(...values)
  return values.map((value) => value / length)
}

function direction(random: () => number): Float32Array {
  // Box and Muller: the same likelihood in every direction.
  return unit(Float32Array.from({ length: DIMENSIONS }, () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())))
}

function near(to: Float32Array, share: number, random: () => number): Float32Array {
  const other = direction(random)
  return unit(to.map((value, index) => share * value + (1 - share) * (other[index] ?? 0)))
}

const random = seeded(4)
const labels = Array.from({ length: 300 }, () => direction(random))
const unrelated = Array.from({ length: 400 }, () => direction(random))
const usual = usualOf(unrelated, labels)
const nothingKnown = usualOf([], labels)

const shown = (pictures: Float32Array[], usual: Usual): number[] => {
  const least = threshold(labels.length, pictures.length)
  return [...scores({ pictures, labels, usual })].flatMap((score, index) => score >= least ? [index] : [])
}

describe('a label of a scene', () => {
  it('is shown where the picture is unusually near to it', () => {
    expect(shown([near(labels[7]!, 0.6, random)], usual)).toEqual([7])
  })

  it('is shown by any of the pictures of the scene', () => {
    expect(shown([near(labels[7]!, 0.6, random), near(labels[9]!, 0.6, random)], usual)).toEqual([7, 9])
  })

  it('is given by chance to not more than one scene in twenty', () => {
    const wrong = unrelated.filter((picture) => shown([picture], usual).length > 0).length
    expect(wrong / unrelated.length).toBeLessThanOrEqual(0.05)
  })

  it('is not shown for being near to every picture of the library', () => {
    // Every picture has something of label 3 in it, as some words fit any picture.
    const biased = unrelated.map((picture) => unit(picture.map((value, index) => value + 0.45 * (labels[3]?.[index] ?? 0))))
    expect(biased.filter((picture) => shown([picture], nothingKnown).includes(3)).length).toBeGreaterThan(100)
    const usualHere = usualOf(biased, labels)
    expect(biased.filter((picture) => shown([picture], usualHere).includes(3)).length).toBeLessThan(20)
  })

  it('is shown for the subject of the only film there is', () => {
    const film = Array.from({ length: 5 }, () => near(labels[7]!, 0.6, random))
    const usualHere = usualOf(film, labels)
    expect(film.map((picture) => shown([picture], usualHere).includes(7))).toEqual([true, true, true, true, true])
  })
})

describe('the threshold', () => {
  it('leaves one chance in twenty to all labels together', () => {
    // Quantiles of the normal distribution at 1 - 0.05 / 300 and at 1 - 0.05 / 1200.
    expect(threshold(300, 1)).toBeCloseTo(3.588, 2)
    expect(threshold(300, 4)).toBeCloseTo(3.935, 2)
  })
})

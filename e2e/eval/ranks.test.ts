import { describe, expect, it } from 'vitest'
import { firstRight, largest, recallAt } from './ranks.ts'

describe('ranks', () => {
  it('are the places of the first right answer, from 1', () => {
    expect(firstRight(['cat', 'dog', 'dog'], (answer) => answer === 'dog')).toBe(2)
    expect(firstRight(['cat'], (answer) => answer === 'dog')).toBeNull()
    expect(firstRight([], () => true)).toBeNull()
  })

  it('make R@k: the share of questions that are answered within the first k', () => {
    const places = [1, 3, null, 5, 11, 1, null, 2]
    expect([1, 5, 10, 11].map((k) => recallAt(places, k))).toEqual([25, 62.5, 62.5, 75])
    expect(recallAt([], 1)).toBeNaN()
  })

  it('come from values, the largest first and of equals the first', () => {
    expect(largest([0.1, 0.9, 0.5, 0.9], 3)).toEqual([1, 3, 2])
    expect(largest([0.1], 10)).toEqual([0])
  })
})

import { describe, expect, it } from 'vitest'
import { startsLater } from './word-times.ts'

const words = (...list: [string, number][]): { text: string, start: number }[] => list.map(([text, start]) => ({ text, start }))

describe('times of words', () => {
  it('are compared where both heard the same word, in their order, whatever its case and signs', () => {
    const heard = words(['And', 0.5], ['so', 1], ['my', 1.25], ['fellow', 2], ['Americans,', 2.5])
    const known = words(['so', 0.75], ['my', 1.25], ['jello', 2], ['americans', 2], ['and', 3])
    expect(startsLater(heard, known)).toEqual([0.25, 0, 0.5])
  })

  it('of nothing are none', () => {
    expect(startsLater([], words(['so', 1]))).toEqual([])
    expect(startsLater(words(['so', 1]), words(['no', 1]))).toEqual([])
  })
})

import { describe, expect, it } from 'vitest'
import { VideoId } from '../../../electron/contract/ids.ts'
import { neighbourAfter } from './neighbour.ts'

const ids = (...values: number[]): VideoId[] => values.map((value) => VideoId.parse(value))

describe('the keyboard after videos were removed', () => {
  it('is on the next one that stays', () => {
    expect(neighbourAfter(ids(4, 7, 9, 2), ids(7))).toBe(9)
    expect(neighbourAfter(ids(4, 7, 9, 2), ids(9, 7))).toBe(2)
  })

  it('is on the one before when the last ones went', () => {
    expect(neighbourAfter(ids(4, 7, 9), ids(9, 7))).toBe(4)
  })

  it('is nowhere when none stays', () => {
    expect(neighbourAfter(ids(4), ids(4))).toBeNull()
    expect(neighbourAfter(ids(4), ids(5))).toBeNull()
  })
})

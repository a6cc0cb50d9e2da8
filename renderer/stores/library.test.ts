import { describe, expect, it } from 'vitest'
import { VideoId } from '../../electron/contract/ids.ts'
import { testCard } from '../features/library/test-card.ts'
import { withAnswer } from './library.ts'

const id = (value: number): VideoId => VideoId.parse(value)

describe('cards asked for again', () => {
  const cards = [testCard({ id: id(1) }), testCard({ id: id(2) }), testCard({ id: id(3) })]

  it('take the place of the old ones, and the others stay the same objects', () => {
    const fresh = testCard({ id: id(2), state: 'failed' })
    const now = withAnswer(cards, new Set([id(2)]), [fresh])
    expect(now).toEqual([cards[0], fresh, cards[2]])
    expect(now[0]).toBe(cards[0])
  })

  it('are gone when they were asked for and are not answered', () => {
    expect(withAnswer(cards, new Set([id(1), id(3)]), [cards[2]!]).map((card) => card.id)).toEqual([2, 3])
  })

  it('are added when they were not known', () => {
    expect(withAnswer(cards, new Set([id(9)]), [testCard({ id: id(9) })]).map((card) => card.id)).toEqual([1, 2, 3, 9])
  })
})

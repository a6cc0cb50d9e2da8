import { describe, expect, it } from 'vitest'
import { oneIn } from './chance.ts'

describe('how unusual a hit is, as a person says it', () => {
  it.each([[0.5, 2], [0.3, 3], [0.1, 10], [0.053, 19], [0.02, 50], [0.0123, 80], [0.005, 200], [0.0043, 250], [0.0007, 1500], [0, 10_000]])('%s is 1 in %s', (chance, expected) => {
    expect(oneIn(chance)).toBe(expected)
  })

  it('what most questions find is not unusual', () => { expect(oneIn(0.51)).toBeNull() })
})

// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { keepWeights, keptWeights, stepOf, unusualIn, usualWeights, weightSteps } from './search-weights.ts'

describe('the weights of a search', () => {
  it('are kept from one start to the next', () => {
    const changed = { ...usualWeights, seen: 2, title: 0 }
    keepWeights(changed)
    expect(keptWeights()).toEqual(changed)
    expect(unusualIn(changed)).toEqual(['seen', 'title'])
  })

  it.each(['', 'null', '[1]', '{"said":"much","seen":-1,"title":1e9}'])('are the usual ones where %j is kept', (text) => {
    localStorage.setItem('scenedex-search-weights', text)
    expect(keptWeights()).toEqual(usualWeights)
  })

  it('each stand at a step of their slider, the nearest one where none is meant', () => {
    expect(weightSteps.map(stepOf)).toEqual([0, 1, 2, 3, 4, 5])
    expect([stepOf(0.9), stepOf(10)]).toEqual([3, 5])
  })
})

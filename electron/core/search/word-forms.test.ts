import { describe, expect, it } from 'vitest'
import { editDistance, forgivenErrors } from './spelling.ts'
import { stem } from './stem.ts'

describe('English forms of a word', () => {
  it.each([
    ['launch', 'launches', 'launched', 'launching'], ['run', 'runs', 'running'], ['hope', 'hopes', 'hoped', 'hoping'], ['hop', 'hops', 'hopped', 'hopping'],
    ['city', 'cities'], ['observe', 'observes', 'observed', 'observing'], ['size', 'sizes', 'sized', 'sizing'], ['use', 'uses', 'used', 'using'],
    ['class', 'classes'], ['box', 'boxes'], ['cry', 'cries', 'cried', 'crying'], ['space', 'spaces'],
  ])('%s and its forms are one', (word, ...forms) => {
    for (const form of forms) expect(stem(form), form).toBe(stem(word))
  })

  it.each([['hope', 'hop'], ['sing', 's'], ['universe', 'university'], ['need', 'ne'], ['bus', 'bu'], ['thing', 'th'], ['red', 'r']])('%s is no form of %s', (word, other) => {
    expect(stem(word)).not.toBe(stem(other))
  })

  it('leaves words of other scripts as they are', () => {
    expect(stem('größe')).toBe('größe')
    expect(stem('東京')).toBe('東京')
  })
})

describe('misspelt words', () => {
  it.each([['telescope', 'telescope', 0], ['teloscope', 'telescope', 1], ['telecsope', 'telescope', 1], ['telescop', 'telescope', 1], ['ca', 'abc', 3], ['kitten', 'sitting', 3], ['', 'ab', 2]])(
    '%s is %s with %i errors', (a, b, errors) => { expect(editDistance(a, b, 9)).toBe(errors) })

  it('gives up above the number that is forgiven', () => {
    expect(editDistance('kitten', 'sitting', 2)).toBe(3)
    expect(editDistance('a', 'abcdefgh', 2)).toBe(3)
  })

  it('forgives nothing in a short word', () => {
    expect([forgivenErrors('sun'), forgivenErrors('moon'), forgivenErrors('telescope')]).toEqual([0, 1, 2])
  })
})

import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { asksForWords, chipsOf, filterText, withFilter, withoutChip, wordsOf } from './query-chips.ts'

const shown = (text: string): string[] => chipsOf(text).map(({ name, value, isNot }) => `${isNot ? 'not ' : ''}${name}=${value}`)

function removed(text: string, name: string): string {
  const chip = chipsOf(text).find((one) => one.name === name)
  return chip === undefined ? text : withoutChip(text, chip)
}

describe('the filters of a query as chips', () => {
  it.each([
    ['rocket launch', []],
    ['rocket color:red longer:10s', ['color=red', 'longer=10s']],
    ['colour:Blue', ['color=Blue']],
    ['in:"my holiday" -color:red', ['in=my holiday', 'not color=red']],
    ['said:nasa seen:"a red car" title:trip', ['said=nasa', 'seen=a red car', 'title=trip']],
    ['bright:>0.6 motion:<0.01', ['bright=>0.6', 'motion=<0.01']],
    ['(color:red OR color:blue) crowd', ['color=red', 'color=blue']],
    ['"color:red" are words between quotation marks', []],
    ['11:30 person:ann color:', []],
    ['in:"still open', ['in=still open']],
  ])('%s', (text, expected) => { expect(shown(text)).toEqual(expected) })

  it('what is left are the words', () => {
    expect(wordsOf('rocket in:"my holiday" "solar eclipse" color:red')).toBe('rocket "solar eclipse"')
  })
})

describe('taking a filter away', () => {
  it.each([
    ['rocket color:red launch', 'color', 'rocket launch'],
    ['color:red', 'color', ''],
    ['rocket -color:red', 'color', 'rocket'],
    ['(color:red OR color:blue) crowd', 'color', '(color:blue) crowd'],
    ['goal OR color:red', 'color', 'goal'],
    ['color:red THEN<5s crowd', 'color', 'crowd'],
    ['(color:red) crowd', 'color', 'crowd'],
    ['(goal OR penalty) color:red', 'color', 'goal OR penalty'],
    ['(a OR b) in:x (c OR d)', 'in', '(a OR b) (c OR d)'],
    ['-(a OR b) in:x', 'in', '-(a OR b)'],
    ['-(color:red) crowd', 'color', 'crowd'],
    ['a AND in:x OR b', 'in', 'a OR b'],
    ['a OR in:x AND b', 'in', 'a OR b'],
    ['a OR in:x THEN b', 'in', 'a THEN b'],
  ])('%s without %s', (text, name, expected) => { expect(removed(text, name)).toBe(expected) })
})

describe('adding a filter', () => {
  it.each([
    ['', 'color', 'red', 'color:red'],
    ['rocket ', 'color', 'red', 'rocket color:red'],
    ['color:red', 'color', 'blue', 'color:red color:blue'],
    ['color:red', 'color', 'Red', 'color:Red'],
    ['longer:5s crowd', 'longer', '10s', 'crowd longer:10s'],
    ['-in:trip crowd', 'in', 'holiday', '-in:trip crowd in:holiday'],
    ['goal OR penalty', 'in', 'my holiday', '(goal OR penalty) in:"my holiday"'],
    ['goal THEN crowd', 'bright', 'dark', '(goal THEN crowd) bright:dark'],
    ['(goal OR penalty) crowd', 'bright', 'dark', '(goal OR penalty) crowd bright:dark'],
    ['"solar ecl', 'motion', 'fast', '"solar ecl" motion:fast'],
    ['crowd', 'in', 'a "b" (c)', 'crowd in:"a  b  (c)"'],
  ] as const)('%s with %s:%s', (...[text, name, value, expected]) => { expect(withFilter(text, name, value)).toBe(expected) })

  it('what was added can be read again and taken away again, whatever the query was', () => {
    const words = fc.array(fc.constantFrom('goal', 'OR', 'AND', 'THEN<5s', '(', ')', '-x', '"two words"', '"open', 'color:red', 'said:yes', 'ünï:', ':'), { maxLength: 8 })
    fc.assert(fc.property(words, fc.string({ minLength: 1, maxLength: 12 }), (parts, value) => {
      fc.pre(/[\p{L}\d]/u.test(value))
      const text = withFilter(parts.join(' '), 'in', value)
      const [chip] = chipsOf(text).filter(({ name }) => name === 'in')
      expect(filterText('in', chip?.value ?? '')).toBe(filterText('in', value))
      if (chip !== undefined) expect(chipsOf(withoutChip(text, chip)).some(({ name }) => name === 'in')).toBe(false)
    }))
  })

  it('any text at all is read without a failure, and keeps its place in the text', () => {
    fc.assert(fc.property(fc.string(), (text) => {
      for (const chip of chipsOf(text)) expect(text.slice(chip.start, chip.end).toLowerCase()).toContain(':')
    }))
  })
})

describe('what a query asks for in words', () => {
  it.each([
    ['rocket', { said: true, seen: true }], ['"solar eclipse" color:red', { said: true, seen: true }], ['said:nasa', { said: true, seen: false }], ['seen:"a red car"', { said: false, seen: true }],
    ['tag:beach longer:5s', { said: false, seen: true }], ['said:(moon OR sun)', { said: true, seen: true }],
    ['color:red OR (color:blue motion:fast)', { said: false, seen: false }], ['color:blue -moon -"solar eclipse"', { said: false, seen: false }], ['', { said: false, seen: false }],
  ])('%s', (query, asked) => { expect(asksForWords(query)).toEqual(asked) })
})

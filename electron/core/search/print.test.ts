import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { queryLanguage } from '../../contract/query-language.ts'
import { parseQuery } from './parse.ts'
import { printQuery } from './print.ts'
import { anyText } from './test-queries.ts'

const printed = (text: string): string => printQuery(parseQuery(text).node)

describe('a query that is printed', () => {
  it.each([
    ['  rocket   launch ', 'rocket launch '],
    ['the cat in the hat', 'the cat in the hat'],
    ['“solar eclipse” moon', '"solar eclipse" moon'],
    ['goal AND (crowd OR fans) THEN<2m whistle ', 'goal (crowd OR fans) THEN<120s whistle '],
    ['sun AND moon', 'sun AND moon'],
    ['(NASA) AND ESA ', '(NASA) (ESA)'],
    ['color:blue,teal -(tag:"hot dog")', '(color:blue OR color:teal) -tag:"hot dog"'],
    ['said:(moon landing OR eclipse) x', '(said:(moon landing) OR said:eclipse) x'],
    ['seen:car', 'seen:"car"'],
    ['foo:bar baz)', 'foo:bar baz '],
    ['cat longer:abc THEN', 'cat '],
    ['', ''],
  ])('%j is %j', (text, expected) => {
    expect(printed(text)).toBe(expected)
    expect(printed(expected)).toBe(expected)
  })

  it('is understood as the same query again, whatever it was', () => {
    fc.assert(fc.property(anyText, (text) => {
      const { node } = parseQuery(text)
      const again = printQuery(node)
      expect(parseQuery(again).node).toEqual(node)
      expect(printed(again)).toBe(again)
    }), { numRuns: 1500 })
  })
})

describe('the page of help', () => {
  it.each(queryLanguage.flatMap(({ forms }) => forms))('$form: $example is understood as it stands', ({ example }) => {
    const { node, notes } = parseQuery(example)
    expect(node).not.toBeNull()
    expect(notes).toEqual([])
  })
})

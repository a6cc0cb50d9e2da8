import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseQuery } from './parse.ts'
import type { Filter, QueryNode, WordsNode } from './query.ts'

function words({ field, terms }: WordsNode): string {
  const texts = terms.map(({ text, isExact, isPrefix }) => isExact ? `"${text}"` : `${text}${isPrefix ? '*' : ''}`)
  return `${field === 'any' ? '' : field}[${texts.join(' ')}]`
}

function filter(of: Filter): string {
  return Object.entries(of).map(([name, value]) => name === 'kind' ? String(value) : JSON.stringify(value)).join(' ')
}

/** The query as it was understood, on one line. */
function shown(node: QueryNode | null): string {
  if (node === null) return 'nothing'
  switch (node.kind) {
    case 'and': case 'or': return `(${node.parts.map(shown).join(node.kind === 'and' ? ' & ' : ' | ')})`
    case 'not': return `not ${shown(node.part)}`
    case 'then': return `(${shown(node.first)} then ${node.withinSeconds}s ${shown(node.second)})`
    case 'seen': return `seen[${node.text}]`
    case 'filter': return filter(node.filter)
    case 'words': return words(node)
  }
}

const understood = (text: string): string => shown(parseQuery(text).node)
const notes = (text: string): string[] => parseQuery(text).notes

describe('the language of queries', () => {
  it.each([
    ['rocket launch', '[rocket launch*]'],
    ['rocket launch ', '[rocket launch]'],
    ['"solar eclipse" moon', '(["solar eclipse"] & [moon*])'],
    ['“solar eclipse”', '["solar eclipse"]'],
    ['eclipse -moon', '([eclipse] & not [moon])'],
    ['-"full moon" -(a1 OR b1)', '(not ["full moon"] & not ([a1] | [b1]))'],
    ['sun AND moon', '([sun] & [moon*])'],
    ['sun OR moon stars', '([sun] | [moon stars*])'],
    ['(sun OR moon) stars', '(([sun] | [moon]) & [stars*])'],
    ['goal THEN crowd', '([goal] then 30s [crowd*])'],
    ['goal THEN<5s crowd', '([goal] then 5s [crowd*])'],
    ['goal THEN<2m crowd', '([goal] then 120s [crowd*])'],
    ['a1 OR b1 THEN c1 THEN d1', '((([a1] | [b1]) then 30s [c1]) then 30s [d1*])'],
    ['said:nasa', 'said[nasa*]'],
    ['said:"space flight" title:trip ', '(said["space flight"] & title[trip])'],
    ['title:(trip OR travel)', '(title[trip] | title[travel])'],
    ['seen:"a red car"', 'seen[a red car]'],
    ['in:holiday', 'video "holiday"'],
    ['in:"my holiday"', 'video "my holiday"'],
    ['lang:de', 'language "de"'],
    ['before:2024-5', 'recorded "before" "2024-05"'],
    ['after:2024-05-03', 'recorded "after" "2024-05-03"'],
    ['longer:5s', 'duration {"from":5,"to":null}'],
    ['shorter:2m', 'duration {"from":0,"to":120}'],
    ['shorter:1:30', 'duration {"from":0,"to":90}'],
    ['color:red', 'colour "red"'],
    ['Colour:red', 'colour "red"'],
    ['tag:"Wedding cake"', 'tag "wedding cake"'],
    ['-color:red', 'not colour "red"'],
    ['bright:dark', 'brightness {"from":0,"to":0.25}'],
    ['bright:>0.6', 'brightness {"from":0.6,"to":1}'],
    ['bright:20..40%', 'brightness {"from":0.2,"to":0.4}'],
    ['motion:fast', 'motion {"from":0.045,"to":1}'],
    ['motion:<0,1', 'motion {"from":0,"to":0.1}'],
    ['well-known', '[well-known*]'],
    ['at 12:30 sharp', '[12:30 sharp*]'],
    ['see https://example.org/a?b=c ', '[see https://example.org/a?b=c]'],
    ['他说：你好 ', '[他说:你好]'],
    ['Star Trek: Voyager ', '[Star Trek Voyager]'],
    ['color:blue,teal', '(colour "blue" | colour "teal")'],
    ['color:gray', 'colour "grey"'],
    ['-color:red,"blue" cat ', '(not (colour "red" | colour "blue") & [cat])'],
    ['tag:"hot dog",beach', '(tag "hot dog" | tag "beach")'],
    ['in:"my trip, 2019"', 'video "my trip, 2019"'],
    ['lang:de,english', '(language "de" | language "english")'],
    ['color:(blue OR teal)', '(colour "blue" | colour "teal")'],
    ['color:(blue,teal "red")', '((colour "blue" | colour "teal") & colour "red")'],
    ['tag:("hot dog" -beach)', '(tag "hot dog" & not tag "beach")'],
    ['seen:(red car OR boat)', '(seen[red car] | seen[boat])'],
    ['said:(moon landing) ', 'said[moon landing]'],
    ['goal THEN<=1,5m crowd ', '([goal] then 90s [crowd])'],
    ['goal THEN<20 crowd ', '([goal] then 20s [crowd])'],
    ['cats And dogs or birds ', '[cats dogs birds]'],
    ['goal AND crowd ', '([goal] & [crowd])'],
    ['"NASA" OR "ESA"', '(["NASA"] | ["ESA"])'],
    ['(NASA) OR ESA ', '([NASA] | [ESA])'],
    ['（猫　ＯＲ 犬） tag：beach', '([猫 ＯＲ 犬] & tag "beach")'],
    ['-longer:5s', 'not duration {"from":5,"to":null}'],
    ['after:2024-02-29', 'recorded "after" "2024-02-29"'],
  ])('understands %s', (text, expected) => {
    expect(understood(text)).toBe(expected)
    expect(notes(text)).toEqual([])
  })

  it('leaves out words that say nothing, unless there are no others or they are between quotation marks', () => {
    expect(understood('the cat in the hat ')).toBe('[cat hat]')
    expect(understood('who is it ')).toBe('[who is it]')
    expect(understood('"the cat"')).toBe('["the cat"]')
  })

  it('takes operators as words when all is written in capitals', () => {
    expect(understood('CATS OR DOGS THEN BIRDS ')).toBe('[CATS DOGS BIRDS]')
    expect(understood('ROCKET AND ROLL ')).toBe('[ROCKET ROLL]')
    expect(notes('cats NOT dogs')).toEqual(['NOT was taken as a word: a minus before a word leaves out what has it.'])
    expect(notes('DO NOT ENTER')).toEqual([])
    expect(notes('CATS OR DOGS')).toEqual(['All of it is in capitals, so AND, OR and THEN were taken as words.'])
    expect(understood('NASA launches OR ESA ')).toBe('([NASA launches] | [ESA])')
    expect(understood('CATS THEN<5s DOGS ')).toBe('([CATS] then 5s [DOGS])')
    expect(understood('東京 OR 大阪 ')).toBe('([東京] | [大阪])')
    expect(understood('then and or ')).toBe('[then and or]')
  })

  it.each([
    ['"open quote', '["open quote"]', 'A quotation mark has no partner: all after it was taken as the exact words.'],
    ['AND cat ', '[cat]', 'AND stands without something on both sides and was left out.'],
    ['cat OR', '[cat]', 'OR stands without something on both sides and was left out.'],
    ['cat THEN ', '[cat]', 'THEN stands without something on both sides and was left out.'],
    ['(cat dog', '[cat dog*]', 'A bracket was not closed: it was taken to go to the end.'],
    ['cat) dog ', '([cat] & [dog])', 'A closing bracket has no partner and was left out.'],
    ['foo:bar ', '[foo:bar]', 'There is no filter foo: so it was searched as words.'],
    ['cat said:', '[cat]', 'said: has nothing after it and was left out.'],
    ['cat text:exit', '[cat]', 'text: (words on the screen) can not be searched yet and was left out.'],
    ['cat longer:often', '[cat]', 'longer: wants a time such as 5s or 2m; "often" was left out.'],
    ['cat before:soon', '[cat]', 'before: wants a date such as 2024, 2024-05 or 2024-05-31; "soon" was left out.'],
    ['cat motion:constructor', '[cat]', 'motion: wants still, calm, fast or a share such as >0.5; "constructor" was left out.'],
    ['cat __proto__:x', '[cat proto__:x*]', null],
    ['cat text:(exit OR way) ', '[cat]', 'text: (words on the screen) can not be searched yet and was left out.'],
    ['cat color:', '[cat]', 'color: has nothing after it and was left out.'],
    ['cat color:blurple,blue', '([cat] & colour "blue")', 'color: is one of black, grey, white, red, orange, yellow, green, teal, blue, purple, pink, brown; "blurple" was left out.'],
    ['cat before:2024-13', '[cat]', 'before: wants a date that there is, such as 2024, 2024-05 or 2024-05-31; "2024-13" was left out.'],
    ['cat after:2023-02-29', '[cat]', 'after: wants a date that there is, such as 2024, 2024-05 or 2024-05-31; "2023-02-29" was left out.'],
    ['cat longer:abc', '[cat]', 'longer: wants a time such as 5s or 2m; "abc" was left out.'],
    ['cat longer:(dog) ', '([cat] & [dog])', 'longer: can not stand before brackets, and was left out.'],
    ['foo:(bar) ', '([foo] & [bar])', 'There is no filter foo: so it was searched as words.'],
    ['foo:"bar baz"', '([foo] & ["bar baz"])', 'There is no filter foo: so it was searched as words.'],
    ['cat THEN<soon dog ', '([cat] then 30s [dog])', 'THEN<soon has no time such as 20s or 2m after it, so 30 seconds were taken.'],
    ['in:"my trip', 'video "my trip"', 'A quotation mark has no partner: all after it was taken as the exact words.'],
    ['cat motion:wild', '[cat]', 'motion: wants still, calm, fast or a share such as >0.5; "wild" was left out.'],
  ])('makes the best of %s and says so', (text, expected, note) => {
    expect(understood(text)).toBe(expected)
    expect(notes(text)).toEqual(note === null ? [] : [note])
  })

  it.each(['', '   ', '-', '()', '""', '!?', '- -', '"…"'])('asks for nothing with %j', (text) => {
    expect(understood(text)).toBe('nothing')
  })

  it('looks at no more than a person would type', () => {
    expect(notes('word '.repeat(1000))).toEqual(['Only the first 2000 characters were looked at.', 'Only the first 40 words were looked for.'])
    expect(notes(`${'('.repeat(50)}cat${')'.repeat(50)}`)).toContain('Brackets in more than 20 others were left out.')
  })

  it('understands any text as something', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      expect(Array.isArray(parseQuery(text).notes)).toBe(true)
    }), { numRuns: 500 })
  })
})

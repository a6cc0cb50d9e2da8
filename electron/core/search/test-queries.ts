import fc from 'fast-check'

const word = fc.constantFrom(
  'space', 'webb', 'telescope', 'in', 'the', 'cafe', '東京', 'zebra', 'e-mail', 'l’avion', 'NASA', 'ROCKET', 'And', 'goal,', '12:30', 'https://a.b/c', 'foo:bar', 'Trek:', '-x', 'йод', '"space flight"', '"NASA"', '“exact”', '""')
const filter = fc.constantFrom(
  'color:blue', 'color:blue,teal', 'colour:"gray"', 'color:blurple', 'in:nasa', 'in:"my trip, 2019"', 'in:1,2', 'lang:de', 'lang:xx', 'motion:calm', 'motion:<0.1', 'bright:dark', 'longer:5s', 'shorter:1:30', 'longer:abc',
  'after:2018', 'before:2024-13', 'tag:"hot dog",beach', 'said:the', 'said:"space flight"', 'title:nasa', 'seen:dog', 'seen:"a red car"', 'text:exit', 'said:', 'color:(', 'said:(', 'seen:(', 'tag:(', 'longer:(', 'person:(')
const syntax = fc.constantFrom('AND', 'OR', 'THEN', 'THEN<3s', 'THEN<2m', 'THEN<1,5s', 'THEN<soon', '-', '-(', '(', ')', '"', '«', '*', '^', 'NEAR(', '{said}:', "'", ';--', ':', ',', '（', '）', '：', '\u0000', '\ud800')

const piece = fc.oneof({ weight: 3, arbitrary: word }, { weight: 2, arbitrary: filter }, { weight: 3, arbitrary: syntax })

/** Any text that somebody may type, paste or hit by accident: much of it nearly a query. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.array(piece, { maxLength: 14 }).map((parts) => parts.join(' ')),
  fc.array(piece, { maxLength: 10 }).map((parts) => parts.join('')),
  fc.array(fc.tuple(piece, fc.constantFrom('', ' ')), { maxLength: 12 }).map((parts) => parts.flat().join('')),
)

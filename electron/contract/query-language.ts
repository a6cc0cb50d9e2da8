/** One form of a query: how it is written, what it asks for, and a query that has it. */
export interface QueryForm { form: string, meaning: string, example: string }

/** Forms that belong together. */
export interface QueryForms { title: string, forms: readonly QueryForm[] }

/** The colours that scenes can be found by, in the order of a palette. */
export const colourNames = ['black', 'grey', 'white', 'red', 'orange', 'yellow', 'green', 'teal', 'blue', 'purple', 'pink', 'brown'] as const

/** All forms of a query, for every page that explains how to ask. Each example is understood as it stands. */
export const queryLanguage: readonly QueryForms[] = [
  { title: 'Words', forms: [
    { form: 'words', meaning: 'all of the words, said or in the title, or a picture that looks like them', example: 'rocket launch' },
    { form: '"exact words"', meaning: 'exactly these words side by side', example: '"solar eclipse"' },
    { form: '-not', meaning: 'without it: a word, "exact words", a filter, or all that stands in brackets', example: 'eclipse -moon' },
    { form: 'A AND B', meaning: 'both in one scene', example: 'goal AND crowd' },
    { form: 'A OR B', meaning: 'either of them', example: 'goal OR penalty' },
    { form: '(A OR B) C', meaning: 'brackets group', example: '(goal OR penalty) crowd' },
    { form: 'A THEN B', meaning: 'B at most 30 seconds after A in the same video: the hit goes from A to B', example: 'goal THEN crowd' },
    { form: 'A THEN<20s B', meaning: 'at most so many seconds after (<20s) or minutes (<2m)', example: 'goal THEN<20s crowd' },
  ] },
  { title: 'Where', forms: [
    { form: 'said:', meaning: 'only in what is said', example: 'said:nasa' },
    { form: 'title:', meaning: 'only in the title of the video', example: 'title:trip' },
    { form: 'seen:', meaning: 'only by how it looks, with a picture model', example: 'seen:"a red car"' },
    { form: 'tag:', meaning: 'with this label, or a word of it; needs a picture model', example: 'tag:beach' },
    { form: 'in:', meaning: 'of videos with this in their title or path, or of the video with this number', example: 'in:"my holiday"' },
    { form: 'lang:', meaning: 'where this language is spoken', example: 'lang:german' },
  ] },
  { title: 'How it looks', forms: [
    { form: 'color:', meaning: `one of ${colourNames.join(', ')}; several with commas: any of them`, example: 'color:blue,teal' },
    { form: 'bright:', meaning: 'dark, bright, or a share of 1: >0.6, <20%, 0.2..0.4', example: 'bright:dark' },
    { form: 'motion:', meaning: 'still, calm, fast, or a share of 1', example: 'motion:fast' },
  ] },
  { title: 'How long, and when', forms: [
    { form: 'longer:', meaning: 'scenes of at least so many seconds (5s) or minutes (2m)', example: 'longer:5s' },
    { form: 'shorter:', meaning: 'scenes of at most so long', example: 'shorter:2m' },
    { form: 'after:', meaning: 'recorded then or later: a year, a month or a day', example: 'after:2024-05' },
    { form: 'before:', meaning: 'recorded earlier', example: 'before:2024-05-31' },
  ] },
]

/** What holds for all forms, one sentence each. */
export const queryRules: readonly string[] = [
  'AND, OR and THEN are written in capitals.',
  'Accents and capitals do not matter in words, and the last word may be half typed.',
  'Other English forms of a word count (launches, launched), and where there are few hits words that are written a little differently and longer words that have it as a part.',
  'A value with spaces stands in quotation marks, several values have commas between them, and said:, title:, tag:, in:, lang: and color: can stand before brackets.',
  'text: for the words on the screen comes later.',
]

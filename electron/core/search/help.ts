import type { QueryForm } from '../../contract/query-language.ts'
import { queryLanguage, queryRules } from '../../contract/query-language.ts'

// As wide as the lines of a terminal are in most windows.
const WIDTH = 100

function wrapped(text: string, width: number): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}

const forms = queryLanguage.flatMap((group) => group.forms)
const longest = (of: (form: QueryForm) => string): number => Math.max(...forms.map((form) => of(form).length))
const formColumn = longest(({ form }) => form) + 2
const exampleColumn = longest(({ example }) => example) + 2

function formLines({ form, meaning, example }: QueryForm): string[] {
  const beginning = `  ${form.padEnd(formColumn)}${example.padEnd(exampleColumn)}`
  return wrapped(meaning, WIDTH - beginning.length).map((line, at) => `${at === 0 ? beginning : ' '.repeat(beginning.length)}${line}`)
}

/** How to ask, on one page for a terminal: each form, an example of it, and what it means. */
export const queryHelp: string = [
  'How to ask:',
  ...queryLanguage.flatMap(({ title, forms: rows }) => ['', title, ...rows.flatMap(formLines)]),
  '',
  ...queryRules.flatMap((rule) => wrapped(rule, WIDTH)),
].join('\n')

import { AppError } from '../errors.ts'

/** What a template can name. Empty where a clip has none of it. */
export interface NameFields {
  /** The person's own name for the clip, else where it is from. */
  title: string
  start: string
  end: string
  /** What it was found with. */
  query: string
  /** Title of the video. */
  video: string
  /** The day it was recorded: 2026-11-21. */
  date: string
  /** Its number in the export: 01. */
  n: string
}

const KNOWN: readonly (keyof NameFields)[] = ['title', 'start', 'end', 'query', 'video', 'date', 'n']

const isKnown = (name: string): name is keyof NameFields => KNOWN.some((field) => field === name)

/** Throws USAGE for a field that there is not, with those that there are, and for a template that says nothing. */
export function refuseTemplate(template: string | null): void {
  if (template === null) return
  const fields = KNOWN.map((field) => `{${field}}`).join(' ')
  const unknown = [...template.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1] ?? '').filter((name) => !isKnown(name))
  if (unknown.length > 0) throw new AppError('USAGE', { message: `A name can not hold ${unknown.map((name) => `{${name}}`).join(' ')}.`, hint: `It can hold ${fields}.` })
  if (template.trim() === '') throw new AppError('USAGE', { message: 'The template of names is empty.', hint: `It can hold ${fields}.` })
}

/** What stood around a field that is empty: brackets with nothing in them, two blanks, a dash that leads nowhere. */
function withoutGaps(text: string): string {
  return text.replace(/\(\s*\)|\[\s*\]/g, ' ').replace(/\s+/g, ' ').replace(/( [-–—_,·]+)+(?= [-–—_,·]+ )/g, '').replace(/^[\s\-–—_,·]+|[\s\-–—_,·]+$/g, '')
}

/** The template with its fields filled in. Not yet safe as a file name. */
export function fillTemplate(template: string, fields: NameFields): string {
  const named = [...template.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1] ?? '')
  const valueOf = (name: string): string => isKnown(name) ? fields[name].trim() : ''
  const filled = template.replace(/\{([^{}]*)\}/g, (_, name: string) => valueOf(name))
  return named.some((name) => valueOf(name) === '') ? withoutGaps(filled) : filled
}

import { colourNames } from '../../contract/query-language.ts'
import type { Filter, Range } from './query.ts'

/** What a filter's words come to: the filter, or why it is left out. */
type Understood = { filter: Filter } | { note: string }

// Measured 2026-11-21 on 18 real videos: somebody who stands and speaks 0.003 to 0.009, hands on a guitar 0.012, a frog 0.022,
// a baseball player or a tractor 0.05, fire 0.14.
const MOTIONS = new Map<string, Range>([['still', { from: 0, to: 0.004 }], ['calm', { from: 0, to: 0.02 }], ['fast', { from: 0.045, to: 1 }]])
// Of the same videos the darkest scenes have 0.04, most 0.3 to 0.55, the brightest 0.6.
const BRIGHTNESSES = new Map<string, Range>([['dark', { from: 0, to: 0.25 }], ['bright', { from: 0.55, to: 1 }]])

const number = String.raw`\d+(?:[.,]\d+)?|[.,]\d+`
const shareText = new RegExp(String.raw`^(<=?|>=?|=)?(${number})(%?)(?:(?:\.\.|-)(${number})(%?))?$`)
const timeText = new RegExp(String.raw`^(${number})\s*(ms|s|sec|secs|m|min|mins|h)?$`, 'i')
const clockText = /^(?:(\d+):)?(\d{1,2}):(\d{2})$/
const dateText = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/
const SECONDS: Record<string, number> = { ms: 0.001, s: 1, sec: 1, secs: 1, m: 60, min: 60, mins: 60, h: 3600 }
// "bright:0.5" means about so much.
const ABOUT = 0.05

function asNumber(text: string, percent = ''): number {
  return Number(text.replace(',', '.')) / (percent === '%' ? 100 : 1)
}

function share(text: string): Range | null {
  const match = shareText.exec(text)
  if (match === null) return null
  const [, sign = '', first = '', firstPercent, second, secondPercent] = match
  const value = asNumber(first, firstPercent === '' ? secondPercent : firstPercent)
  if (second !== undefined) return { from: value, to: asNumber(second, secondPercent) }
  if (sign.startsWith('<')) return { from: 0, to: value }
  if (sign.startsWith('>')) return { from: value, to: 1 }
  return { from: value - ABOUT, to: value + ABOUT }
}

function seconds(text: string): number | null {
  const clock = clockText.exec(text)
  if (clock !== null) return Number(clock[1] ?? 0) * 3600 + Number(clock[2]) * 60 + Number(clock[3])
  const match = timeText.exec(text)
  if (match?.[1] === undefined) return null
  return asNumber(match[1]) * (SECONDS[(match[2] ?? 's').toLowerCase()] ?? 1)
}

function range(kind: 'brightness' | 'motion', text: string): Understood {
  const names = kind === 'motion' ? MOTIONS : BRIGHTNESSES
  const found = names.get(text.toLowerCase()) ?? share(text)
  if (found !== null) return { filter: { kind, range: found } }
  return { note: `wants ${[...names.keys()].join(', ')} or a share such as >0.5` }
}

function duration(side: 'longer' | 'shorter', text: string): Understood {
  const limit = seconds(text)
  if (limit === null) return { note: 'wants a time such as 5s or 2m' }
  return { filter: { kind: 'duration', range: side === 'longer' ? { from: limit, to: Infinity } : { from: 0, to: limit } } }
}

function recorded(side: 'before' | 'after', text: string): Understood {
  const match = dateText.exec(text)
  if (match === null) return { note: 'wants a date such as 2024, 2024-05 or 2024-05-31' }
  // What was not written is undefined, whatever the type says.
  const parts = match.slice(1).filter((part: string | undefined) => part !== undefined).map((part, at) => at === 0 ? part : part.padStart(2, '0'))
  if (!isDate(parts)) return { note: 'wants a date that there is, such as 2024, 2024-05 or 2024-05-31' }
  return { filter: { kind: 'recorded', side, text: parts.join('-') } }
}

function isDate([year = '', month = '01', day = '01']: readonly string[]): boolean {
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`)
  // The 31st of February is no error to JavaScript, but a day of March.
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(`${year}-${month}-${day}`)
}

function colour(text: string): Understood {
  const name = text.toLowerCase() === 'gray' ? 'grey' : text.toLowerCase()
  if (colourNames.some((known) => known === name)) return { filter: { kind: 'colour', text: name } }
  return { note: `is one of ${colourNames.join(', ')}` }
}

const readers: Record<string, (text: string) => Understood> = {
  in: (text) => ({ filter: { kind: 'video', text } }),
  lang: (text) => ({ filter: { kind: 'language', text } }),
  before: (text) => recorded('before', text),
  after: (text) => recorded('after', text),
  longer: (text) => duration('longer', text),
  shorter: (text) => duration('shorter', text),
  color: colour,
  colour,
  tag: (text) => ({ filter: { kind: 'tag', text: text.toLowerCase() } }),
  bright: (text) => range('brightness', text),
  motion: (text) => range('motion', text),
}

/** True for the name of a filter that reads one value. */
export function isFilterName(name: string): boolean {
  return Object.hasOwn(readers, name)
}

const LISTS = new Set(['in', 'lang', 'tag', 'color', 'colour'])

/** True for the name of a filter of which several values can be asked at once, and which can stand before brackets. */
export function isListFilter(name: string): boolean {
  return LISTS.has(name.toLowerCase())
}

/** Reads the value of a filter, or says why it can not be read. */
export function readFilter(name: string, text: string): Understood {
  const read = Object.hasOwn(readers, name) ? readers[name] : undefined
  return read === undefined ? { note: 'is no filter' } : read(text.trim())
}

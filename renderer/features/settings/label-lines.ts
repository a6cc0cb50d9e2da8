import { messages } from '../../messages.ts'

const text = messages.settings.tags

/** As the contract has it. */
const MOST_LABELS = 5000
const MOST_LETTERS = 100

export interface WrittenLabels {
  labels: string[]
  /** Lines that say the same as one before them. */
  doubles: number
  /** Why they can not be kept; null when they can. */
  complaint: string | null
}

/** Labels as they were written, one a line: without blanks around them, empty lines and doubles. */
export function labelsOf(written: string): WrittenLabels {
  const lines = written.split('\n').map((line) => line.replace(/\s+/g, ' ').trim()).filter((line) => line !== '')
  const byName = new Map<string, string>()
  for (const line of lines) if (!byName.has(line.toLowerCase())) byName.set(line.toLowerCase(), line)
  const labels = [...byName.values()]
  const long = labels.find((label) => label.length > MOST_LETTERS)
  const complaint = labels.length === 0 ? text.empty : labels.length > MOST_LABELS ? text.tooMany(MOST_LABELS) : long === undefined ? null : text.tooLong(`${long.slice(0, 40)}…`)
  return { labels, doubles: lines.length - labels.length, complaint }
}

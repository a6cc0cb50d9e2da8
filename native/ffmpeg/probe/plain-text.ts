// Control characters, and marks that turn the direction of everything that is printed after them.
const UNPRINTABLE = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu
const HTML_TAG = /<\/?[a-z][^<>]*>/gi

/** Text out of a file, for one line on a screen: no markup, no control characters, at most `longest` characters. Null when nothing is left. */
export function plainText(text: string | undefined, longest = 200): string | null {
  if (text === undefined) return null
  const line = text.slice(0, longest * 20).replaceAll(HTML_TAG, ' ').replaceAll(UNPRINTABLE, ' ').replaceAll(/\s+/g, ' ').trim()
  if (line === '') return null
  const letters = Array.from(line)
  return letters.length <= longest ? line : `${letters.slice(0, longest - 1).join('').trimEnd()}…`
}

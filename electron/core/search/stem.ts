// Steps 1a, 1b, 1c and 5a of M. F. Porter, "An algorithm for suffix stripping", Program 14 (1980): plurals, -ed, -ing,
// -y and -e. The steps between join words that people tell apart ("universe", "university").

const VOWEL = '[aeiouy]'
const hasVowel = new RegExp(VOWEL)
const isShort = /^[^aeiou]*[aeiouy][^aeiouwxy]$/

function withoutPlural(word: string): string {
  if (word.endsWith('sses')) return word.slice(0, -2)
  if (word.endsWith('ies')) return word.length > 4 ? word.slice(0, -2) : word.slice(0, -1)
  if (word.endsWith('ss') || word.endsWith('us') || word.endsWith('is')) return word
  // Porter leaves the e of "launches" to a later step.
  if (/(ch|sh|x|zz)es$/.test(word)) return word.slice(0, -2)
  return word.endsWith('s') ? word.slice(0, -1) : word
}

/** Puts right what taking off -ed or -ing has left: "hopp", "siz", "hop". */
function repaired(base: string): string {
  if (/(at|bl|iz)$/.test(base)) return `${base}e`
  if (/([^aeioulsz])\1$/.test(base)) return base.slice(0, -1)
  return isShort.test(base) ? `${base}e` : base
}

function withoutEnding(word: string): string {
  if (word.endsWith('eed')) return word
  const base = /^(.+?)(?:ed|ing)$/.exec(word)?.[1]
  return base !== undefined && base.length > 1 && hasVowel.test(base) ? repaired(base) : word
}

// Two syllables that end in consonants, so that "observe" is "observ" and "hope" stays.
const isLong = /[aeiouy][^aeiouy].*[aeiouy][^aeiouy]/

/** What English forms of one word have in common; other words come back as they are. For folded words. */
export function stem(word: string): string {
  if (!/^[a-z]{3,}$/.test(word)) return word
  const base = withoutEnding(withoutPlural(word))
  const rest = base.slice(0, -1)
  // "The English (Porter2) stemming algorithm" asks for a consonant before the y, not for a vowel: "cry", "cries".
  if (/.[^aeiou]y$/.test(base)) return `${rest}i`
  return base.endsWith('e') && isLong.test(rest) ? rest : base
}

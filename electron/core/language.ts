const inEnglish = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' })

/** Codes that say that there is no one language. */
const NO_LANGUAGE = new Set(['und', 'mul', 'mis', 'zxx', 'root'])

function canonical(tag: string): string | null {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

/**
 * The BCP 47 tag for a language as containers and file names write it: "eng", "ger" and "deu" (ISO 639-2), "en_US", "pt-br".
 * Unicode CLDR, which Node carries, knows them all; what it has no name for is no language. Null when there is none.
 */
export function languageTag(written: string | null): string | null {
  if (written === null || !/^[a-z]{2,3}([-_][a-z0-9]{2,8}){0,3}$/i.test(written)) return null
  const tag = canonical(written.replaceAll('_', '-'))
  // Not by Intl.Locale: for "und" it has no language at all.
  const language = tag?.split('-')[0] ?? 'und'
  return NO_LANGUAGE.has(language) || inEnglish.of(language) === undefined ? null : tag
}

let tagsByName: Map<string, string> | null = null

function namedTags(): Map<string, string> {
  const names = new Map<string, string>()
  const letters = Array.from('abcdefghijklmnopqrstuvwxyz')
  for (const code of letters.flatMap((first) => letters.map((second) => first + second))) {
    const name = languageTag(code) === code ? inEnglish.of(code) : undefined
    if (name === undefined) continue
    names.set(name.toLowerCase(), code)
    const own = new Intl.DisplayNames(code, { type: 'language', fallback: 'none' }).of(code)
    if (own !== undefined) names.set(own.toLowerCase().normalize('NFC'), code)
  }
  return names
}

/** The tag of a language written by its English or its own name: "English", "deutsch". Null when it is none. */
export function languageByName(name: string): string | null {
  tagsByName ??= namedTags()
  return tagsByName.get(name.toLowerCase().normalize('NFC')) ?? null
}

/** The English name of a language by its tag, the tag itself where it has none. */
export function languageName(tag: string): string {
  const known = canonical(tag)
  return known === null ? tag : inEnglish.of(known) ?? tag
}

/** What two tags of the same language have in common: "en" and "en-US" are one, "en-GB", "pt-PT" and "zh-Hant" are others. */
export function languageKey(tag: string | null): string {
  return tag === null ? '' : new Intl.Locale(tag).maximize().baseName
}

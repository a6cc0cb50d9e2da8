import { messages } from '../../messages.ts'

/** Codes of the languages that Whisper knows, from its tokenizer (openai/whisper, whisper/tokenizer.py). */
const codes = [
  'af', 'am', 'ar', 'as', 'az', 'ba', 'be', 'bg', 'bn', 'bo', 'br', 'bs', 'ca', 'cs', 'cy', 'da', 'de', 'el', 'en', 'es', 'et', 'eu', 'fa', 'fi', 'fo', 'fr', 'gl', 'gu', 'ha',
  'haw', 'he', 'hi', 'hr', 'ht', 'hu', 'hy', 'id', 'is', 'it', 'ja', 'jw', 'ka', 'kk', 'km', 'kn', 'ko', 'la', 'lb', 'ln', 'lo', 'lt', 'lv', 'mg', 'mi', 'mk', 'ml', 'mn', 'mr',
  'ms', 'mt', 'my', 'ne', 'nl', 'nn', 'no', 'oc', 'pa', 'pl', 'ps', 'pt', 'ro', 'ru', 'sa', 'sd', 'si', 'sk', 'sl', 'sn', 'so', 'sq', 'sr', 'su', 'sv', 'sw', 'ta', 'te', 'tg',
  'th', 'tk', 'tl', 'tr', 'tt', 'uk', 'ur', 'uz', 'vi', 'yi', 'yo', 'yue', 'zh',
] as const

/** Whisper's own code for what everybody else calls another. */
const standard: Readonly<Record<string, string>> = { jw: 'jv' }

const names = new Intl.DisplayNames('en', { type: 'language' })

/** The languages that can be spoken, in the order of their names, after the wish that it is found out: the empty value. */
export function spokenLanguages(): { value: string, label: string }[] {
  const named = codes.map((code) => ({ value: code, label: names.of(standard[code] ?? code) ?? code }))
  return [{ value: '', label: messages.settings.speech.auto }, ...named.sort((a, b) => a.label.localeCompare(b.label, 'en'))]
}

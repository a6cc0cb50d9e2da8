import { seeded } from './seeded.ts'

const SMALL_WORDS = new Set(['the', 'and', 'of', 'in', 'on', 'to', 'at', 'is', 'are', 'with', 'an', 'by', 'it', 'its', 'for', 'from', 'his', 'her', 'as'])

/** What a person may type, each list of as many. All are made of words that are in the library. */
export interface Questions {
  words: string[]
  then: string[]
  misspelt: string[]
}

function contentWords(sentence: string): string[] {
  return (sentence.toLowerCase().match(/[a-z]{3,}/g) ?? []).filter((word) => !SMALL_WORDS.has(word))
}

function swapped(word: string): string {
  return `${word[0]}${word[2]}${word[1]}${word.slice(3)}`
}

/** One, two or three words that stand in one sentence, in turn: common ones come as often as people say them. */
export function questionsFrom(sentences: readonly string[], count: number, seed: number): Questions {
  const chance = seeded(seed)
  const phrase = (length: number): string => {
    for (;;) {
      const words = contentWords(chance.pick(sentences))
      if (words.length < length) continue
      const from = chance.below(words.length - length + 1)
      return words.slice(from, from + length).join(' ')
    }
  }
  const long = contentWords(sentences.join(' ')).filter((word) => word.length >= 6)
  return {
    words: Array.from({ length: count }, (_, at) => phrase(1 + at % 3)),
    then: Array.from({ length: count }, (_, at) => `${phrase(1)} THEN${at % 2 === 0 ? '<20s' : ''} ${phrase(1)}`),
    misspelt: Array.from({ length: count }, () => swapped(chance.pick(long))),
  }
}

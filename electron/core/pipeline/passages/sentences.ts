import type { StoredSegment } from '../stage.ts'

/** A word as it is spoken; seconds from the first picture. */
export interface SpokenWord { text: string, start: number, end: number }

/** Words that belong together, and how long they are. */
export interface Sentence { words: SpokenWord[], size: number }

/** A longer one is taken apart: captions without full stops are no sentences at all. */
const LONGEST_SENTENCE = 30
/** Who pauses for so long has come to an end. */
const PAUSE_SECONDS = 1.2

// Scripts without spaces: a letter of theirs says about as much as half a word.
const dense = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/gu
const endsSentence = /[.!?…。！？।۔؟]["'”’»)\]]*$/u
// "Mr.", "U.S.", "e.g.", "J.": a full stop that ends nothing.
const abbreviation = /^(?:\p{L}|\p{L}\.\p{L}|mr|mrs|ms|dr|st|vs|prof|no|e\.g|i\.e|etc|z\.b|bzw|d\.h)\.$/iu

/** How much of a model's attention a word takes, in words of a language with spaces. */
export function sizeOf(text: string): number {
  return Math.max(1, Math.ceil((text.match(dense)?.length ?? 0) / 2))
}

/** The words of a piece of speech; where they have no times of their own, spread over the time of the piece by their letters. */
function wordsOf({ words, text, startSeconds, endSeconds }: StoredSegment): SpokenWord[] {
  if (words.length > 0) return words.map((word) => ({ text: word.text.trim(), start: word.start, end: word.end })).filter((word) => word.text !== '')
  const parts = text.split(/\s+/).filter((part) => part !== '')
  const letters = parts.reduce((sum, part) => sum + part.length, 0)
  let start = startSeconds
  return parts.map((part) => {
    const end = start + (endSeconds - startSeconds) * part.length / letters
    const word = { text: part, start, end }
    start = end
    return word
  })
}

function isEnd(word: SpokenWord, next: SpokenWord | undefined): boolean {
  if (next === undefined || next.start - word.end >= PAUSE_SECONDS) return true
  return endsSentence.test(word.text) && !abbreviation.test(word.text)
}

/** What one source says, sentence by sentence. */
export function sentencesOf(segments: readonly StoredSegment[]): Sentence[] {
  const words = segments.flatMap(wordsOf)
  const sentences: Sentence[] = []
  let open: Sentence = { words: [], size: 0 }
  for (const [at, word] of words.entries()) {
    const size = sizeOf(word.text)
    if (open.words.length > 0 && open.size + size > LONGEST_SENTENCE) {
      sentences.push(open)
      open = { words: [], size: 0 }
    }
    open = { words: [...open.words, word], size: open.size + size }
    if (!isEnd(word, words[at + 1])) continue
    sentences.push(open)
    open = { words: [], size: 0 }
  }
  return sentences
}

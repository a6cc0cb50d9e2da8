import type { StoredSegment } from '../stage.ts'

/** A word as it is spoken, with the marks and the space that follow it; seconds from the first picture. */
export interface SpokenWord { text: string, start: number, end: number }

/** Words that belong together, and how long they are. Cues may overlap: the first word is not always the earliest. */
export interface Sentence { words: SpokenWord[], size: number, from: number, to: number }

/** A longer one is taken apart: captions without full stops are no sentences at all. */
const LONGEST_SENTENCE = 30
/** Of a text without spaces whose words have no times. */
const MOST_LETTERS_OF_PART = 20
/** Who pauses for so long has come to an end. */
const PAUSE_SECONDS = 1.2

// Scripts without spaces: a letter of theirs says about as much as half a word.
const dense = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/gu
const endsSentence = /[.!?…।۔؟]["'”’»)\]]*(?:\s|$)|[。！？]/u
// "Mr.", "U.S.", "e.g.", "J.": a full stop that ends nothing.
const abbreviation = /^(?:\p{L}|\p{L}\.\p{L}|mr|mrs|ms|dr|st|vs|prof|no|e\.g|i\.e|etc|z\.b|bzw|d\.h)\.$/iu

/** How much of a model's attention a word takes, in words of a language with spaces. */
function sizeOf(text: string): number {
  return Math.max(1, Math.ceil((text.match(dense)?.length ?? 0) / 2))
}

/** The words of a piece of speech have no punctuation, its text has: what stands at each word, up to the next one. Null where the words are not those of the text. */
function asWritten(text: string, words: StoredSegment['words']): string[] | null {
  const starts: number[] = []
  let at = 0
  for (const word of words) {
    const start = text.indexOf(word.text.trim(), at)
    if (start < 0) return null
    starts.push(start)
    at = start + word.text.trim().length
  }
  return starts.map((start, index) => text.slice(index === 0 ? 0 : start, starts[index + 1]))
}

/** What is between spaces; of a script without spaces a few letters at a time. */
function partsOf(text: string): string[] {
  return (text.match(/\S+\s*/gu) ?? []).flatMap((part) => sizeOf(part) > MOST_LETTERS_OF_PART / 2 ? part.match(new RegExp(`.{1,${MOST_LETTERS_OF_PART}}`, 'gsu')) ?? [] : [part])
}

/** The words of a piece of speech; where they have no times of their own, spread over the time of the piece by their letters. */
function wordsOf({ words, text, startSeconds, endSeconds }: StoredSegment): SpokenWord[] {
  if (words.length > 0) {
    const written = asWritten(text, words)
    return words.map((word, at) => ({ text: written?.[at] ?? `${word.text.trim()} `, start: word.start, end: word.end })).filter((word) => word.text.trim() !== '')
  }
  const parts = partsOf(text)
  const lettersOf = (part: string): number => part.trim().length
  const letters = parts.reduce((sum, part) => sum + lettersOf(part), 0)
  let start = startSeconds
  return parts.map((part) => {
    const end = start + (endSeconds - startSeconds) * lettersOf(part) / letters
    const word = { text: part, start, end }
    start = end
    return word
  })
}

/** The same, with a space where the next piece of speech begins. */
function separateWords(segment: StoredSegment): SpokenWord[] {
  return wordsOf(segment).map((word, at, all) => at === all.length - 1 ? { ...word, text: `${word.text} ` } : word)
}

function isEnd(word: SpokenWord, next: SpokenWord | undefined): boolean {
  if (next === undefined || next.start - word.end >= PAUSE_SECONDS) return true
  return endsSentence.test(word.text) && !abbreviation.test(word.text.trim())
}

function sentenceOf(words: SpokenWord[]): Sentence {
  return {
    words,
    size: words.reduce((sum, { text }) => sum + sizeOf(text), 0),
    from: Math.min(...words.map(({ start }) => start)),
    to: Math.max(...words.map(({ end }) => end)),
  }
}

/** What one source says, sentence by sentence. */
export function sentencesOf(segments: readonly StoredSegment[]): Sentence[] {
  const words = segments.flatMap(separateWords)
  const sentences: Sentence[] = []
  let open: SpokenWord[] = []
  let size = 0
  const close = (): void => {
    sentences.push(sentenceOf(open))
    open = []
    size = 0
  }
  for (const [at, word] of words.entries()) {
    if (open.length > 0 && size + sizeOf(word.text) > LONGEST_SENTENCE) close()
    open.push(word)
    size += sizeOf(word.text)
    if (isEnd(word, words[at + 1])) close()
  }
  return sentences
}

import type { SaidWord, Scene } from '../../../electron/contract/videos.ts'

/** What is said at a stretch: a sentence, or as much of it as fits in two lines of captions. */
export interface Line {
  start: number
  end: number
  text: string
  /** Empty where only the times of the whole line are known. */
  words: readonly SaidWord[]
  /** False where a sentence goes on in the next line. */
  isEnd: boolean
}

export interface Match { line: number, from: number, to: number }

const LONGEST_LINE = 84
const PAUSE_SECONDS = 1
const sentenceEnd = /[.?!…][”"')\]]*$/

const join = (words: readonly SaidWord[]): string => words.map(({ text }) => text.trim()).join(' ')

function breaks(words: readonly SaidWord[], next: SaidWord): 'end' | 'length' | null {
  const last = words.at(-1)
  if (last === undefined) return null
  if (sentenceEnd.test(last.text.trim()) || next.start - last.end > PAUSE_SECONDS) return 'end'
  return join(words).length + next.text.length >= LONGEST_LINE ? 'length' : null
}

function lineOf(words: readonly SaidWord[], isEnd: boolean): Line {
  return { start: words[0]?.start ?? 0, end: words.at(-1)?.end ?? 0, text: join(words), words, isEnd }
}

/** Words come without commas and full stops; the text they were taken from has them, between one word and the next. */
function spelled({ text, words }: Scene['said'][number]): SaidWord[] {
  const low = text.toLowerCase()
  let from = 0
  const starts = words.map((word) => {
    const plain = word.text.trim().toLowerCase()
    const at = low.indexOf(plain, from)
    if (at < 0) return -1
    // What stands right before a word, without a space, opens it: a bracket, a quote.
    const opened = low.slice(from, at).search(/\S*$/)
    const start = from === 0 ? 0 : from + opened
    from = at + plain.length
    return start
  })
  return words.map((word, at) => {
    const [start, next] = [starts[at] ?? -1, starts[at + 1] ?? text.length]
    return start < 0 || next <= start ? word : { ...word, text: text.slice(start, next).trim() }
  })
}

/** All that is said, in lines. Scenes cut what is said where they end; here it is whole again. */
export function linesOf(scenes: readonly Scene[]): Line[] {
  const lines: Line[] = []
  let words: SaidWord[] = []
  const finish = (isEnd: boolean): void => {
    if (words.length > 0) lines.push(lineOf(words, isEnd))
    words = []
  }
  for (const part of scenes.flatMap(({ said }) => said)) {
    if (part.words.length === 0) {
      finish(true)
      lines.push({ start: part.start, end: part.end, text: part.text.trim(), words: [], isEnd: sentenceEnd.test(part.text.trim()) })
    }
    for (const word of spelled(part)) {
      const why = breaks(words, word)
      if (why !== null) finish(why === 'end')
      words.push(word)
    }
  }
  finish(true)
  return lines
}

/** The last of these that began at or before the second; -1 before the first. They must be in the order of their starts. */
export function lastBegun(spans: readonly { start: number }[], second: number): number {
  let [low, high] = [0, spans.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((spans[middle]?.start ?? Infinity) <= second) low = middle + 1
    else high = middle
  }
  return low - 1
}

const CAPTION_STAYS_SECONDS = 0.5

/** What is to be read at a second; a line stays a little longer than it is said, if the next one does not come before. */
export function captionAt(lines: readonly Line[], second: number): string | null {
  const line = lines[lastBegun(lines, second + 1e-6)]
  return line !== undefined && second < line.end + CAPTION_STAYS_SECONDS ? line.text : null
}

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** Where the text stands in the lines, whatever the case and the accents. */
export function matchesOf(lines: readonly Line[], text: string): Match[] {
  const wanted = plain(text.trim())
  if (wanted === '') return []
  return lines.flatMap((line, at) => {
    const found: Match[] = []
    // Accents are taken off letter by letter, so that places in the plain text are places in the line.
    const letters = Array.from(line.text).map((letter) => [letter, plain(letter)] as const)
    const inPlain = letters.map(([, one]) => one).join('')
    for (let from = inPlain.indexOf(wanted); from >= 0; from = inPlain.indexOf(wanted, from + wanted.length)) {
      found.push({ line: at, from: placeIn(letters, from), to: placeIn(letters, from + wanted.length) })
    }
    return found
  })
}

function placeIn(letters: readonly (readonly [string, string])[], plainPlace: number): number {
  let [plainLength, length] = [0, 0]
  for (const [letter, one] of letters) {
    if (plainLength >= plainPlace) break
    plainLength += one.length
    length += letter.length
  }
  return length
}

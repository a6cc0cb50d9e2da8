import { z } from 'zod'
import { AppError } from '../../electron/core/errors.ts'
import type { HeardPiece, HeardWord } from '../../electron/core/ports.ts'

// Texts are read as bytes: a character of several bytes may be spread over tokens, and only together they are UTF-8.
const Offsets = z.object({ from: z.number(), to: z.number() })
const Token = z.object({ text: z.string(), offsets: Offsets.optional(), p: z.number().nullable() })
const Segment = z.object({ text: z.string(), offsets: Offsets, tokens: z.array(Token).default([]) })
const Result = z.object({ result: z.object({ language: z.string() }), transcription: z.array(Segment) })
type Token = z.infer<typeof Token>
type Segment = z.infer<typeof Segment>

/** Marks that are no text: where it begins, times, the language, ... */
const MARK = /^\[_.*\]$/
/** The least that a probability is taken for, as a logarithm is made of it. */
const LEAST = 1e-6

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`

/**
 * whisper.cpp writes its JSON by hand: line breaks in a text stand there as they are, and a number that is none as `nan`.
 * Both are put right.
 */
function readJson(bytes: Uint8Array): unknown {
  const written = Buffer.from(bytes).toString('latin1')
  const strings = written.replace(/"(?:[^"\\]|\\.)*"/gs, (text) => text.replace(/\p{Cc}/gu, (character) => character < ' ' ? escaped(character) : character))
  return JSON.parse(strings.replace(/: -?(?:nan(?:\(ind\))?|inf)(?=,?\r?\n)/g, ': null'))
}

/** Some characters of a segment, with the time of the tokens that they come from. */
interface Sound { at: number, to: number, start: number, end: number, chances: number[] }

/** The text of the tokens, and for each character which tokens it comes from. */
function textOf(tokens: Token[], segment: Segment): { text: string, sounds: Sound[] } {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  const sounds: Sound[] = []
  let text = ''
  let waiting: Token[] = []
  const close = (decoded: string): void => {
    const times = waiting.flatMap(({ offsets }) => offsets === undefined ? [] : [offsets])
    const start = times[0]?.from ?? sounds.at(-1)?.end ?? segment.offsets.from
    const end = times.at(-1)?.to ?? start
    const blank = decoded.length - decoded.trimStart().length
    sounds.push({ at: text.length + blank, to: text.length + decoded.length, start, end, chances: waiting.map(({ p }) => p ?? 0) })
    text += decoded
    waiting = []
  }
  for (const token of tokens) {
    waiting.push(token)
    const decoded = decoder.decode(Buffer.from(token.text, 'latin1'), { stream: true })
    if (decoded !== '') close(decoded)
  }
  if (waiting.length > 0) close(decoder.decode())
  return { text, sounds }
}

function confidenceOf(chances: number[]): number {
  if (chances.length === 0) return 0
  const mean = chances.reduce((sum, chance) => sum + Math.log(Math.min(1, Math.max(LEAST, chance))), 0) / chances.length
  return Math.round(Math.exp(mean) * 1000) / 1000
}

const seconds = (milliseconds: number): number => Math.round(milliseconds) / 1000

/** When a place in the text is heard: inside a token by the number of characters. */
function timeAt(offset: number, { at, to, start, end }: Sound): number {
  return offset <= at || to <= at ? start : start + Math.min(1, (offset - at) / (to - at)) * (end - start)
}

function wordsOf(segment: Segment, splitter: Intl.Segmenter): HeardWord[] {
  const { text, sounds } = textOf(segment.tokens.filter((token) => !MARK.test(token.text)), segment)
  const words: HeardWord[] = []
  let latest = segment.offsets.from
  for (const { segment: word, index, isWordLike } of splitter.segment(text)) {
    if (isWordLike !== true) continue
    const under = sounds.filter(({ at, to }) => at < index + word.length && to > index)
    const [first, last] = [under[0], under.at(-1)]
    if (first === undefined || last === undefined) continue
    const within = (time: number): number => Math.min(Math.max(time, latest), Math.max(latest, segment.offsets.to))
    const start = within(timeAt(index, first))
    latest = start
    const end = within(timeAt(index + word.length, last))
    words.push({ text: word, start: seconds(start), end: seconds(end), confidence: confidenceOf(under.flatMap(({ chances }) => chances)) })
  }
  return words
}

function decodedText(text: string): string {
  return Buffer.from(text, 'latin1').toString('utf8').trim()
}

function splitterFor(language: string): Intl.Segmenter {
  // whisper.cpp's own codes: "jw" is Javanese, which everybody else calls "jv".
  return new Intl.Segmenter(language === 'jw' ? 'jv' : language, { granularity: 'word' })
}

/**
 * What whisper-cli's full JSON (-ojf) says, as whisper.cpp 1.9.1 writes it. Words are split as the language does it, also where it writes no
 * spaces, and have no punctuation, like those of subtitles; each has the time of the tokens it is made of, inside its segment and never
 * before the word that it follows, and the geometric mean of their probabilities. Times of segments are what the model says.
 * Throws DECODE_FAILED for what is no such result.
 */
export function parseResult(bytes: Uint8Array, index: number): HeardPiece {
  const damaged = (cause: unknown): AppError => new AppError('DECODE_FAILED', { message: 'whisper.cpp wrote a result that can not be read.', hint: 'Try again.', cause })
  let read: unknown
  try {
    read = readJson(bytes)
  } catch (cause) {
    throw damaged(cause)
  }
  const result = Result.safeParse(read)
  if (!result.success) throw damaged(result.error)
  const { language } = result.data.result
  const splitter = splitterFor(/^[a-z]{2,3}$/.test(language) ? language : 'und')
  const segments = result.data.transcription.map((segment) => ({
    text: decodedText(segment.text), start: seconds(segment.offsets.from), end: seconds(segment.offsets.to), words: wordsOf(segment, splitter),
  }))
  return { index, language: /^[a-z]{2,3}$/.test(language) ? language : null, segments: segments.filter(({ text }) => text !== '') }
}

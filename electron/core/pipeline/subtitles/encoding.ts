import { TextDecoder } from 'node:util'
import { detect } from 'chardet'

/** How much of the file the guess looks at. */
const SAMPLE_BYTES = 64 * 1024

function markedEncoding(bytes: Uint8Array): string | null {
  const [first, second, third] = bytes
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8'
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  return null
}

/**
 * UTF-16 without a mark: numbers, arrows and line ends are ASCII in every subtitle file, so that one byte of each pair is
 * often 0. A fifth of the pairs is enough also for Chinese; text in any other encoding holds no zeros at all.
 */
function pairedEncoding(bytes: Uint8Array): string | null {
  const pairs = Math.floor(Math.min(bytes.length, SAMPLE_BYTES) / 2)
  let highZeros = 0
  let lowZeros = 0
  for (let at = 0; at < pairs * 2; at += 2) {
    if (bytes[at] === 0 && bytes[at + 1] !== 0) highZeros += 1
    if (bytes[at] !== 0 && bytes[at + 1] === 0) lowZeros += 1
  }
  if (Math.max(highZeros, lowZeros) < pairs / 5) return null
  return highZeros > lowZeros ? 'utf-16be' : 'utf-16le'
}

/** UTF-8 with a few bad bytes, from a cut or a careless tool, is still UTF-8: at most one bad place in twenty. */
function isMostlyUtf8(bytes: Uint8Array): boolean {
  const text = new TextDecoder('utf-8').decode(bytes.subarray(0, SAMPLE_BYTES))
  let foreign = 0
  let bad = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === 0xfffd) bad += 1
    else if (code > 127) foreign += 1
  }
  return bad === 0 || bad * 20 <= foreign
}

/** Only the lines that hold letters of a language: times and numbers tell nothing and drown short texts. */
function tellingBytes(bytes: Uint8Array): Uint8Array {
  const sample = bytes.subarray(0, 16 * SAMPLE_BYTES)
  const kept: number[] = []
  let lineStart = 0
  for (let at = 0; at <= sample.length && kept.length < SAMPLE_BYTES; at += 1) {
    const byte = sample[at] ?? 10
    if (byte !== 10 && byte !== 13) continue
    const line = sample.subarray(lineStart, Math.min(at, lineStart + SAMPLE_BYTES))
    if (line.some((value) => value > 127)) kept.push(...chunked(line), 10)
    lineStart = at + 1
  }
  return kept.length === 0 ? sample.subarray(0, SAMPLE_BYTES) : Uint8Array.from(kept)
}

// A spread puts every value on the stack: a long line would not fit.
function chunked(line: Uint8Array): Uint8Array {
  return line.subarray(0, 8192)
}

function decoderFor(label: string): TextDecoder | null {
  try {
    return new TextDecoder(label)
  } catch (error) {
    // chardet knows encodings that the platform can not decode.
    if (error instanceof RangeError) return null
    throw error
  }
}

function guessedDecoder(bytes: Uint8Array): TextDecoder {
  const guess = detect(tellingBytes(bytes))
  return (guess === null ? null : decoderFor(guess)) ?? new TextDecoder('windows-1252')
}

/** Control characters and what could not be decoded: no text. One at a time, as a run of millions is too deep for the engine. */
const NO_TEXT = /[[\p{Cc}\uFFFD]--[\t\r\n]]/gv

/**
 * The text of a subtitle file in whatever encoding it has: by its mark, by the zeros of UTF-16, as UTF-8 where it is that,
 * else by chardet's guess, else Windows-1252. Never throws; control characters and what can not be decoded are left out.
 */
export function decodeText(bytes: Uint8Array): { text: string, encoding: string } {
  const known = markedEncoding(bytes) ?? pairedEncoding(bytes) ?? (isMostlyUtf8(bytes) ? 'utf-8' : null)
  const decoder = (known === null ? null : decoderFor(known)) ?? guessedDecoder(bytes)
  return { text: decoder.decode(bytes).replaceAll(NO_TEXT, ''), encoding: decoder.encoding }
}

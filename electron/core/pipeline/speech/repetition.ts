import { deflateSync } from 'node:zlib'

/** Whisper's own bound (openai/whisper, transcribe.py, compression_ratio_threshold): text that compresses better than this is a loop. */
const MOST_COMPRESSION = 2.4
/**
 * How often the same word, two words, or more may follow on itself. In the real songs and talks that the tests replay, nothing is said more than
 * twice in a row, choruses and chants have up to four; loops go on to the end of the piece. Short lines, which hardly compress, are caught by this alone.
 */
const MOST_IN_A_ROW = { word: 5, phrase: 4 }
const LONGEST_PHRASE = 40

/** How many times shorter the text gets, as Whisper measures it: bytes of UTF-8 over those of zlib. */
export function compressionRatio(text: string): number {
  const bytes = Buffer.from(text, 'utf8')
  return bytes.length / deflateSync(bytes).length
}

/** Words without case and punctuation; of scripts that write no spaces, each character. */
function wordsOf(text: string): string[] {
  const pattern = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]|[\p{L}\p{M}\p{N}]+/gu
  return text.normalize('NFKC').toLowerCase().replace(/['’]/g, '').match(pattern) ?? []
}

/** For each word, whether it stands in a phrase that is said too often in a row. */
function loopingWords(words: string[]): boolean[] {
  const looping = words.map(() => false)
  for (let length = 1; length <= Math.min(LONGEST_PHRASE, words.length / 2); length += 1) {
    const most = length === 1 ? MOST_IN_A_ROW.word : MOST_IN_A_ROW.phrase
    let same = 0
    for (let index = length; index <= words.length; index += 1) {
      if (index < words.length && words[index] === words[index - length]) {
        same += 1
        continue
      }
      if (same + length >= (most + 1) * length) looping.fill(true, index - length - same, index)
      same = 0
    }
  }
  return looping
}

/** Those of the lines of which at least half belongs to a loop, also to one that goes through several lines. */
function inLoops(lines: string[]): Set<number> {
  const owners = lines.flatMap((line, index) => wordsOf(line).map((word) => ({ word, index })))
  const looping = loopingWords(owners.map(({ word }) => word))
  const share = (index: number): number => {
    const own = owners.flatMap((owner, at) => owner.index === index ? [looping[at] === true ? 1 : 0] : [])
    return own.reduce((sum: number, one) => sum + one, 0) / Math.max(1, own.length)
  }
  return new Set([...lines.keys()].filter((index) => share(index) >= 0.5))
}

const ratioWithout = (lines: string[], out: Set<number>): number => compressionRatio(lines.filter((_, index) => !out.has(index)).join(' '))

/**
 * Which of the lines of one piece are repetition: those that are part of a loop, and, as long as all that is left compresses too well to be
 * speech, the one without which it compresses least.
 */
export function repeatedLines(lines: string[]): Set<number> {
  const out = inLoops(lines)
  while (ratioWithout(lines, out) > MOST_COMPRESSION) {
    const rest = [...lines.keys()].filter((index) => !out.has(index))
    const [worst] = rest.map((index) => ({ index, ratio: ratioWithout(lines, new Set([...out, index])) })).sort((one, other) => one.ratio - other.ratio || other.index - one.index)
    if (worst === undefined) break
    out.add(worst.index)
  }
  return out
}

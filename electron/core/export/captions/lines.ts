import type { CaptionWord } from './caption-words.ts'
import { endingOf } from './line-ends.ts'

/** The words as one line of text. */
export function lineText(words: readonly CaptionWord[]): string {
  return words.map(({ text, hasSpaceBefore }, index) => hasSpaceBefore && index > 0 ? ` ${text}` : text).join('')
}

/** Columns of the words as one line. */
export function lineWidthOf(words: readonly CaptionWord[]): number {
  return words.reduce((sum, { columns, hasSpaceBefore }, index) => sum + columns + (hasSpaceBefore && index > 0 ? 1 : 0), 0)
}

/** Columns that a break at the end of a sentence or a clause is worth in balance. */
const WORTH = { sentence: 28, clause: 20, nothing: 0 }

/** Lower is better: lines of one length, the lower one rather longer, parted where the sense is. */
function costOfBreak(above: number, below: number, lastAbove: string): number {
  return Math.abs(above - below) + (above > below ? 2 : 0) - WORTH[endingOf(lastAbove)]
}

/** Every way to part the words in two, with what is above and below in columns. */
function breaksOf(words: readonly CaptionWord[]): { at: number, above: number, below: number }[] {
  const whole = lineWidthOf(words)
  let above = 0
  return words.map((word, at) => {
    const space = word.hasSpaceBefore && at > 0 ? 1 : 0
    const broken = { at, above, below: whole - above - space }
    above += word.columns + space
    return broken
  }).slice(1)
}

/** The words in one or two lines; null where they need more. One line as soon as they fit in one. */
export function inLines(words: readonly CaptionWord[], lineWidth: number): CaptionWord[][] | null {
  if (lineWidthOf(words) <= lineWidth) return [[...words]]
  const costs = breaksOf(words)
    .filter(({ above, below }) => above <= lineWidth && below <= lineWidth)
    .map(({ at, above, below }) => ({ at, cost: costOfBreak(above, below, words[at - 1]?.text ?? '') }))
  const best = costs.reduce<{ at: number, cost: number } | null>((least, each) => least === null || each.cost < least.cost ? each : least, null)
  return best === null ? null : [words.slice(0, best.at), words.slice(best.at)]
}

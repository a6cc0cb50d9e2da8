/**
 * How many letters must be put in, taken out, changed or swapped with their neighbour to make one word of the other
 * (Damerau 1964, optimal string alignment). Above `most` it gives up and says `most + 1`.
 */
export function editDistance(a: string, b: string, most: number): number {
  const [from, to] = [Array.from(a), Array.from(b)]
  if (Math.abs(from.length - to.length) > most) return most + 1
  // rows[i][j]: from the first i letters of one to the first j of the other
  const rows: number[][] = [[0, ...to.map((_, at) => at + 1)]]
  const cell = (row: number, column: number): number => rows[row]?.[column] ?? Infinity
  for (let row = 1; row <= from.length; row++) {
    const next = [row]
    rows.push(next)
    for (let column = 1; column <= to.length; column++) {
      const changed = cell(row - 1, column - 1) + (from[row - 1] === to[column - 1] ? 0 : 1)
      const isSwapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]
      next.push(Math.min(cell(row - 1, column) + 1, cell(row, column - 1) + 1, changed, isSwapped ? cell(row - 2, column - 2) + 1 : Infinity))
    }
    if (Math.min(...next) > most) return most + 1
  }
  return cell(from.length, to.length)
}

// The letters of a folded word of each script, where they are known; of other scripts the letters of the word itself have to do.
const ALPHABETS: readonly (readonly [string, string])[] = [['a', 'z'], ['α', 'ω'], ['а', 'џ'], ['ա', 'ֆ'], ['א', 'ת'], ['ء', 'ي'], ['ა', 'ჰ'], ['अ', 'ह']]

function letterRange([first, last]: readonly [string, string]): string[] {
  const [from, to] = [first.codePointAt(0) ?? 0, last.codePointAt(0) ?? 0]
  return Array.from({ length: to - from + 1 }, (_, at) => String.fromCodePoint(from + at))
}

/** The letters that may have been meant in a word. */
function lettersFor(word: readonly string[]): string[] {
  const scripts = ALPHABETS.filter(([first, last]) => word.some((letter) => letter >= first && letter <= last))
  return [...new Set([...word, ...scripts.flatMap(letterRange)])]
}

/** All texts that are one slip away from the word: a letter put in, taken out, changed or swapped with its neighbour. Some hundreds. */
export function slips(word: string): string[] {
  const letters = Array.from(word)
  const alphabet = lettersFor(letters)
  const without = letters.map((_, at) => letters.toSpliced(at, 1).join(''))
  const swapped = letters.slice(1).map((letter, at) => letters.toSpliced(at, 2, letter, letters[at] ?? '').join(''))
  const changed = letters.flatMap((_, at) => alphabet.map((letter) => letters.with(at, letter).join('')))
  const longer = [...letters, ''].flatMap((_, at) => alphabet.map((letter) => letters.toSpliced(at, 0, letter).join('')))
  return [...new Set([...without, ...swapped, ...changed, ...longer])].filter((text) => text !== word && text !== '')
}

// What is longer is no word.
const LONGEST_WORD = 40

/** How many wrong letters are forgiven in a word: none in a short one, where every change makes another word, and none in a number. */
export function forgivenErrors(word: string): number {
  const { length } = Array.from(word)
  if (length < 4 || length > LONGEST_WORD || /\P{L}/u.test(word.replace(/\p{M}/gu, ''))) return 0
  return length < 8 ? 1 : 2
}

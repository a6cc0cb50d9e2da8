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

/** How many wrong letters are forgiven in a word: none in a short one, where every change makes another word. */
export function forgivenErrors(word: string): number {
  const { length } = Array.from(word)
  if (length < 4) return 0
  return length < 8 ? 1 : 2
}

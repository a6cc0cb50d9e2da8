/**
 * How many letters must be put in, taken out, changed or swapped with their neighbour to make one word of the other
 * (Damerau 1964, optimal string alignment). Above `most` it gives up and says `most + 1`.
 */
export function editDistance(a: string, b: string, most: number): number {
  const [from, to] = [Array.from(a), Array.from(b)]
  if (Math.abs(from.length - to.length) > most) return most + 1
  let before: number[] = []
  let last = to.map((_, at) => at).concat(to.length)
  for (const [row, letter] of from.entries()) {
    const next = [row + 1]
    for (const [column, other] of to.entries()) {
      const isSame = letter === other
      const isSwapped = letter === to[column - 1] && from[row - 1] === other
      next.push(Math.min(
        (last[column + 1] ?? 0) + 1,
        (next[column] ?? 0) + 1,
        (last[column] ?? 0) + (isSame ? 0 : 1),
        isSwapped ? (before[column - 1] ?? 0) + 1 : Infinity,
      ))
    }
    before = last
    last = next
    if (Math.min(...last) > most) return most + 1
  }
  return last.at(-1) ?? 0
}

/** How many wrong letters are forgiven in a word: none in a short one, where every change makes another word. */
export function forgivenErrors(word: string): number {
  const { length } = Array.from(word)
  if (length < 4) return 0
  return length < 8 ? 1 : 2
}

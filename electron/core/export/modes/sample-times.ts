/** Times of decoding for a whole clip: those of showing in their order, early enough for every picture that is shown before its turn. */
export function decodeTimes(pts: readonly number[]): number[] {
  const inOrder = [...pts].sort((one, other) => one - other)
  const delay = inOrder.reduce((most, time, index) => Math.max(most, time - (pts[index] ?? time)), 0)
  return inOrder.map((time) => time - delay)
}

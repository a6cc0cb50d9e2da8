/** True for the vector of something of which a model knows no word: it points nowhere, and nothing is nearer to it than anything else. */
export function saysNothing(vector: Float32Array): boolean {
  return vector.every((value) => value === 0)
}

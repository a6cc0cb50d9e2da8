/** The cosine of the angle between two vectors, in the plainest way. */
export function cosine(a: Float32Array, b: Float32Array): number {
  let [both, ofA, ofB] = [0, 0, 0]
  for (let at = 0; at < a.length; at++) {
    both += a[at]! * b[at]!
    ofA += a[at]! * a[at]!
    ofB += b[at]! * b[at]!
  }
  return both / Math.sqrt(ofA * ofB)
}

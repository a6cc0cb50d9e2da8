/** The most ids of a batch, filled up: more are not faster on a processor, and a question would wait longer for its turn. */
const MOST_IDS = 256

/** Texts that are computed together: their places in what was asked, and how long the longest is. */
export interface TextBatch { places: number[], length: number }

/** Texts of like lengths together, so that little has to be filled up; a text that is longer than a batch goes alone. */
export function batchesByLength(lengths: number[], most = MOST_IDS): TextBatch[] {
  const order = lengths.map((length, place) => ({ length, place })).sort((a, b) => a.length - b.length)
  const batches: TextBatch[] = []
  for (const { length, place } of order) {
    const last = batches.at(-1)
    if (last !== undefined && length * (last.places.length + 1) <= most) {
      last.places.push(place)
      last.length = length
    } else {
      batches.push({ places: [place], length })
    }
  }
  return batches
}

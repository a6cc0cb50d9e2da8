type Numbers = Float64Array | Float32Array | Uint32Array | Int32Array

const GROWTH = 1 / 16

/** How long columns are made that have to hold `count` numbers: longer than they were by a sixteenth at least, so that they are seldom copied. */
export function roomFor(count: number, { old, fewest }: { old: number, fewest: number }): number {
  return Math.ceil(Math.max(fewest, count, old * (1 + GROWTH)))
}

/** A longer column with what an old one held. */
export function filled<Column extends Numbers>(column: Column, old: Column): Column {
  column.set(old)
  return column
}

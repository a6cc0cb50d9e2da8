// Fuller tables search longer.
const MOST_FULL = 0.7
const LEAST_SIZE = 16

/**
 * Finds the place of an id in a column of ids. A hash table with linear probing that holds places only: 6 to 12 bytes for each, where a Map
 * takes 50. Ids are whole numbers from 1 on.
 */
export class IdTable {
  private readonly idAt: (place: number) => number
  /** Place + 1; 0 is free. */
  private cells = new Int32Array(LEAST_SIZE)
  private count = 0

  constructor(idAt: (place: number) => number) { this.idAt = idAt }

  /** Of memory. */
  get bytes(): number { return this.cells.byteLength }

  private home(id: number): number {
    const mixed = Math.imul((id % 4_294_967_296) ^ Math.floor(id / 4_294_967_296), 0x9e3779b1)
    return (mixed ^ (mixed >>> 15)) & (this.cells.length - 1)
  }

  private cellOf(id: number): number {
    let cell = this.home(id)
    for (;;) {
      const place = (this.cells[cell] ?? 0) - 1
      if (place < 0 || this.idAt(place) === id) return cell
      cell = (cell + 1) & (this.cells.length - 1)
    }
  }

  /** Undefined for one that is not there. */
  find(id: number): number | undefined {
    const place = (this.cells[this.cellOf(id)] ?? 0) - 1
    return place < 0 ? undefined : place
  }

  /** Makes room for so many. */
  reserve(count: number): void {
    if (count <= this.cells.length * MOST_FULL) return
    const old = this.cells
    this.cells = new Int32Array(2 ** Math.ceil(Math.log2(count / MOST_FULL)))
    for (const entry of old) if (entry > 0) this.cells[this.cellOf(this.idAt(entry - 1))] = entry
  }

  /** Says where an id is; the column has it there already. */
  set(id: number, place: number): void {
    this.reserve(this.count + 1)
    const cell = this.cellOf(id)
    if (this.cells[cell] === 0) this.count++
    this.cells[cell] = place + 1
  }

  /** Forgets an id; the column has it still. Those behind it move up: https://en.wikipedia.org/wiki/Linear_probing#Deletion */
  remove(id: number): void {
    let hole = this.cellOf(id)
    if (this.cells[hole] === 0) return
    this.count--
    const last = this.cells.length - 1
    for (let cell = (hole + 1) & last; (this.cells[cell] ?? 0) > 0; cell = (cell + 1) & last) {
      const home = this.home(this.idAt((this.cells[cell] ?? 0) - 1))
      if (((cell - home) & last) < ((cell - hole) & last)) continue
      this.cells[hole] = this.cells[cell] ?? 0
      hole = cell
    }
    this.cells[hole] = 0
  }
}

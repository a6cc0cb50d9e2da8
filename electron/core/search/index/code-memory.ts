import { popcountBinary } from './popcount-binary.ts'
import type { LinearMemory } from './web-assembly.ts'
import { webAssembly } from './web-assembly.ts'

/** How many codes are compared at once: their differences stay in the processor's cache, and it takes less than a millisecond. */
export const MOST_AT_ONCE = 65_536

const PAGE = 65_536
// Parts of the memory, one after the other. A query has at most 8192 bits, as many as a vector of a vec0 table has numbers.
const QUERY = 0
const COUNTS = 1024
const MOST_BITS = 8192
const OUT = COUNTS + 4 * (MOST_BITS + 1) + 12
const LIST = OUT + 2 * MOST_AT_ONCE
const CODES = LIST + 4 * MOST_AT_ONCE
// Grown by a part of what there is, it is not copied often, and not much of it is empty.
const GROWTH = 1 / 16

type Compare = [query: number, codes: number, list: number, count: number, width: number, out: number, counts: number]

/** The codes of many vectors, one after the other, in the memory of a WebAssembly module that compares them. */
export class CodeMemory {
  readonly width: number
  private readonly memory: LinearMemory
  private readonly compare: (...numbers: Compare) => void
  private capacity = 0
  private bytes = new Uint8Array()

  /** Codes are `width` bytes long: a multiple of 16, of up to 8192 bits. Throws RangeError for longer ones. */
  constructor(width: number) {
    if (width * 8 > MOST_BITS) throw new RangeError(`A code of ${width} bytes is too long.`)
    this.width = width
    const { memory, run } = webAssembly(popcountBinary, 'compare')
    this.memory = memory
    this.compare = run
    this.reserve(1)
  }

  /** Makes room for so many codes. */
  reserve(count: number): void {
    if (count <= this.capacity) return
    const wanted = Math.ceil(Math.max(count, this.capacity * (1 + GROWTH)))
    const missing = Math.ceil((CODES + wanted * this.width - this.memory.buffer.byteLength) / PAGE)
    if (missing > 0) this.memory.grow(missing)
    this.bytes = new Uint8Array(this.memory.buffer, CODES)
    this.capacity = Math.floor(this.bytes.length / this.width)
  }

  /** Of memory, for codes; what comparing needs is the same for few and many. */
  get size(): number { return this.bytes.length }

  /** The bytes of all codes; valid until room is made for more. */
  get codes(): Uint8Array { return this.bytes }

  /** The bytes of one code, to be read or written; valid until room is made for more. */
  code(place: number): Uint8Array { return this.bytes.subarray(place * this.width, (place + 1) * this.width) }

  move(from: number, to: number): void { this.bytes.copyWithin(to * this.width, from * this.width, (from + 1) * this.width) }

  /** Begins with another query: the counts are 0. */
  ask(bits: Uint8Array): void {
    new Uint8Array(this.memory.buffer, QUERY, this.width).set(bits)
    this.counts.fill(0)
  }

  /** How many of the codes compared so far differ in so many bits. */
  get counts(): Uint32Array { return new Uint32Array(this.memory.buffer, COUNTS, this.width * 8 + 1) }

  /** Where the places of codes are written before `compareListed`; at most MOST_AT_ONCE. */
  get list(): Uint32Array { return new Uint32Array(this.memory.buffer, LIST, MOST_AT_ONCE) }

  /** In how many bits each of the codes from a place on differs from the query; valid until the next comparison. */
  compareFrom(place: number, count: number): Uint16Array {
    this.compare(QUERY, CODES + place * this.width, 0, count, this.width, OUT, COUNTS)
    return new Uint16Array(this.memory.buffer, OUT, count)
  }

  /** The same of the first codes that the list names. */
  compareListed(count: number): Uint16Array {
    this.compare(QUERY, CODES, LIST, count, this.width, OUT, COUNTS)
    return new Uint16Array(this.memory.buffer, OUT, count)
  }
}

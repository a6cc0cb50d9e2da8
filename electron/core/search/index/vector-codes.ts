import type { VectorSet } from '../../store/indexed-rows.ts'
import type { BitCoder } from './bit-code.ts'
import { bitCoder } from './bit-code.ts'
import { CodeMemory } from './code-memory.ts'
import { filled, roomFor } from './growing-columns.ts'
import { IdTable } from './id-table.ts'

const FEWEST = 256

/**
 * The codes of all vectors of a set, with what finds and orders them: about 32 bytes beside the bits of each. They lie without gaps: the
 * last one takes the place of one that goes.
 */
export class VectorCodes {
  readonly set: VectorSet
  readonly coder: BitCoder
  readonly memory: CodeMemory
  size = 0
  /** Of rows. */
  ids = new Float64Array()
  /** The places of their scenes. */
  scenes = new Int32Array()
  factors = new Float32Array()
  aways = new Float32Array()
  private readonly table = new IdTable((place) => this.ids[place] ?? 0)

  /** `mean` is that of the directions of the vectors, or near to it. Throws RangeError for more than 8192 dimensions. */
  constructor(set: VectorSet, mean: Float32Array) {
    this.set = set
    this.coder = bitCoder(mean)
    this.memory = new CodeMemory(this.coder.bytes)
  }

  /** Of memory. */
  get bytes(): number {
    const { ids, scenes, factors, aways, table, memory } = this
    return ids.byteLength + scenes.byteLength + factors.byteLength + aways.byteLength + table.bytes + memory.size
  }

  has(id: number): boolean { return this.table.find(id) !== undefined }

  /** Makes room for so many. */
  reserve(count: number): void {
    if (count <= this.ids.length) return
    const room = roomFor(count, { old: this.ids.length, fewest: FEWEST })
    this.ids = filled(new Float64Array(room), this.ids)
    this.scenes = filled(new Int32Array(room), this.scenes)
    this.factors = filled(new Float32Array(room), this.factors)
    this.aways = filled(new Float32Array(room), this.aways)
    this.table.reserve(count)
    this.memory.reserve(room)
  }

  /** Adds a vector that is not there yet. One that points nowhere is near to nothing, and is left out. */
  add(id: number, scene: number, vector: Float32Array): void {
    this.reserve(this.size + 1)
    const measures = this.coder.encode(vector, this.memory.code(this.size))
    if (measures === null) return
    const place = this.size++
    this.ids[place] = id
    this.scenes[place] = scene
    this.factors[place] = measures.factor
    this.aways[place] = measures.away
    this.table.set(id, place)
  }

  remove(id: number): void {
    const place = this.table.find(id)
    if (place === undefined) return
    this.table.remove(id)
    const last = --this.size
    if (place === last) return
    const moved = this.ids[last] ?? 0
    this.ids[place] = moved
    this.scenes[place] = this.scenes[last] ?? 0
    this.factors[place] = this.factors[last] ?? 0
    this.aways[place] = this.aways[last] ?? 0
    this.memory.move(last, place)
    this.table.set(moved, place)
  }
}

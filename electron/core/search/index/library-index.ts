import type { ReadDatabase } from '../../ports.ts'
import type { VectorSet } from '../../store/indexed-rows.ts'
import { hasVectorsOf, indexedScenes, indexedScenesOf, indexedVectors, indexedVideos } from '../../store/indexed-rows.ts'
import { indexedWords } from '../../store/indexed-words.ts'
import type { ChangedRows } from '../../store/search-changes.ts'
import { newestSearchChange, searchChangesAfter } from '../../store/search-changes.ts'
import { fromBlob } from '../../store/vectors.ts'
import type { Slices } from './index-build.ts'
import { emptyCodes, readScenes, readVectors, readWords } from './index-build.ts'
import { SceneColumns } from './scene-columns.ts'
import type { VectorCodes } from './vector-codes.ts'
import { WordPostings } from './word-postings.ts'

interface Entry {
  set: VectorSet
  /** Ready to be asked. */
  codes: VectorCodes | null
  /** In the making: what changes meanwhile is put into it too. */
  coming: VectorCodes | null
  /** How many vectors there were when the mean was taken. */
  builtOf: number
  askedMs: number
}

// The mean of few vectors is not that of many others that came later.
const GROWN = 4
const FEW = 4096
const UNASKED_MS = 600_000

function keyOf({ model, modality, dimensions }: VectorSet): string {
  return `${modality} ${dimensions} ${model}`
}

/** What the index in memory knows of a library, and how it gets to know it. All it does is done at once, in small pieces. */
export class LibraryIndex {
  readonly scenes = new SceneColumns()
  words = new WordPostings()
  private readonly db: ReadDatabase
  private readonly entries = new Map<string, Entry>()
  private areScenesRead = false
  private areWordsRead = false
  /** All changes up to this one are in it, or will be read. */
  private place: number

  constructor(db: ReadDatabase) {
    this.db = db
    this.place = newestSearchChange(db)
  }

  /** The sets that are kept. */
  get sets(): VectorSet[] { return [...this.entries.values()].map(({ set }) => set) }

  /** Says that a set is asked for. */
  want(set: VectorSet, nowMs: number): void {
    const entry = this.entries.get(keyOf(set))
    if (entry === undefined) this.entries.set(keyOf(set), { set, codes: null, coming: null, builtOf: 0, askedMs: nowMs })
    else entry.askedMs = nowMs
  }

  /** Says that a set is asked for, and gives its codes; null where they are not ready, or there are no such vectors. */
  ask(set: VectorSet, nowMs: number): VectorCodes | null {
    if (this.entries.has(keyOf(set)) || hasVectorsOf(this.db, set)) this.want(set, nowMs)
    return this.entries.get(keyOf(set))?.codes ?? null
  }

  /** Forgets sets without vectors that nobody has asked for in a while. */
  letGo(nowMs: number): void {
    for (const [key, { codes, askedMs }] of this.entries) if (codes?.size === 0 && nowMs - askedMs > UNASKED_MS) this.entries.delete(key)
  }

  /** All scenes are known, and their words. */
  get knowsScenes(): boolean { return this.areScenesRead && this.areWordsRead }

  /** Of memory, of all that grows with the library. */
  get bytes(): number {
    const codes = [...this.entries.values()].flatMap((entry) => [entry.codes, entry.coming])
    return codes.reduce((sum, one) => sum + (one?.bytes ?? 0), this.scenes.bytes + this.words.bytes)
  }

  /** How many changes are not in it yet. */
  get behind(): number { return newestSearchChange(this.db) - this.place }

  /** Takes in the next changes. False where they are not known any more: it is of no use then. */
  follow(limit: number): boolean {
    const changes = searchChangesAfter(this.db, this.place, limit)
    if (changes === null) return false
    this.apply(changes.rows)
    this.place = changes.place
    return true
  }

  /** Makes everything that is wanted, ready; ends when all is. */
  *build(): Slices<void> {
    if (!this.areScenesRead) yield* readScenes(this.db, this.scenes)
    this.areScenesRead = true
    if (this.words.isWornOut) {
      this.words = new WordPostings()
      this.areWordsRead = false
    }
    if (!this.areWordsRead) yield* readWords(this.db, this.words, this.scenes)
    this.areWordsRead = true
    for (let entry = this.nextDue(); entry !== undefined; entry = this.nextDue()) {
      entry.coming = yield* emptyCodes(this.db, entry.set)
      yield* readVectors(this.db, entry.coming, this.scenes)
      entry.codes = entry.coming
      entry.coming = null
      entry.builtOf = entry.codes.size
    }
  }

  private nextDue(): Entry | undefined {
    return [...this.entries.values()].find(({ codes, builtOf }) => codes === null || (codes.size > FEW && codes.size > builtOf * GROWN))
  }

  private apply({ video, scene, vector }: ChangedRows): void {
    this.applyVideos(video)
    const scenes = new Map([...indexedScenes(this.db, scene), ...indexedScenesOf(this.db, video)].map((row) => [row.id, row]))
    for (const id of scene) if (!scenes.has(id)) this.removeScene(id)
    for (const row of scenes.values()) this.scenes.putScene(row)
    this.applyWords(scene)
    const kept = [...this.entries.values()].flatMap(({ codes, coming }) => [codes, coming]).filter((codes) => codes !== null)
    if (vector.size > 0) for (const codes of kept) this.applyVectors(codes, vector)
  }

  private removeScene(id: number): void {
    const place = this.scenes.placeOf(id)
    if (place !== undefined) this.words.remove(place)
    this.scenes.removeScene(id)
  }

  private applyWords(ids: ReadonlySet<number>): void {
    for (const row of ids.size === 0 ? [] : indexedWords(this.db, ids)) {
      const place = this.scenes.placeOf(row.id)
      if (place !== undefined) this.words.put(place, row)
    }
  }

  private applyVideos(ids: ReadonlySet<number>): void {
    const rows = indexedVideos(this.db, ids)
    const there = new Set(rows.map(({ id }) => id))
    for (const id of ids) if (!there.has(id)) this.scenes.removeVideo(id)
    for (const row of rows) this.scenes.putVideo(row)
  }

  private applyVectors(codes: VectorCodes, ids: ReadonlySet<number>): void {
    for (const id of ids) codes.remove(id)
    for (const { id, scene_id: sceneId, data } of indexedVectors(this.db, codes.set, ids)) {
      const scene = this.scenes.placeOf(sceneId)
      if (scene !== undefined) codes.add(id, scene, fromBlob(data))
    }
  }
}

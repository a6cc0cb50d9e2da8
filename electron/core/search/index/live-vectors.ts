import type { Clock, ReadDatabase } from '../../ports.ts'
import { vectorSets } from '../../store/indexed-rows.ts'
import type { VectorSet } from '../../store/indexed-rows.ts'
import type { Neighbour } from '../../store/vectors.ts'
import { breathe } from '../asked-search.ts'
import { storedVectors } from '../stored-vectors.ts'
import type { VectorQuery, VectorSearch } from '../vector-search.ts'
import { Background } from './background.ts'
import { directionOf } from './bit-code.ts'
import type { Slices } from './index-build.ts'
import { LibraryIndex } from './library-index.ts'
import { nearestVectors } from './nearest-vectors.ts'
import type { KnownScenes } from './known-scenes.ts'
import { scenesThatFulfil } from './scene-mask.ts'
import { Turns } from './turns.ts'

export interface LiveTools {
  db: ReadDatabase
  clock: Pick<Clock, 'monotonic'>
  /** Hears why the index was given up; searches go on by the library alone. */
  failed: (error: unknown) => void
}

// A query that comes while something is done in the background waits for so long.
const SLICE_MS = 3
const CHANGES_AT_ONCE = 64
// A query takes in no more than this: about 85 scenes that came, 5 ms of work (measured here, 2026-11-21). While videos are imported at full speed it would
// otherwise do the work of all that came since the last one. The rest is done in the background, well within a second; where it does not come to that because question
// follows question, each takes in a quarter of what is left.
const MOST_TAKEN_IN = 256
const SHARE_TAKEN_IN = 0.25
// What is farther behind is answered by the library. Of a large library that takes longer: a change costs 20 us to take in, a vector 1.2 us to compare in vec0.
const MOST_BEHIND = 2048
const SHARE_BEHIND = 1 / 16
const TRIES = 3

/**
 * Finds the nearest vectors with an index in memory that is made and kept current in the background: about 200 bytes for a scene with its words and one
 * vector of 768 dimensions. What is not in it yet is answered by the library itself.
 */
export class LiveVectors implements VectorSearch {
  private readonly tools: LiveTools
  private readonly stored: VectorSearch
  private readonly turns = new Turns()
  private readonly background: Background
  private index: LibraryIndex | null = null
  private work: Slices<void> | null = null

  constructor(tools: LiveTools) {
    this.tools = tools
    this.stored = storedVectors(tools.db)
    const failed = (error: unknown): void => {
      this.close()
      tools.failed(error)
    }
    this.background = new Background({ turns: this.turns, step: () => this.step(), failed })
  }

  /** Begins to get ready for all vectors there are. */
  begin(): void { this.background.begin() }

  /** Stops at once what goes on in the background; what is asked from now on is answered by the library. */
  close(): void {
    this.background.close()
    this.index = null
    this.work = null
  }

  /** Of memory, of all that grows with the library; 0 while there is no index. */
  get bytes(): number { return this.index?.bytes ?? 0 }

  /** Resolves when there is nothing to be done in the background for now. */
  settled(): Promise<void> { return this.background.settled() }

  async nearest(query: VectorQuery, signal: AbortSignal): Promise<Neighbour[]> {
    signal.throwIfAborted()
    if (directionOf(query.vector) === null) return []
    return this.turns.take(async () => {
      signal.throwIfAborted()
      return await this.fromIndex(query, signal) ?? this.stored.nearest(query, signal)
    })
  }

  async known(signal: AbortSignal): Promise<KnownScenes | null> {
    return this.turns.take(async () => {
      const { index } = this
      return index !== null && index.knowsScenes && await this.keepUp(index, signal) ? { scenes: index.scenes, words: index.words } : null
    })
  }

  private startOver(wanted: readonly VectorSet[]): LibraryIndex {
    const index = new LibraryIndex(this.tools.db)
    for (const set of wanted) index.want(set, this.now())
    this.index = index
    this.work = null
    return index
  }

  private now(): number { return this.tools.clock.monotonic() }

  private step(): boolean {
    let index = this.index ?? this.startOver(vectorSets(this.tools.db))
    if (index.behind > 0 && !index.follow(CHANGES_AT_ONCE)) index = this.startOver(index.sets)
    index.letGo(this.now())
    this.work ??= index.build()
    for (const end = this.now() + SLICE_MS; this.now() < end;) {
      if (this.work.next().done !== true) continue
      this.work = null
      return index.behind > 0
    }
    return true
  }

  /** Takes in what has changed since the last time, or the first of it where that is much; false where it is too much to be of use. */
  private async keepUp(index: LibraryIndex, signal: AbortSignal): Promise<boolean> {
    const { behind } = index
    if (behind > Math.max(MOST_BEHIND, index.scenes.size * SHARE_BEHIND)) return false
    const most = Math.max(MOST_TAKEN_IN, behind * SHARE_TAKEN_IN)
    for (let taken = 0; index.behind > 0; taken += CHANGES_AT_ONCE) {
      if (taken >= most) {
        this.background.wake()
        return true
      }
      if (!index.follow(CHANGES_AT_ONCE)) {
        this.startOver(index.sets)
        return false
      }
      await breathe(signal)
    }
    return true
  }

  /** Null where the index can not answer now. */
  private async fromIndex({ condition, vector, limit, ...kind }: VectorQuery, signal: AbortSignal): Promise<Neighbour[] | null> {
    const { db } = this.tools
    for (let tries = 0; tries < TRIES; tries++) {
      const { index } = this
      if (index === null || !await this.keepUp(index, signal)) return null
      const codes = index.ask({ ...kind, dimensions: vector.length }, this.now())
      if (codes === null) {
        this.background.wake()
        return null
      }
      const mask = condition === null ? null : scenesThatFulfil(condition, { db, scenes: index.scenes })
      await breathe(signal)
      const { neighbours, stale } = await nearestVectors({ db, codes, scenes: index.scenes, mask, vector, limit }, signal)
      if (stale === 0 || index.behind === 0) return neighbours
    }
    return null
  }
}

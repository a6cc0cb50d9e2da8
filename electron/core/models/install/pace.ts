/** How long a server is put up with. */
export interface Patience {
  /** Without anything having come in between. */
  tries: number
  /** Before the second try; twice as long before each that follows. */
  waitMs: number
  /** Nothing has come for so long: the connection is given up. */
  stallMs: number
}

/** How a file is fetched. */
export interface FetchPace extends Patience {
  /** Pieces that are under way at once. */
  connections: number
  /** All pieces under way together: what a kill may cost. */
  chunkBytes: number
}

/** Four pieces of 8 MiB: long enough that asking for them is nothing beside their coming, and a kill costs seconds. */
export const USUAL_PACE: FetchPace = { connections: 4, chunkBytes: 32 * 1024 * 1024, tries: 5, waitMs: 500, stallMs: 30_000 }

/** Room on the disk beside the files themselves: for the journal and the file system. */
export const SPARE_BYTES = 16 * 1024 * 1024

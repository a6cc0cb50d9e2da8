/** How much of the past counts: after so long what came before weighs a third. */
const MEMORY_SECONDS = 5

/** Bytes a second, smoothed: a pause of a moment is not the end. */
export interface Speed {
  /** Something was fetched; less than nothing where something was thrown away, which is no speed. */
  add(bytes: number): void
  /** Null before there is something to say. */
  bytesPerSecond(): number | null
}

/** Measures with a clock that only goes forward, in milliseconds. */
export function createSpeed(now: () => number): Speed {
  let since = now()
  let waiting = 0
  let weight = 0
  let speed = 0
  return {
    add: (bytes) => {
      waiting += Math.max(0, bytes)
      const seconds = (now() - since) / 1000
      if (seconds < 0.2) return
      const keep = Math.exp(-seconds / MEMORY_SECONDS)
      weight = weight * keep + (1 - keep)
      speed = speed * keep + (1 - keep) * waiting / seconds
      waiting = 0
      since = now()
    },
    bytesPerSecond: () => weight === 0 ? null : speed / weight,
  }
}

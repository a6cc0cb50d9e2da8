/** Values by a key, of which those that were used last are kept. */
export interface LastUsed<Value> {
  get(key: string): Value | undefined
  put(key: string, value: Value): void
  clear(): void
  size(): number
}

/** Keeps as many values as `most`. */
export function lastUsed<Value>(most: number): LastUsed<Value> {
  const kept = new Map<string, Value>() // in the order of their use
  const put = (key: string, value: Value): void => {
    kept.delete(key)
    kept.set(key, value)
    if (kept.size <= most) return
    for (const oldest of kept.keys()) { kept.delete(oldest); break }
  }
  return {
    get: (key) => {
      const value = kept.get(key)
      if (value !== undefined) put(key, value)
      return value
    },
    put,
    clear: () => { kept.clear() },
    size: () => kept.size,
  }
}

import type { InstalledModel } from '../../electron/core/models/model-spec.ts'

/** Something of a model that is open and takes memory. */
interface Side { close(): Promise<void> }

interface Entry<Opened extends Side> {
  folder: string
  opened: Promise<Opened>
  users: number
  usedMs: number
  /** Called when the last user is gone, where somebody waits for that. */
  onUnused: (() => void) | null
}

/** What is open of models: made at the first use, shared by all who ask, and let go when nobody did for a while. */
export interface SessionPool<Opened extends Side> {
  use<Value>(model: InstalledModel, work: (opened: Opened) => Promise<Value>): Promise<Value>
  /** Closes what nobody used since then: milliseconds of `performance.now()`. */
  sweep(sinceMs: number): Promise<void>
  /** Closes everything of a folder, each as soon as nobody works with it. */
  release(folder: string): Promise<void>
  count(): number
}

// The whole description: a model that is installed anew with other prefixes is another model.
function keyOf(model: InstalledModel): string {
  return JSON.stringify(model)
}

/** A pool of what `open` gives. */
export function sessionPool<Opened extends Side>(open: (model: InstalledModel) => Promise<Opened>): SessionPool<Opened> {
  const entries = new Map<string, Entry<Opened>>()

  const close = async (key: string, entry: Entry<Opened>): Promise<void> => {
    if (entries.get(key) === entry) entries.delete(key)
    if (entry.users > 0) await new Promise<void>((resolve) => { entry.onUnused = resolve })
    const opened = await entry.opened.catch(() => null) // who asked for it was told why it is not open
    await opened?.close()
  }

  const taken = (model: InstalledModel): Entry<Opened> => {
    const key = keyOf(model)
    const known = entries.get(key)
    if (known !== undefined) return known
    const entry: Entry<Opened> = { folder: model.folder, opened: open(model), users: 0, usedMs: performance.now(), onUnused: null }
    entries.set(key, entry)
    // It may have been mended by the next question.
    entry.opened.catch(() => { if (entries.get(key) === entry) entries.delete(key) })
    return entry
  }

  return {
    use: async (model, work) => {
      const entry = taken(model)
      entry.users++
      try {
        return await work(await entry.opened)
      } finally {
        entry.users--
        entry.usedMs = performance.now()
        if (entry.users === 0) entry.onUnused?.()
      }
    },
    sweep: async (sinceMs) => {
      const unused = [...entries].filter(([, { users, usedMs }]) => users === 0 && usedMs < sinceMs)
      await Promise.all(unused.map(([key, entry]) => close(key, entry)))
    },
    release: async (folder) => {
      const its = [...entries].filter(([, entry]) => entry.folder === folder)
      await Promise.all(its.map(([key, entry]) => close(key, entry)))
    },
    count: () => entries.size,
  }
}

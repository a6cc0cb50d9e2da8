/** Something that is told again and again, and not more often than its listeners can use. */
export interface EverySoOften {
  /** It is to be told, with all that comes until then. */
  soon(): void
  /** It is to be told at once. */
  now(): void
  /** Tells nothing any more, and waits for what is being told. */
  close(): Promise<void>
}

/** Does something at most once in so many milliseconds, and never twice at once; the last that was asked for is always done. */
export function everySoOften(milliseconds: number, work: () => Promise<void>, onError: (error: unknown) => void): EverySoOften {
  let timer: NodeJS.Timeout | null = null
  let working: Promise<void> = Promise.resolve()
  let isClosed = false

  const run = (): void => {
    timer = null
    working = working.then(work).catch(onError)
  }
  const soon = (): void => {
    if (isClosed || timer !== null) return
    timer = setTimeout(run, milliseconds)
  }
  return {
    soon,
    now: () => {
      if (isClosed) return
      if (timer !== null) clearTimeout(timer)
      run()
    },
    close: async () => {
      isClosed = true
      if (timer !== null) clearTimeout(timer)
      await working
    },
  }
}

interface Waiting { begin: () => void }

/** Lets a few works run at a time; of those that wait the one that came last is next, since it is what the person looks at. */
export class NewestFirst {
  private readonly waiting: Waiting[] = []
  private free: number

  constructor(atOnce: number) {
    this.free = atOnce
  }

  /** Runs the work when there is room. Rejects with the signal's reason when it is aborted before. */
  async run<Value>(work: () => Promise<Value>, signal: AbortSignal): Promise<Value> {
    await this.enter(signal)
    try {
      return await work()
    } finally {
      this.free++
      this.next()
    }
  }

  private enter(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        this.waiting.splice(this.waiting.indexOf(entry), 1)
        reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'))
      }
      const entry: Waiting = { begin: () => {
        signal.removeEventListener('abort', onAbort)
        resolve()
      } }
      this.waiting.push(entry)
      signal.addEventListener('abort', onAbort, { once: true })
      if (signal.aborted) onAbort()
      this.next()
    })
  }

  private next(): void {
    if (this.free === 0) return
    const entry = this.waiting.pop()
    if (entry === undefined) return
    this.free--
    entry.begin()
  }
}

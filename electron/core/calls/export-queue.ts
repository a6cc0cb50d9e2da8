/** One export after the other, in the order they were asked for, whoever asks. */
export class ExportQueue {
  /** The first one runs. Each is told how many are before it, whenever that changes. */
  readonly #places: ((before: number) => void)[] = []

  #leave(place: (before: number) => void): void {
    const at = this.#places.indexOf(place)
    if (at === -1) return
    this.#places.splice(at, 1)
    for (const [before, tell] of this.#places.entries()) if (before >= at) tell(before)
  }

  /**
   * Waits until all that came before are done, then works; `onPlace` gets how many are before it: at once, and whenever one of them has gone. Rejects with the signal's
   * reason when it is stopped while it waits, and then does not work.
   */
  async inTurn<Value>(work: () => Promise<Value>, { onPlace, signal }: { onPlace: (before: number) => void, signal: AbortSignal }): Promise<Value> {
    signal.throwIfAborted()
    const turn = Promise.withResolvers<undefined>()
    const place = (before: number): void => {
      onPlace(before)
      if (before === 0) turn.resolve(undefined)
    }
    const stop = (): void => { turn.reject(signal.reason instanceof Error ? signal.reason : new DOMException('Stopped.', 'AbortError')) }
    this.#places.push(place)
    signal.addEventListener('abort', stop, { once: true })
    try {
      place(this.#places.length - 1)
      await turn.promise
      return await work()
    } finally {
      signal.removeEventListener('abort', stop)
      this.#leave(place)
    }
  }
}

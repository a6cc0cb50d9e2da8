/** Lets several pieces of work go one after the other. */
export class Turns {
  private last: Promise<unknown> = Promise.resolve()
  private taken = 0

  /** Does the work when all that came before is done, whether it failed or not. */
  async take<Value>(work: () => Promise<Value>): Promise<Value> {
    this.taken++
    const mine = this.last.then(work)
    // Who took the turn hears of its failure; the next one does not care.
    this.last = mine.catch(() => null)
    try {
      return await mine
    } finally {
      this.taken--
    }
  }

  get areFree(): boolean { return this.taken === 0 }

  /** Resolves when nobody works and nobody waits. */
  async free(): Promise<void> {
    while (!this.areFree) await this.last
  }
}

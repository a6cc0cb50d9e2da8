/** Something with a score, in a group. */
interface Scored { item: number, score: number, group: number }

// With more a group than this none of them is left out of what is kept meanwhile: those are cut at the end.
const FEW_A_GROUP = 16

/** A heap whose first is the worst: https://en.wikipedia.org/wiki/Binary_heap */
class Worst {
  readonly all: Scored[] = []

  add(one: Scored): void {
    let at = this.all.push(one) - 1
    while (at > 0) {
      const above = (at - 1) >> 1
      if (!isWorse(one, this.all[above])) break
      this.all[at] = this.all[above] ?? one
      at = above
    }
    this.all[at] = one
  }

  /** Puts one in the place of the worst. */
  replaceFirst(one: Scored): void {
    let at = 0
    for (;;) {
      let below = 2 * at + 1
      if (isWorse(this.all[below + 1], this.all[below])) below++
      const next = this.all[below]
      if (next === undefined || !isWorse(next, one)) break
      this.all[at] = next
      at = below
    }
    this.all[at] = one
  }
}

function isWorse(a: Scored | undefined, b: Scored | undefined): boolean {
  if (a === undefined || b === undefined) return false
  return a.score < b.score || (a.score === b.score && a.item > b.item)
}

/** Keeps the best of very many, at most so many of each group; of equals the one with the lower number. */
export class BestFew {
  private readonly heap = new Worst()
  private readonly groups = new Map<number, Scored[]>()
  private readonly limit: number
  private readonly perGroup: number

  constructor(limit: number, perGroup = Infinity) {
    this.limit = limit
    this.perGroup = perGroup > FEW_A_GROUP ? Infinity : perGroup
  }

  /** What has less is not kept. */
  get least(): number { return this.heap.all.length < this.limit ? -Infinity : this.heap.all[0]?.score ?? -Infinity }

  add(one: Scored): void {
    if (this.perGroup === Infinity) this.keep(one)
    else this.keepInGroup(one)
  }

  private keep(one: Scored): void {
    if (this.heap.all.length < this.limit) this.heap.add(one)
    else if (isWorse(this.heap.all[0], one)) this.heap.replaceFirst(one)
  }

  private keepInGroup(one: Scored): void {
    const known = this.groups.get(one.group)
    if (known === undefined) {
      this.groups.set(one.group, [one])
      return
    }
    if (known.length === this.perGroup && !isWorse(known.at(-1), one)) return
    const place = known.findIndex((other) => isWorse(other, one))
    known.splice(place < 0 ? known.length : place, 0, one)
    if (known.length > this.perGroup) known.pop()
  }

  /** The best, the best first. */
  inOrder(): Scored[] {
    for (const group of this.groups.values()) for (const one of group) this.keep(one)
    this.groups.clear()
    return this.heap.all.toSorted((a, b) => isWorse(b, a) ? -1 : 1)
  }
}

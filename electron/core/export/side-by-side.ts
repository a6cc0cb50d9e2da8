/** So many more may be begun than are finished: what waits for an earlier one has no name yet. */
const AHEAD = 8

export interface SideBySide<Item, Made> {
  /** How many are made at a time. */
  atOnce: number
  make: (item: Item, index: number) => Promise<Made>
  /** Called for one after the other, in the order of the items, for those that failed too. */
  finish: (made: PromiseSettledResult<Made>, index: number) => Promise<void>
  /** Asked before one is begun: true when no more is wanted. */
  isOver: () => boolean
}

async function settled<Made>(making: Promise<Made>): Promise<PromiseSettledResult<Made>> {
  const [result] = await Promise.allSettled([making])
  return result
}

/** Makes several items at a time and finishes them in their order. Throws what `finish` throws, once all that was begun has ended. */
export async function sideBySide<Item, Made>(items: readonly Item[], { atOnce, make, finish, isOver }: SideBySide<Item, Made>): Promise<void> {
  const begun = new Set<Promise<unknown>>()
  const failures: unknown[] = []
  let finished = Promise.resolve()
  let finishedCount = 0
  for (const [index, item] of items.entries()) {
    while (begun.size >= atOnce || index - finishedCount >= AHEAD) await Promise.race([...begun, finished])
    if (isOver()) break
    const making = settled(make(item, index))
    begun.add(making)
    void making.then(() => begun.delete(making))
    finished = finished
      .then(async () => finish(await making, index))
      .catch((error: unknown) => { failures.push(error) })
      .then(() => { finishedCount += 1 })
  }
  await finished
  if (failures.length > 0) throw failures[0]
}

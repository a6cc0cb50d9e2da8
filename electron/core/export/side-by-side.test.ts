import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { sideBySide } from './side-by-side.ts'

/** Work that ends when it is told to. */
function onCue(count: number): { ends: (() => void)[], begun: number[], make: (item: string, index: number) => Promise<string> } {
  const works = Array.from({ length: count }, () => Promise.withResolvers<null>())
  const begun: number[] = []
  return {
    ends: works.map(({ resolve }) => () => { resolve(null) }), begun,
    make: async (item, index) => {
      begun.push(index)
      await works[index]?.promise
      return item
    },
  }
}

const goOn = (): boolean => false

describe('work that is done side by side', () => {
  it('is begun two at a time and finished in the order asked, whichever was made first', async () => {
    const { ends, begun, make } = onCue(3)
    const finished: string[] = []
    const all = sideBySide(['a', 'b', 'c'], { atOnce: 2, make, isOver: goOn, finish: async (made) => { finished.push(made.status === 'fulfilled' ? made.value : 'failed') } })
    await turn()
    expect(begun).toEqual([0, 1])
    ends[1]?.()
    await turn()
    expect(begun).toEqual([0, 1, 2])
    expect(finished).toEqual([])
    ends[0]?.()
    ends[2]?.()
    await all
    expect(finished).toEqual(['a', 'b', 'c'])
  })

  it('does not run far ahead of what is not finished', async () => {
    const { ends, begun, make } = onCue(20)
    const all = sideBySide(Array.from({ length: 20 }, String), { atOnce: 2, make, isOver: goOn, finish: async () => undefined })
    for (const end of ends.slice(1)) end()
    await turn()
    expect(begun).toHaveLength(8)
    ends[0]?.()
    await all
    expect(begun).toHaveLength(20)
  })

  it('begins nothing more once it is over, and throws what finishing threw when all that was begun has ended', async () => {
    const made: number[] = []
    const all = sideBySide(['a', 'b', 'c'], {
      atOnce: 1, isOver: () => made.length > 0,
      make: async (_, index) => { made.push(index) },
      finish: async () => { throw new Error('no name') },
    })
    await expect(all).rejects.toThrow('no name')
    expect(made).toEqual([0])
  })
})

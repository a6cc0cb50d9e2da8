import { setImmediate as settled } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { ExportQueue } from './export-queue.ts'

const never = new AbortController().signal

interface Asked { name: string, done: PromiseWithResolvers<string>, result: Promise<string>, places: number[], cancel: AbortController }

/** Asks for work that is done when it is said, and notes what happens. */
function asker(queue: ExportQueue): { ask: (name: string) => Asked, begun: string[] } {
  const begun: string[] = []
  return {
    begun,
    ask: (name) => {
      const asked = { name, done: Promise.withResolvers<string>(), places: [] as number[], cancel: new AbortController() }
      const result = queue.inTurn(async () => { begun.push(name); return asked.done.promise }, { onPlace: (before) => { asked.places.push(before) }, signal: asked.cancel.signal })
      result.catch(() => undefined)
      return { ...asked, result }
    },
  }
}

describe('exports that wait for each other', () => {
  it('are done in the order they were asked for, each told how many are before it', async () => {
    const { ask, begun } = asker(new ExportQueue())
    const [one, two, three] = [ask('one'), ask('two'), ask('three')]
    await settled()
    expect([begun, one.places, two.places, three.places]).toEqual([['one'], [0], [1], [2]])
    one.done.resolve('first')
    expect(await one.result).toBe('first')
    await settled()
    expect([begun, two.places, three.places]).toEqual([['one', 'two'], [1, 0], [2, 1]])
    two.done.reject(new Error('no room'))
    await expect(two.result).rejects.toThrow('no room')
    await settled()
    expect([begun, three.places]).toEqual([['one', 'two', 'three'], [2, 1, 0]])
  })

  it('can be stopped while they wait, and then are never begun', async () => {
    const { ask, begun } = asker(new ExportQueue())
    const [one, two, three] = [ask('one'), ask('two'), ask('three')]
    two.cancel.abort(new Error('stopped'))
    await expect(two.result).rejects.toThrow('stopped')
    expect([two.places, three.places]).toEqual([[1], [2, 1]])
    one.done.resolve('')
    await settled()
    expect(begun).toEqual(['one', 'three'])
  })

  it('do not hold up those that come when all are done', async () => {
    const queue = new ExportQueue()
    await queue.inTurn(async () => Promise.resolve(), { onPlace: () => undefined, signal: never })
    const places: number[] = []
    await queue.inTurn(async () => Promise.resolve(), { onPlace: (before) => { places.push(before) }, signal: never })
    expect(places).toEqual([0])
  })
})

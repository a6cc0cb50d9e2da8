import { getEventListeners } from 'node:events'
import { beforeEach, describe, expect, test } from 'vitest'
import type { AskedVector, QueryVectors } from './query-vectors.ts'
import { queryVectors } from './query-vectors.ts'

const MOST = 500

/** A vector that is being computed, and how its computing ends. */
interface Computing { asked: AskedVector, signal: AbortSignal, done: (value: number) => void, fail: (error: Error) => void }

let computing: Computing[]
let vectors: QueryVectors
beforeEach(() => {
  computing = []
  vectors = queryVectors((asked, signal) => new Promise((resolve, reject) => {
    computing.push({ asked, signal, done: (value) => { resolve(Float32Array.of(value)) }, fail: reject })
  }), MOST)
})

const boat = { edition: '1', model: 'small/int8', text: 'a boat' }
const never = new AbortController().signal

async function known(asked: AskedVector, value: number): Promise<void> {
  const vector = vectors.of(asked, never)
  computing.at(-1)!.done(value)
  await vector
}

describe('the vector of a text that is searched for', () => {
  test('is computed once for each model and text', async () => {
    await known(boat, 1)
    await known({ ...boat, model: 'small/fp32' }, 2)
    await known({ ...boat, text: 'a ship' }, 3)
    expect(await vectors.of(boat, never)).toEqual(Float32Array.of(1))
    expect(await vectors.of({ ...boat, model: 'small/fp32' }, never)).toEqual(Float32Array.of(2))
    expect(computing).toHaveLength(3)
  })

  test('is computed once for two who ask at once', async () => {
    const both = [vectors.of(boat, never), vectors.of(boat, never)]
    expect(computing).toHaveLength(1)
    computing[0]!.done(1)
    expect(await Promise.all(both)).toEqual([Float32Array.of(1), Float32Array.of(1)])
  })

  test('comes to who still waits when another one has stopped', async () => {
    const stop = new AbortController()
    const [first, second] = [vectors.of(boat, stop.signal), vectors.of(boat, never)]
    stop.abort()
    await expect(first).rejects.toThrow('aborted')
    expect(computing[0]!.signal.aborted).toBe(false)
    computing[0]!.done(1)
    expect(await second).toEqual(Float32Array.of(1))
  })

  test('is not computed any further when nobody waits for it, and is computed anew for the next one', async () => {
    const stop = new AbortController()
    const first = vectors.of(boat, stop.signal)
    stop.abort()
    await expect(first).rejects.toThrow('aborted')
    expect(computing[0]!.signal.aborted).toBe(true)
    const second = vectors.of(boat, never)
    computing[0]!.fail(new Error('stopped')) // comes late, to nobody
    computing[1]!.done(2)
    expect(await second).toEqual(Float32Array.of(2))
  })

  test('that could not be computed is tried again at the next question', async () => {
    const first = vectors.of(boat, never)
    computing[0]!.fail(new Error('no memory'))
    await expect(first).rejects.toThrow('no memory')
    await known(boat, 1)
    expect(computing).toHaveLength(2)
  })

  test('is computed anew when a model was exchanged for one of the same name', async () => {
    await known(boat, 1)
    await known({ ...boat, edition: '2' }, 2)
    expect(await vectors.of({ ...boat, edition: '2' }, never)).toEqual(Float32Array.of(2))
    expect(computing).toHaveLength(2)
  })

  test('that an exchanged model was asked for before comes to who asked, and to nobody else', async () => {
    const before = vectors.of(boat, never)
    const after = vectors.of({ ...boat, edition: '2' }, never)
    computing[1]!.done(2)
    expect(await after).toEqual(Float32Array.of(2))
    computing[0]!.done(1)
    expect(await before).toEqual(Float32Array.of(1))
    expect(await vectors.of({ ...boat, edition: '2' }, never)).toEqual(Float32Array.of(2))
  })

  test('is forgotten when 500 others were asked for since', async () => {
    await known(boat, 1)
    for (let at = 0; at < MOST - 1; at++) await known({ ...boat, text: `text ${at}` }, at)
    await vectors.of(boat, never)
    expect(computing).toHaveLength(MOST)
    await known({ ...boat, text: 'one more' }, 0)
    await vectors.of(boat, never)
    await known({ ...boat, text: 'text 0' }, 0) // of the rest the oldest has gone
    expect(computing).toHaveLength(MOST + 2)
    expect(vectors.counts()).toEqual({ kept: MOST, coming: 0 })
  })

  test('leaves nothing behind when it is stopped 1,000 times', async () => {
    const shared = new AbortController()
    const waiting = Array.from({ length: 1000 }, (_, at) => {
      const stop = new AbortController()
      const signal = AbortSignal.any([stop.signal, shared.signal])
      const vector = vectors.of({ ...boat, text: `text ${at % 7}` }, signal)
      if (at % 3 === 0) queueMicrotask(() => { stop.abort() })
      return { signal, vector }
    })
    shared.abort()
    for (const { vector } of waiting) await expect(vector).rejects.toThrow('aborted')
    expect(vectors.counts()).toEqual({ kept: 0, coming: 0 })
    expect(waiting.flatMap(({ signal }) => getEventListeners(signal, 'abort'))).toEqual([])
    expect(computing.every(({ signal }) => signal.aborted)).toBe(true)
  })
})

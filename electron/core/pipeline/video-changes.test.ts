import { isDeepStrictEqual } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { videoCards } from '../store/video-cards.ts'
import { setPaused, video } from '../store/videos.ts'
import { testQueue, until } from './test-queue.ts'
import type { TestQueue } from './test-queue.ts'
import { testStages } from './test-stages.ts'
import { VideoChanges } from './video-changes.ts'

const forever = new AbortController().signal
let queue: TestQueue
beforeEach(async () => { queue = await testQueue() })
afterEach(async () => { await queue.close() })

describe('videos that change', () => {
  it('are told while they are worked on, and whoever has waited for the end has heard of it', async () => {
    const [id, other] = [queue.add('A'), queue.add('B')]
    const told: { ids: number[], states: (string | undefined)[] }[] = []
    // However late its word comes, the work is not over before it was told of.
    const isTold = () => told.some(({ states }) => states.includes('processing'))
    const engine = queue.engine(testStages({ scan: { stepMs: 60, onStep: async (step) => { if (step === 9) await until(isTold, 'the work was told of') } } }))
    const shown = new Map<number, unknown>()
    const timer = setInterval(() => {
      for (const event of queue.events.splice(0)) {
        if (event.type !== 'videos-changed') continue
        told.push({ ids: event.videoIds, states: event.videoIds.map((changed) => video(queue.library.db, changed)?.state) })
        for (const card of videoCards(queue.library.db, event.videoIds)) shown.set(card.id, card)
      }
    }, 5)
    await engine.idle([], forever)
    // Who asks again for what was told of, and for nothing else, shows what there is.
    const cards = videoCards(queue.library.db, null)
    await until(() => isDeepStrictEqual(cards.map((card) => shown.get(card.id)), cards), 'the end was told')
    clearInterval(timer)
    expect(cards.map(({ state }) => state)).toEqual(['ready', 'ready'])
    expect(isTold()).toBe(true)
    expect(new Set(told.flatMap(({ ids }) => ids))).toEqual(new Set([id, other]))
  })

  it('are gathered: at most twice a second, however much goes on', () => {
    const ids = [queue.add('A'), queue.add('B')]
    let now = 0
    const told: number[][] = []
    const changes = new VideoChanges({ db: queue.library.db, clock: { monotonic: () => now }, emit: (event) => { if (event.type === 'videos-changed') told.push(event.videoIds) } })
    for (let step = 0; step < 100; step++) {
      now = step * 20
      setPaused(queue.library.db, ids[step % 2]!, step % 4 < 2)
      changes.tell(String(step))
    }
    expect(told.length).toBeLessThanOrEqual(4)
    expect(told.at(-1)).toHaveLength(2)
  })
})

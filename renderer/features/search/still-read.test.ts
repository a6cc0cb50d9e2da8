import { describe, expect, it } from 'vitest'
import { stillRead } from './still-read.ts'

describe('videos in which more may be found later', () => {
  it('are those that wait and those that are worked on, and none that is done or will never be', () => {
    const states = ['queued', 'processing', 'ready', 'failed', 'missing', 'refused'] as const
    expect(stillRead(states.map((state) => ({ state })))).toBe(2)
  })
})

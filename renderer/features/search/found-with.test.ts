// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { SceneId, VideoId } from '../../../electron/contract/ids.ts'
import type { SearchHit } from '../../../electron/contract/search.ts'
import { foundWith, hitWithin } from './found-with.ts'

const hit = (start: number, reasons: SearchHit['reasons'] = []): SearchHit => ({
  sceneId: SceneId.parse(start + 1), videoId: VideoId.parse(1), path: '/film.mp4', title: 'Film', start, end: start + 4, score: 1, keyframe: null, reasons,
})
const reasons: SearchHit['reasons'] = [
  { kind: 'said', text: 'two «wedding» «cakes»\n for you', score: 3, at: 1, chance: null }, { kind: 'tag', text: 'cake', score: 1, at: null, chance: 0.02 },
]

describe('what goes with a hit into the tray', () => {
  it('is what was asked for, and why it was found, without the signs around words', () => {
    expect(foundWith(hit(0, reasons), { text: ' wedding cakes ', likeness: null })).toEqual({ query: 'wedding cakes', note: 'Said: two wedding cakes for you; Tag: cake' })
  })

  it('names the example where there are no words', () => {
    const likeness = { kind: 'scene' as const, scene: SceneId.parse(7), title: 'Film', at: 12 }
    expect(foundWith(hit(0), { text: 'words from before', likeness })).toEqual({ query: null, note: 'Similar to Film 0:12.0' })
  })
})

describe('a selection in the player', () => {
  const answer = { query: 'x', tookMs: 1, nothingGood: false, hits: [hit(0), hit(4)], more: null, nearest: [], notes: [] }
  it('is of the hit that it has most in common with', () => {
    expect(hitWithin(answer, { videoId: VideoId.parse(1), start: 3, end: 6 })?.start).toBe(4)
  })

  it('is of none in another video, and beside all hits', () => {
    expect(hitWithin(answer, { videoId: VideoId.parse(2), start: 3, end: 6 })).toBeNull()
    expect(hitWithin(answer, { videoId: VideoId.parse(1), start: 8, end: 9 })).toBeNull()
  })
})

import { describe, expect, it } from 'vitest'
import { SceneId, VideoId } from '../../electron/contract/ids.ts'
import type { SearchAnswer, SearchHit } from '../../electron/contract/search.ts'
import { activeAfter, lastOfMany, withPage } from './search-pages.ts'

function hit(scene: number, video = 1): SearchHit {
  return { sceneId: SceneId.parse(scene), videoId: VideoId.parse(video), path: '', title: '', start: scene, end: scene + 1, score: 1, keyframe: null, reasons: [] }
}

function answer(scenes: number[], more: string | null, notes: string[] = []): SearchAnswer {
  return { query: 'x', tookMs: 1, nothingGood: false, hits: scenes.map((scene) => hit(scene)), more, nearest: [hit(90), hit(91)], notes }
}

const scenesOf = ({ hits }: SearchAnswer): number[] => hits.map(({ sceneId }) => sceneId)

describe('the pages of an answer', () => {
  it('are joined in their order; what was there is there once and stays where it is', () => {
    const joined = withPage(answer([1, 2, 3], 'a', ['one']), answer([3, 4], 'b', ['one', 'two']))
    expect({ scenes: scenesOf(joined), more: joined.more, notes: joined.notes }).toEqual({ scenes: [1, 2, 3, 4], more: 'b', notes: ['one', 'two'] })
  })

  it('end where a page brings nothing new, so that nobody asks on and on', () => {
    expect(withPage(answer([1, 2], 'a'), answer([1, 2], 'b')).more).toBeNull()
  })

  it('leave the keys at the hit they were at, also at one of the nearest, which stand after all hits', () => {
    const [before, now] = [answer([1, 2], 'a'), answer([1, 2, 3, 4], null)]
    expect([activeAfter(1, before, now), activeAfter(2, before, now), activeAfter(3, before, now)]).toEqual([1, 4, 5])
  })
})

describe('a video of which only the best hits are shown', () => {
  it('is offered whole at the last of them', () => {
    const hits = [hit(1), hit(2, 2), hit(3), hit(4, 2), hit(5), hit(6, 3)]
    expect([...lastOfMany(hits, 3)]).toEqual(['5/5/6'])
  })
})

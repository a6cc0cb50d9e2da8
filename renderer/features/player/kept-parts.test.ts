import { expect, it } from 'vitest'
import { SceneId } from '../../../electron/contract/ids.ts'
import type { PlayerVideo } from '../../../electron/contract/player.ts'
import type { Scene } from '../../../electron/contract/videos.ts'
import { withKept } from './kept-parts.ts'

const scene = (id: number, said: string): Scene => ({
  id: SceneId.parse(id), index: id, start: id, end: id + 1, keyframe: null, motion: 0, brightness: 0, colours: [], tags: [],
  said: [{ text: said, start: id, end: id + 1, language: 'en', words: [{ text: said, start: id, end: id + 1 }] }],
})
const answer = (...scenes: Scene[]): Pick<PlayerVideo, 'scenes' | 'shots' | 'silences'> => ({ scenes, shots: [{ start: 0, end: 2, transition: 'start' }], silences: [{ start: 1, end: 2 }] })
const kept = (older: ReturnType<typeof answer>, newer: ReturnType<typeof answer>) => withKept(older as PlayerVideo, newer as PlayerVideo)

it('what is asked again and is the same stays the very same', () => {
  const older = answer(scene(1, 'sea'), scene(2, 'land'))
  const after = kept(older, answer(scene(1, 'sea'), scene(2, 'land')))
  expect([after.scenes === older.scenes, after.shots === older.shots, after.silences === older.silences]).toEqual([true, true, true])
})

it('a word that was heard meanwhile is taken, and what did not change beside it stays', () => {
  const older = answer(scene(1, 'sea'), scene(2, 'land'))
  const after = kept(older, answer(scene(1, 'sea'), scene(2, 'island')))
  expect(after.scenes[1]?.said[0]?.text).toBe('island')
  expect(after.shots === older.shots).toBe(true)
})

it('one scene more is a change', () => {
  const older = answer(scene(1, 'sea'))
  expect(kept(older, answer(scene(1, 'sea'), scene(2, 'land'))).scenes).toHaveLength(2)
})

import { SceneId } from '../../../electron/contract/ids.ts'
import type { SaidWord, Scene } from '../../../electron/contract/videos.ts'

/** A scene in which these words are said. */
export function sceneOf(start: number, end: number, words: SaidWord[]): Scene {
  return {
    id: SceneId.parse(Math.round(start * 10) + 1), index: 0, start, end, keyframe: null, motion: 0, brightness: 0, colours: [], tags: [],
    said: words.length === 0 ? [] : [{ text: words.map(({ text }) => text).join(' '), start: words[0]?.start ?? 0, end: words.at(-1)?.end ?? 0, language: null, words }],
  }
}

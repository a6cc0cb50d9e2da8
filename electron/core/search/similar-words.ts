import type { ReadDatabase } from '../ports.ts'
import { sceneCount, scenesWithWords } from '../store/similar-scenes.ts'
import type { FoundScene } from '../store/word-index.ts'
import { foundScenes, scenesByWords } from '../store/word-index.ts'
import type { Match, Passage } from './spoken.ts'
import { matchesOf, snippet, spokenIn, timesOf } from './spoken.ts'
import type { Likeness } from './likeness.ts'

const MOST_WORDS = 8
/** Shorter ones are mostly those that hold any sentence together. */
const SHORTEST_WORD = 5
/** A word in more scenes than this says nothing about any of them. */
const RARE_SHARE = 0.05
/** In so few scenes a single word is enough to say that they are about the same. */
const TELLING_SCENES = 4
const MOST_FOUND = 100

/** The words of the scene that few other scenes have, the rarest first. */
function rareWords(db: ReadDatabase, text: Passage): { word: string, scenes: number }[] {
  const words = new Set(text.tokens.map((token) => token.text).filter((word) => Array.from(word).length >= SHORTEST_WORD && !/^\d+$/.test(word)))
  const most = Math.max(TELLING_SCENES, sceneCount(db) * RARE_SHARE)
  return scenesWithWords(db, [...words]).filter(({ doc }) => doc > 1 && doc <= most)
    .sort((a, b) => a.doc - b.doc || (a.term < b.term ? -1 : 1)).slice(0, MOST_WORDS).map(({ term, doc }) => ({ word: term, scenes: doc }))
}

interface Spoken { text: Passage, matches: Match[], shared: Set<string> }

function sharedIn(db: ReadDatabase, scene: FoundScene, words: readonly string[]): Spoken {
  const text = spokenIn(db, scene.videoId, { from: scene.start, to: scene.end })
  const matches = matchesOf(text, words.map((word) => ({ tokens: [word], isPrefix: false, part: null })))
  return { text, matches, shared: new Set(matches.map(({ from }) => text.tokens[from]?.text ?? '')) }
}

/** Scenes in which the rarest words of this one are said too, the best first. */
export function saysLike(db: ReadDatabase, self: FoundScene): Likeness[] {
  const rare = rareWords(db, spokenIn(db, self.videoId, { from: self.start, to: self.end }))
  if (rare.length === 0) return []
  const words = rare.map(({ word }) => word)
  const match = `said : (${words.map((word) => `"${word}"`).join(' OR ')})`
  const ids = scenesByWords(db, { match, by: 'said', condition: null, limit: MOST_FOUND }).map(({ id }) => id)
  const scenes = foundScenes(db, ids)
  return ids.filter((id) => id !== self.id).flatMap((id): Likeness[] => {
    const scene = scenes.get(id)
    if (scene === undefined) return []
    const { text, matches, shared } = sharedIn(db, scene, words)
    const [first] = matches
    // The index also holds the words of a language without spaces as pairs, which nobody can be shown.
    if (first === undefined) return []
    const isTelling = rare.some(({ word, scenes: count }) => count <= TELLING_SCENES && shared.has(word))
    return [{
      id, isGood: isTelling || shared.size >= 2,
      reason: (score) => ({ kind: 'said', text: snippet(text, matches), score, at: timesOf(text, first).from, chance: null }),
    }]
  })
}

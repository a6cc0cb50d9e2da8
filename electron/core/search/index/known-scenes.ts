import type { SceneColumns } from './scene-columns.ts'
import type { WordPostings } from './word-postings.ts'

/** What is known in memory of all scenes, as the library is now. To be used at once: it changes with the library. */
export interface KnownScenes { scenes: SceneColumns, words: WordPostings }

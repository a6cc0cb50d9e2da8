import { z } from 'zod'
import type { ReadDatabase } from '../ports.ts'

const Row = z.object({ id: z.number(), said: z.string(), title: z.string() })

/** What the word index holds of a scene. */
export type IndexedWords = z.infer<typeof Row>

/** The words of these scenes. */
export function indexedWords(db: ReadDatabase, ids: Iterable<number>): IndexedWords[] {
  return db.all('SELECT scene_words.rowid AS id, said, title FROM json_each(@ids) AS one CROSS JOIN scene_words ON scene_words.rowid = one.value', Row, { ids: JSON.stringify([...ids]) })
}

/** By the scenes: a span of the word index by itself is looked for from its beginning. */
export const WORDS_AFTER = `
  SELECT scene.id AS id, said, title FROM scene CROSS JOIN scene_words ON scene_words.rowid = scene.id WHERE scene.id > @after ORDER BY scene.id LIMIT @limit`

/** The words of the next scenes after one, in the order of their ids. */
export function indexedWordsAfter(db: ReadDatabase, after: number, limit: number): IndexedWords[] {
  return db.all(WORDS_AFTER, Row, { after, limit })
}

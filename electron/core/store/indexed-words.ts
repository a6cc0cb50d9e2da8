import { z } from 'zod'
import type { ReadDatabase } from '../ports.ts'

const Row = z.object({ id: z.number(), said: z.string(), title: z.string() })

/** What the word index holds of a scene. */
export type IndexedWords = z.infer<typeof Row>

/** The words of these scenes. */
export function indexedWords(db: ReadDatabase, ids: Iterable<number>): IndexedWords[] {
  return db.all('SELECT scene_words.rowid AS id, said, title FROM json_each(@ids) AS one CROSS JOIN scene_words ON scene_words.rowid = one.value', Row, { ids: JSON.stringify([...ids]) })
}

/** The words of the next scenes after one, in the order of their ids. */
export function indexedWordsAfter(db: ReadDatabase, after: number, limit: number): IndexedWords[] {
  return db.all('SELECT rowid AS id, said, title FROM scene_words WHERE rowid > @after ORDER BY rowid LIMIT @limit', Row, { after, limit })
}

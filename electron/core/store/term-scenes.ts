import { z } from 'zod'
import { SceneId } from '../../contract/ids.ts'
import type { ReadDatabase } from '../ports.ts'
import { Count } from './columns.ts'

const Id = z.object({ id: SceneId })

/** Those of the scenes that have a term, which is an expression of FTS5. */
export function scenesWithTerm(db: ReadDatabase, term: string, among: readonly SceneId[]): SceneId[] {
  return db.all(`
    SELECT scene_words.rowid AS id FROM json_each(@among) AS one CROSS JOIN scene_words ON scene_words.rowid = one.value
    WHERE scene_words MATCH @term`, Id, { term, among: JSON.stringify(among) }).map(({ id }) => id)
}

/** In how many scenes the term is, counted up to `most`. */
export function termCount(db: ReadDatabase, term: string, most: number): number {
  return db.get('SELECT count(*) AS count FROM (SELECT 1 FROM scene_words WHERE scene_words MATCH @term LIMIT @most)', Count, { term, most })?.count ?? 0
}

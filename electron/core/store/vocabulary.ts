import { z } from 'zod'
import type { ReadDatabase, WriteDatabase } from '../ports.ts'

const Word = z.object({ word: z.string() })

/** Keeps the words; those that are there already stay. They are never taken out: who looks one up asks whether a scene has it. */
export function addWords(db: WriteDatabase, words: readonly string[]): void {
  if (words.length === 0) return
  db.run('INSERT INTO scene_word (word) SELECT value FROM json_each(@words) WHERE true ON CONFLICT (word) DO NOTHING', { words: JSON.stringify(words) })
}

/** How many letters a word may have. */
export interface Lengths { least: number, most: number }

const AFTER_ALL = '\u{10ffff}'

/** Words that begin in one of these ways, in no order. */
export function wordsBeginning(db: ReadDatabase, beginnings: readonly string[], { least, most }: Lengths): string[] {
  return db.all(`
    SELECT word FROM json_each(@beginnings) AS one CROSS JOIN scene_word ON word >= one.value AND word < one.value || @afterAll
    WHERE length(word) BETWEEN @least AND @most`, Word, { beginnings: JSON.stringify(beginnings), afterAll: AFTER_ALL, least, most })
    .map(({ word }) => word)
}

/** Those of the words that are known. */
export function knownWords(db: ReadDatabase, among: readonly string[]): string[] {
  return db.all('SELECT word FROM json_each(@among) AS one CROSS JOIN scene_word ON word = one.value', Word, { among: JSON.stringify(among) })
    .map(({ word }) => word)
}

const TRIGRAM = 3

function trigrams(part: string): string[] {
  const letters = Array.from(part)
  return letters.slice(TRIGRAM - 1).map((_, at) => letters.slice(at, at + TRIGRAM).join(''))
}

/** Words with this part somewhere in them, in no order; of parts with less than three letters nothing is known. */
export function wordsHolding(db: ReadDatabase, part: string, { least, most, limit }: Lengths & { limit: number }): string[] {
  const match = trigrams(part).map((three) => `"${three.replaceAll('"', '""')}"`).join(' AND ')
  if (match === '') return []
  return db.all(`
    SELECT scene_word.word AS word FROM scene_word_parts CROSS JOIN scene_word ON scene_word.id = scene_word_parts.rowid
    WHERE scene_word_parts MATCH @match AND length(scene_word.word) BETWEEN @least AND @most AND instr(scene_word.word, @part) > 0 LIMIT @limit`,
  Word, { match, part, least, most, limit }).map(({ word }) => word)
}

const Count = z.object({ scenes: z.number().int() })

/** In how many scenes the expression of FTS5 is found; counts no further than `atMost`, so that a common word costs no more than a rare one. */
export function scenesWith(db: ReadDatabase, match: string, atMost: number): number {
  return db.get('SELECT count(*) AS scenes FROM (SELECT 1 FROM scene_words WHERE scene_words MATCH @match LIMIT @atMost)', Count, { match, atMost })?.scenes ?? 0
}

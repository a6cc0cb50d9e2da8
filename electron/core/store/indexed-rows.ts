import { z } from 'zod'
import type { ReadDatabase } from '../ports.ts'
import { Count } from './columns.ts'
import type { SceneCondition } from './scene-conditions.ts'
import { conditionSql } from './scene-conditions.ts'
import { languagesOfScenes } from './scene-languages.ts'
import { scenesTagged } from './tags.ts'
import type { VectorKind } from './vector-index.ts'

// What an index in memory reads of the library. Millions of rows go through here: ids are plain numbers, and no row is looked at twice.

const VideoRow = z.object({ id: z.number(), num: z.number().nullable(), den: z.number().nullable(), recorded_at: z.string().nullable() })
export type IndexedVideo = z.infer<typeof VideoRow>

const VIDEO = `SELECT video.id AS id, json_extract(facts, '$.picture.timeBase.num') AS num, json_extract(facts, '$.picture.timeBase.den') AS den,
  json_extract(facts, '$.recordedAt') AS recorded_at FROM`

/** Videos with these ids. */
export function indexedVideos(db: ReadDatabase, ids: Iterable<number>): IndexedVideo[] {
  return db.all(`${VIDEO} json_each(@ids) AS one CROSS JOIN video ON video.id = one.value`, VideoRow, { ids: JSON.stringify([...ids]) })
}

/** The next videos after one, in the order of their ids. */
export function indexedVideosAfter(db: ReadDatabase, after: number, limit: number): IndexedVideo[] {
  return db.all(`${VIDEO} video WHERE id > @after ORDER BY id LIMIT @limit`, VideoRow, { after, limit })
}

const SceneRow = z.object({
  id: z.number(), video_id: z.number(), start_pts: z.number(), end_pts: z.number(), motion: z.number(), brightness: z.number(), colours: z.string(),
})
/** A row of a scene, and the languages spoken in it, in lower case. */
export type IndexedScene = z.infer<typeof SceneRow> & { languages: ReadonlySet<string> }

const NONE: ReadonlySet<string> = new Set()

function withLanguages(db: ReadDatabase, rows: z.infer<typeof SceneRow>[]): IndexedScene[] {
  const languages = languagesOfScenes(db, rows)
  return rows.map((row) => ({ ...row, languages: languages.get(row.id) ?? NONE }))
}

const SCENE = 'SELECT scene.id AS id, video_id, start_pts, end_pts, motion, brightness, colours FROM'

/** Scenes with these ids. */
export function indexedScenes(db: ReadDatabase, ids: Iterable<number>): IndexedScene[] {
  return withLanguages(db, db.all(`${SCENE} json_each(@ids) AS one CROSS JOIN scene ON scene.id = one.value`, SceneRow, { ids: JSON.stringify([...ids]) }))
}

/** The scenes of these videos. */
export function indexedScenesOf(db: ReadDatabase, videos: Iterable<number>): IndexedScene[] {
  return withLanguages(db, db.all(`${SCENE} json_each(@videos) AS one CROSS JOIN scene ON scene.video_id = one.value`, SceneRow, { videos: JSON.stringify([...videos]) }))
}

/** The next scenes after one, in the order of their ids. */
export function indexedScenesAfter(db: ReadDatabase, after: number, limit: number): IndexedScene[] {
  return withLanguages(db, db.all(`${SCENE} scene WHERE id > @after ORDER BY id LIMIT @limit`, SceneRow, { after, limit }))
}

const VectorRow = z.object({ id: z.number(), scene_id: z.number(), data: z.instanceof(Uint8Array) })
export type IndexedVector = z.infer<typeof VectorRow>

/** Vectors of one kind and length. */
export interface VectorSet extends VectorKind { dimensions: number }

const IS_OF_SET = 'vector.model = @model AND vector.modality = @modality AND vector.dimensions = @dimensions'

function paramsOf({ model, modality, dimensions }: VectorSet): { model: string, modality: string, dimensions: number } {
  return { model, modality, dimensions }
}

/** Vectors with these ids, where they are of the set. */
export function indexedVectors(db: ReadDatabase, set: VectorSet, ids: Iterable<number>): IndexedVector[] {
  return db.all(`SELECT vector.id AS id, scene_id, data FROM json_each(@ids) AS one CROSS JOIN vector ON vector.id = one.value WHERE ${IS_OF_SET}`, VectorRow, {
    ids: JSON.stringify([...ids]), ...paramsOf(set),
  })
}

/** The next vectors of the set after one, in the order of their ids. */
export function indexedVectorsAfter(db: ReadDatabase, set: VectorSet, { after, limit }: { after: number, limit: number }): IndexedVector[] {
  return db.all(`SELECT id, scene_id, data FROM vector WHERE ${IS_OF_SET} AND id > @after ORDER BY id LIMIT @limit`, VectorRow, { after, limit, ...paramsOf(set) })
}

const Span = z.object({ count: z.number(), first: z.number().nullable(), last: z.number().nullable() })

/** How many vectors of the set there are, and the first and last of their ids. */
export function vectorSpan(db: ReadDatabase, set: VectorSet): { count: number, first: number, last: number } {
  const row = db.get(`SELECT count(*) AS count, min(id) AS first, max(id) AS last FROM vector WHERE ${IS_OF_SET}`, Span, paramsOf(set))
  return { count: row?.count ?? 0, first: row?.first ?? 0, last: row?.last ?? 0 }
}

const SetRow = z.object({ model: z.string(), modality: z.enum(['picture', 'text']), dimensions: z.number() })

/** The sets of vectors there are, the one that came last first. */
export function vectorSets(db: ReadDatabase): VectorSet[] {
  return db.all('SELECT model, modality, dimensions FROM vector_index ORDER BY id DESC', SetRow)
}

/** Whether there is any vector of the set. */
export function hasVectorsOf(db: ReadDatabase, set: VectorSet): boolean {
  return db.get(`SELECT 1 AS count FROM vector WHERE ${IS_OF_SET} LIMIT 1`, Count, paramsOf(set)) !== undefined
}

// The distance is no number where a vector points nowhere.
const ComparedRow = z.object({ id: z.number(), scene_id: z.number(), at_seconds: z.number(), distance: z.number().nullable() })
export type ComparedVector = z.infer<typeof ComparedRow> & { distance: number }

function isComparable(row: z.infer<typeof ComparedRow>): row is ComparedVector {
  return row.distance !== null
}

/** Vectors with these ids, compared with another one: 1 less the cosine. Those that are gone or point nowhere are left out. */
export function comparedVectors(db: ReadDatabase, set: VectorSet, { ids, vector }: { ids: readonly number[], vector: Uint8Array }): ComparedVector[] {
  return db.all(`
    SELECT vector.id AS id, scene_id, at_seconds, vec_distance_cosine(data, @vector) AS distance
    FROM json_each(@ids) AS one CROSS JOIN vector ON vector.id = one.value WHERE ${IS_OF_SET}`, ComparedRow, { ids: JSON.stringify(ids), vector, ...paramsOf(set) })
    .filter(isComparable)
}

const Ids = z.object({ ids: z.string() })

function idsIn(text: string | undefined): number[] {
  return z.array(z.number()).parse(JSON.parse(text ?? '[]'))
}

/** The ids of all scenes that fulfil a condition, as SQLite finds them. */
export function scenesFulfilling(db: ReadDatabase, condition: SceneCondition): number[] {
  if (condition.kind === 'words') {
    return idsIn(db.get('SELECT json_group_array(rowid) AS ids FROM scene_words WHERE scene_words MATCH @match', Ids, { match: condition.match })?.ids)
  }
  if (condition.kind === 'tag') return scenesTagged(db, condition.label)
  const { sql, params } = conditionSql(condition)
  return idsIn(db.get(`SELECT json_group_array(scene.id) AS ids FROM scene CROSS JOIN video ON video.id = scene.video_id WHERE ${sql}`, Ids, params)?.ids)
}

/** Those of the scenes that fulfil a condition. */
export function scenesFulfillingAmong(db: ReadDatabase, among: readonly number[], condition: SceneCondition): number[] {
  const { sql, params } = conditionSql(condition)
  return idsIn(db.get(`
    SELECT json_group_array(scene.id) AS ids FROM json_each(@among) AS one CROSS JOIN scene ON scene.id = one.value CROSS JOIN video ON video.id = scene.video_id
    WHERE ${sql}`, Ids, { ...params, among: JSON.stringify(among) })?.ids)
}


import { z } from 'zod'
import { SceneId, VideoId } from '../../contract/ids.ts'
import type { NamedColour } from '../../contract/videos.ts'
import { ptsToSeconds } from '../facts.ts'
import type { ReadDatabase, SqlParams } from '../ports.ts'
import { ColoursColumn } from './columns.ts'
import { keyframeName } from './folder.ts'
import type { SceneCondition } from './scene-conditions.ts'
import { conditionSql } from './scene-conditions.ts'
import type { VectorKind } from './vector-index.ts'
import type { Neighbour } from './vectors.ts'
import { toBlob } from './vectors.ts'

const EVERYTHING: SceneCondition = { kind: 'all', parts: [] }

const Id = z.object({ id: SceneId })
const ids = (rows: z.infer<typeof Id>[]): SceneId[] => rows.map(({ id }) => id)

export interface WordQuery {
  /** An expression of FTS5. */
  match: string
  /** The same without the weaker forms of words: what has only these comes after all else. Null where there are none. */
  firm?: string | null
  /** The column that counts for the order. */
  by: 'said' | 'title'
  condition: SceneCondition | null
  limit: number
}

// Added to the rank of what has weaker forms of the words only. More than any BM25. https://sqlite.org/fts5.html#the_bm25_function
export const WEAK_RANK = 1e6

/** The rank of a scene, with the weaker ones behind all others. */
function ranked(query: Pick<WordQuery, 'match' | 'firm'>): { sql: string, params: SqlParams } {
  if (query.firm === undefined || query.firm === null || query.firm === query.match) return { sql: 'scene_words.rank', params: {} }
  const isFirm = 'scene_words.rowid IN (SELECT rowid FROM scene_words WHERE scene_words MATCH @firm)'
  return { sql: `(scene_words.rank + CASE WHEN ${isFirm} THEN 0 ELSE ${WEAK_RANK} END)`, params: { firm: query.firm } }
}

const Ranked = z.object({ id: SceneId, rank: z.number() })

/** A scene that has the words; `rank` is its BM25, the less (the farther below 0) the better. */
export type RankedScene = z.infer<typeof Ranked>

/**
 * Scenes that match, the best by BM25 first. The condition is looked at before the limit.
 * A rank of 0 is a match in the other column. The order of the join is fixed: the word index finds, the other tables only judge.
 */
export function scenesByWords(db: ReadDatabase, query: WordQuery): RankedScene[] {
  const { sql, params } = conditionSql(query.condition ?? EVERYTHING)
  const weights = query.by === 'said' ? '1.0, 0.0' : '0.0, 1.0'
  const rank = ranked(query)
  return db.all(`
    SELECT scene_words.rowid AS id, ${rank.sql} AS rank FROM scene_words${query.condition === null ? '' : `
      CROSS JOIN scene ON scene.id = scene_words.rowid CROSS JOIN video ON video.id = scene.video_id`}
    WHERE scene_words MATCH @match AND scene_words.rank MATCH 'bm25(${weights})' AND scene_words.rank < 0 AND ${sql}
    ORDER BY ${rank.sql} LIMIT @limit`, Ranked, { ...params, ...rank.params, match: query.match, limit: query.limit })
}

/** Scenes that match, the best by BM25 first, but of each video only the first few: all scenes of a video have the same title. */
export function scenesByTitle(db: ReadDatabase, query: Omit<WordQuery, 'by'> & { perVideo: number }): RankedScene[] {
  const { sql, params } = conditionSql(query.condition ?? EVERYTHING)
  const rank = ranked(query)
  return db.all(`
    SELECT id, rank FROM (
      SELECT scene.id AS id, ${rank.sql} AS rank, video.path AS path, scene.start_pts AS start_pts,
        row_number() OVER (PARTITION BY scene.video_id ORDER BY scene_words.rank, scene.start_pts) AS place
      FROM scene_words CROSS JOIN scene ON scene.id = scene_words.rowid CROSS JOIN video ON video.id = scene.video_id
      WHERE scene_words MATCH @match AND scene_words.rank MATCH 'bm25(0.0, 1.0)' AND scene_words.rank < 0 AND ${sql})
    WHERE place <= @perVideo ORDER BY rank, path, start_pts LIMIT @limit`, Ranked, { ...params, ...rank.params, match: query.match, limit: query.limit, perVideo: query.perVideo })
}

/** Where a listing has come to. */
export interface ListingPlace { path: string, videoId: VideoId, startPts: number }

const Listed = z.object({ id: SceneId, path: z.string(), video_id: VideoId, start_pts: z.number() })
  .transform(({ id, path, video_id: videoId, start_pts: startPts }) => ({ id, place: { path, videoId, startPts } }))

/** A scene of a listing, and where it stands in it. */
export type ListedScene = z.infer<typeof Listed>

/** Scenes as a person would list them, by the path of the video and by time; those after a place, or from the beginning. */
export function scenesInOrder(db: ReadDatabase, condition: SceneCondition, { limit, after }: { limit: number, after: ListingPlace | null }): ListedScene[] {
  const { sql, params } = conditionSql(condition)
  const isAfter = after === null ? '' : ` AND video.path >= @path AND (video.path > @path OR video.id > @videoId OR (video.id = @videoId AND scene.start_pts > @startPts))`
  return db.all(`
    SELECT scene.id AS id, video.path AS path, video.id AS video_id, scene.start_pts AS start_pts FROM video CROSS JOIN scene ON scene.video_id = video.id
    WHERE ${sql}${isAfter} ORDER BY video.path, video.id, scene.start_pts LIMIT @limit`, Listed, { ...params, limit, ...after })
}

/** Those of the scenes that fulfil the condition. */
export function scenesThatFit(db: ReadDatabase, among: SceneId[], condition: SceneCondition): Set<SceneId> {
  const { sql, params } = conditionSql(condition)
  return new Set(ids(db.all(`
    SELECT scene.id AS id FROM json_each(@among) AS one CROSS JOIN scene ON scene.id = one.value CROSS JOIN video ON video.id = scene.video_id
    WHERE ${sql}`, Id, { ...params, among: JSON.stringify(among) })))
}

const Compared = z.object({ scene_id: SceneId, at_seconds: z.number(), distance: z.number() })

/**
 * The nearest of the scenes that fulfil a condition, their vectors compared one by one: for conditions that few scenes fulfil, before any
 * limit. The nearest part of a scene counts.
 */
export function nearestAmong(db: ReadDatabase, query: VectorKind & { vector: Float32Array, condition: SceneCondition, limit: number }): Neighbour[] {
  const { sql, params } = conditionSql(query.condition)
  const { model, modality, vector, limit } = query
  return db.all(`
    SELECT vector.scene_id AS scene_id, vector.at_seconds AS at_seconds, min(vec_distance_cosine(vector.data, @vector)) AS distance
    FROM vector CROSS JOIN scene ON scene.id = vector.scene_id CROSS JOIN video ON video.id = scene.video_id
    WHERE vector.model = @model AND vector.modality = @modality AND vector.dimensions = @dimensions AND ${sql}
    GROUP BY vector.scene_id HAVING distance IS NOT NULL ORDER BY distance, scene_id LIMIT @limit`, Compared, {
    ...params, model, modality, dimensions: vector.length, limit, vector: toBlob(vector),
  }).map(({ scene_id: sceneId, at_seconds: atSeconds, distance }) => ({ sceneId, atSeconds, similarity: 1 - distance }))
}

/** A scene with all that a hit shows of it; times in seconds from the first picture. */
export interface FoundScene {
  id: SceneId
  videoId: VideoId
  path: string
  title: string
  start: number
  end: number
  /** The file inside the library folder, and its time. */
  keyframe: { file: string, at: number } | null
  motion: number
  brightness: number
  colours: NamedColour[]
}

const FoundRow = z.object({
  id: SceneId, video_id: VideoId, path: z.string(), title: z.string(), start_pts: z.number(), end_pts: z.number(),
  keyframe_pts: z.number().nullable(), motion: z.number(), brightness: z.number(), colours: ColoursColumn,
})

const Clock = z.object({ id: VideoId, num: z.number(), den: z.number(), zero: z.number() })
  .transform(({ id, num, den, zero }) => ({ id, picture: { timeBase: { num, den }, startPts: zero } }))

type PictureClock = z.infer<typeof Clock>['picture']

// The facts of a video are long, and it has many scenes.
function clocksOf(db: ReadDatabase, videos: ReadonlySet<VideoId>): Map<VideoId, PictureClock> {
  const rows = db.all(`
    SELECT video.id AS id, json_extract(facts, '$.picture.timeBase.num') AS num, json_extract(facts, '$.picture.timeBase.den') AS den,
      json_extract(facts, '$.picture.startPts') AS zero FROM json_each(@videos) AS one CROSS JOIN video ON video.id = one.value
    WHERE facts IS NOT NULL`, Clock, { videos: JSON.stringify([...videos]) })
  return new Map(rows.map(({ id, picture }) => [id, picture]))
}

function foundScene(row: z.infer<typeof FoundRow>, picture: PictureClock): FoundScene {
  return {
    id: row.id, videoId: row.video_id, path: row.path, title: row.title,
    start: ptsToSeconds(picture, row.start_pts), end: ptsToSeconds(picture, row.end_pts),
    keyframe: row.keyframe_pts === null ? null : { file: keyframeName(row.video_id, row.keyframe_pts), at: ptsToSeconds(picture, row.keyframe_pts) },
    motion: row.motion, brightness: row.brightness, colours: row.colours,
  }
}

/** The scenes by their ids. */
export function foundScenes(db: ReadDatabase, among: Iterable<SceneId>): Map<SceneId, FoundScene> {
  const rows = db.all(`
    SELECT scene.id AS id, scene.video_id AS video_id, video.path AS path, title, start_pts, scene.end_pts AS end_pts, keyframe_pts, motion, brightness, colours
    FROM json_each(@among) AS one CROSS JOIN scene ON scene.id = one.value CROSS JOIN video ON video.id = scene.video_id`, FoundRow, { among: JSON.stringify([...among]) })
  const clocks = clocksOf(db, new Set(rows.map((row) => row.video_id)))
  return new Map(rows.flatMap((row) => {
    const clock = clocks.get(row.video_id)
    return clock === undefined ? [] : [[row.id, foundScene(row, clock)]]
  }))
}

const VideoName = z.object({ id: VideoId, path: z.string(), title: z.string() })

export function videoNames(db: ReadDatabase): z.infer<typeof VideoName>[] {
  return db.all('SELECT id, path, title FROM video ORDER BY id', VideoName)
}

import { z } from 'zod'
import type { VideoId } from '../../contract/ids.ts'
import { SceneId } from '../../contract/ids.ts'
import { AppError } from '../errors.ts'
import type { ReadDatabase, WriteDatabase } from '../ports.ts'
import { Count } from './columns.ts'
import type { PtsSpan } from './scenes.ts'
import type { VectorIndex, VectorKind } from './vector-index.ts'
import { buildIndex, indexFor } from './vector-index.ts'

/** A vector of a part of a scene: one of its pictures, or one passage of what is said in it. */
export interface StoredVector extends VectorKind {
  sceneId: SceneId
  /** From 0. */
  part: number
  /** Of the picture, or of the first word; from the first picture of the video. */
  atSeconds: number
  vector: Float32Array
}

export interface Neighbour {
  sceneId: SceneId
  /** Cosine of the angle: 1 the same, 0 nothing in common, -1 the opposite. */
  similarity: number
  /** Of the part of the scene that is nearest. */
  atSeconds: number
}

/** The bytes of a vector, as they are stored. */
export function toBlob(vector: Float32Array): Uint8Array {
  return new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength)
}

/** A vector out of its bytes. */
export function fromBlob(data: Uint8Array): Float32Array {
  const bytes = data.slice() // aligned, whatever the database gave
  return new Float32Array(bytes.buffer, 0, bytes.byteLength / Float32Array.BYTES_PER_ELEMENT)
}

const Dimensions = z.object({ dimensions: z.number() })

/** Throws MODEL_DAMAGED where what there is of this kind has another length: a model that changes under its name is not the one of before. */
function checkLength(db: ReadDatabase, { model, modality }: VectorKind, length: number): void {
  const stored = db.get('SELECT dimensions FROM vector WHERE model = @model AND modality = @modality LIMIT 1', Dimensions, { model, modality })?.dimensions
  if (stored === undefined || stored === length) return
  throw new AppError('MODEL_DAMAGED', {
    message: `The model ${model} gives vectors of ${length} numbers for ${modality === 'picture' ? 'pictures' : 'texts'}, and gave ${stored} before.`,
    hint: 'Install it again, or delete its vectors if it is another model now.',
  })
}

/** Something that says nothing to a model has a vector of zeros, and one that was computed wrongly is no number: neither points anywhere. */
function pointsNowhere(vector: Float32Array): boolean {
  const square = vector.reduce((sum, value) => sum + value * value, 0)
  return !(square > 0 && square < Infinity)
}

/**
 * Stores the vector of a part of a scene; one of the same kind that it had goes. One that points nowhere is near to nothing and is not
 * stored: a vec0 table would give it first. Throws MODEL_DAMAGED where those before have another length.
 */
export function putVector(db: WriteDatabase, { sceneId, model, modality, part, atSeconds, vector }: StoredVector): void {
  const index = indexFor(db, { model, modality })
  if (index?.dimensions !== vector.length) checkLength(db, { model, modality }, vector.length)
  if (index === undefined) buildIndex(db, { model, modality, dimensions: vector.length })
  db.run('DELETE FROM vector WHERE scene_id = @sceneId AND model = @model AND modality = @modality AND part = @part', { sceneId, model, modality, part })
  if (pointsNowhere(vector)) return
  db.run(`INSERT INTO vector (scene_id, model, modality, part, at_seconds, dimensions, data)
    VALUES (@sceneId, @model, @modality, @part, @atSeconds, @dimensions, @data)`, {
    sceneId, model, modality, part, atSeconds, dimensions: vector.length, data: toBlob(vector),
  })
}

/** Deletes what a model has said of the scenes that start in the span. */
export function deleteVectorsIn(db: WriteDatabase, videoId: VideoId, of: VectorKind & { span: PtsSpan }): void {
  db.run(`DELETE FROM vector WHERE model = @model AND modality = @modality
    AND scene_id IN (SELECT id FROM scene WHERE video_id = @videoId AND start_pts >= @from AND start_pts < @to)`, {
    videoId, model: of.model, modality: of.modality, ...of.span,
  })
}

const DataRow = z.object({ data: z.instanceof(Uint8Array) })

/** The vectors that the pictures of a scene have from a model, in the order of time. */
export function pictureVectorsOf(db: ReadDatabase, sceneId: SceneId, model: string): Float32Array[] {
  return db.all(`SELECT data FROM vector WHERE scene_id = @sceneId AND model = @model AND modality = 'picture' ORDER BY part`, DataRow, { sceneId, model })
    .map(({ data }) => fromBlob(data))
}

/** How many vectors of this kind there are. */
export function vectorCount(db: ReadDatabase, { model, modality }: VectorKind): number {
  return db.get('SELECT count(*) AS count FROM vector WHERE model = @model AND modality = @modality', Count, { model, modality })?.count ?? 0
}

/** Whether there is any vector of this kind. */
export function hasVectors(db: ReadDatabase, { model, modality }: VectorKind): boolean {
  return db.get('SELECT 1 AS count FROM vector WHERE model = @model AND modality = @modality LIMIT 1', Count, { model, modality }) !== undefined
}

const Hit = z.object({ scene_id: SceneId, at_seconds: z.number(), distance: z.number() })
type Hit = z.infer<typeof Hit>

// `indexed` is the distance that the vec0 table gives; none is a number where a vector points nowhere.
const IndexedHit = Hit.extend({ distance: z.number().nullable(), indexed: z.number().nullable() })
type IndexedHit = z.infer<typeof IndexedHit>

export interface NearestQuery extends VectorKind {
  vector: Float32Array
  /** Of scenes. */
  limit: number
  /** Only scenes of these videos; all when null. */
  videos: VideoId[] | null
}

// sqlite-vec 0.1.9 refuses more.
const MOST_NEIGHBOURS = 4096
// Several parts of a scene are often near together.
const PARTS_A_SCENE = 4

function partsFromIndex(db: ReadDatabase, index: VectorIndex, query: NearestQuery): IndexedHit[] {
  const isIn = query.videos === null ? '' : ' AND near.video_id IN (SELECT value FROM json_each(@videos))'
  return db.all(`
    SELECT scene_id, at_seconds, vec_distance_cosine(data, @vector) AS distance, near.distance AS indexed
    FROM vec_${index.id} AS near CROSS JOIN vector ON vector.id = near.id AND model = @model AND modality = @modality AND dimensions = @dimensions
    WHERE near.embedding MATCH @vector AND k = @limit${isIn} ORDER BY indexed`, IndexedHit, {
    model: index.model, modality: index.modality, dimensions: index.dimensions,
    vector: toBlob(query.vector), limit: query.limit, ...(query.videos === null ? {} : { videos: JSON.stringify(query.videos) }),
  })
}

// Both are computed from the same 32 bit numbers.
const SAME_DISTANCE = 1e-4

function isTrue({ distance, indexed }: IndexedHit): boolean {
  return distance === null || indexed === null ? distance === indexed : Math.abs(distance - indexed) < SAME_DISTANCE
}

function bestOfEach(parts: readonly IndexedHit[]): Hit[] {
  const best = new Map<SceneId, Hit>()
  for (const { scene_id, at_seconds, distance } of parts) {
    if (distance !== null && distance < (best.get(scene_id)?.distance ?? Infinity)) best.set(scene_id, { scene_id, at_seconds, distance })
  }
  return [...best.values()]
}

/** Null where the index does not say what the rows say. */
function fromIndex(db: ReadDatabase, index: VectorIndex, query: NearestQuery): Hit[] | null {
  for (let limit = query.limit * PARTS_A_SCENE; ; limit *= PARTS_A_SCENE) {
    const most = Math.min(limit, MOST_NEIGHBOURS)
    const parts = partsFromIndex(db, index, { ...query, limit: most })
    if (!parts.every(isTrue)) return null
    const scenes = bestOfEach(parts)
    if (scenes.length >= query.limit || parts.length < most || most === MOST_NEIGHBOURS) return scenes
  }
}

// Whatever is wrong with an index, the rows are the truth: they are compared until it is built again at the next start of the work.
function fromSoundIndex(db: ReadDatabase, index: VectorIndex, query: NearestQuery): Hit[] | null {
  try {
    return fromIndex(db, index, query)
  } catch {
    return null
  }
}

// Of a group, SQLite gives the other columns of the row that has the least: https://sqlite.org/lang_select.html#bareagg
function fromRows(db: ReadDatabase, query: NearestQuery): Hit[] {
  const isIn = query.videos === null ? '' : ' AND scene_id IN (SELECT id FROM scene WHERE video_id IN (SELECT value FROM json_each(@videos)))'
  return db.all(`
    SELECT scene_id, at_seconds, min(vec_distance_cosine(data, @vector)) AS distance FROM vector
    WHERE model = @model AND modality = @modality AND dimensions = @dimensions${isIn} GROUP BY scene_id HAVING distance IS NOT NULL ORDER BY distance LIMIT @limit`, Hit, {
    model: query.model, modality: query.modality, dimensions: query.vector.length, vector: toBlob(query.vector), limit: query.limit,
    ...(query.videos === null ? {} : { videos: JSON.stringify(query.videos) }),
  })
}

/**
 * The scenes with the nearest vectors, best first, the older one of equals; the nearest part of a scene counts. Where the index is missing or damaged
 * the rows themselves are compared.
 */
export function nearestScenes(db: ReadDatabase, query: NearestQuery): Neighbour[] {
  const index = indexFor(db, query)
  if (index !== undefined && index.dimensions !== query.vector.length) return []
  const hits = (index === undefined ? null : fromSoundIndex(db, index, query)) ?? fromRows(db, query)
  return hits.map(({ scene_id: sceneId, at_seconds: atSeconds, distance }) => ({ sceneId, atSeconds, similarity: 1 - distance }))
    .sort((a, b) => b.similarity - a.similarity || a.sceneId - b.sceneId)
    .slice(0, query.limit)
}

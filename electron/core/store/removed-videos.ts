import { z } from 'zod'
import type { RemovedVideo } from '../../contract/cards.ts'
import { VideoId } from '../../contract/ids.ts'
import type { ReadDatabase, WriteDatabase } from '../ports.ts'
import { indexWords } from './scene-words.ts'
import type { StageRun } from './stage-runs.ts'
import { stageRunsOf } from './stage-runs.ts'
import { restartUncoveredRuns } from './vector-covers.ts'
import type { VideoRecord } from './videos.ts'
import { deleteVideo, video, videoWithIdentity } from './videos.ts'

const DAY_MS = 86_400_000
/** For so long a video that was taken out can be put back. */
export const KEPT_MS = 30 * DAY_MS

// What holds rows of a video, in an order in which they can be put back. The vectors, which are bytes, go their own way; the
// word index is made from these. A piece of speech gets a new number: nothing names the old one.
export const keptTables = ['video', 'stage_run', 'shot', 'scene', 'scene_frame', 'scene_tag', 'silence', 'segment', 'vector_cover', 'tray_clip'] as const
type Table = typeof keptTables[number]

const Row = z.record(z.string(), z.union([z.string(), z.number(), z.null()]))
type Row = z.infer<typeof Row>

const Kept = z.string().transform((text) => JSON.parse(text) as unknown).pipe(z.partialRecord(z.enum(keptTables), z.array(Row)))

const Name = z.object({ name: z.string() })

function columnsOf(db: ReadDatabase, table: Table): string[] {
  const names = db.all(`SELECT name FROM pragma_table_info('${table}')`, Name).map(({ name }) => name)
  return table === 'segment' ? names.filter((name) => name !== 'id') : names
}

function rowsOf(db: ReadDatabase, table: Table, id: VideoId): Row[] {
  const isOfVideo = table === 'video' ? 'id = @id' : 'video_id = @id'
  return db.all(`SELECT ${columnsOf(db, table).join(', ')} FROM ${table} WHERE ${isOfVideo} ORDER BY ${table === 'segment' ? 'id' : '1, 2'}`, Row, { id })
}

/** A video and its stages as they were before the work on it was stopped for the removal. */
export interface BeforeRemoval { video: VideoRecord, runs: StageRun[] }

export function beforeRemoval(db: ReadDatabase, of: VideoRecord): BeforeRemoval {
  return { video: of, runs: stageRunsOf(db, of.id) }
}

// To stop the work it was cancelled: that was not the person's word, and is not what it comes back with.
function runAsBefore(row: Row, { runs }: BeforeRemoval): Row {
  const before = runs.find(({ stage }) => stage === row['stage'])
  if (row['state'] !== 'cancelled' || before === undefined || before.state === 'cancelled') return row
  return { ...row, state: before.state === 'running' ? 'pending' : before.state, ended_ms: before.endedMs }
}

function videoAsBefore(row: Row, { video: { state, error } }: BeforeRemoval): Row {
  return { ...row, state, error: error === null ? null : JSON.stringify(error) }
}

function keptRows(db: ReadDatabase, before: BeforeRemoval): Record<Table, Row[]> {
  const rows = (table: Table): Row[] => rowsOf(db, table, before.video.id)
  return {
    video: rows('video').map((row) => videoAsBefore(row, before)),
    stage_run: rows('stage_run').map((row) => runAsBefore(row, before)),
    shot: rows('shot'), scene: rows('scene'), scene_frame: rows('scene_frame'), scene_tag: rows('scene_tag'), silence: rows('silence'), segment: rows('segment'), vector_cover: rows('vector_cover'), tray_clip: rows('tray_clip'),
  }
}

/** Takes a video out so that it can be put back; to be called in a transaction. False when there is none any more. */
export function layAside(db: WriteDatabase, before: BeforeRemoval, nowMs: number): boolean {
  const { id } = before.video
  const now = video(db, id)
  if (now === undefined) return false
  db.run('INSERT INTO removed_video (id, identity, path, title, removed_ms, kept) VALUES (@id, @identity, @path, @title, @nowMs, @kept)', {
    id, identity: now.identity, path: now.path, title: now.title, nowMs, kept: JSON.stringify(keptRows(db, before)),
  })
  db.run(`INSERT INTO removed_vector (video_id, scene_id, model, modality, part, at_seconds, dimensions, data)
    SELECT @id, scene_id, model, modality, part, at_seconds, dimensions, data FROM vector WHERE scene_id IN (SELECT id FROM scene WHERE video_id = @id)`, { id })
  return deleteVideo(db, id)
}

function putBackRows(db: WriteDatabase, table: Table, rows: readonly Row[]): void {
  // What was laid aside by an older version has the columns of that one.
  const known = new Set(columnsOf(db, table))
  for (const row of rows) {
    const names = Object.keys(row).filter((name) => known.has(name))
    db.run(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map((name) => `@${name}`).join(', ')})`, row)
  }
}

/** Puts a video back as it was, with the same ids; to be called in a transaction. False when it is not there, or its content is in the library by now. */
export function putBack(db: WriteDatabase, id: VideoId): boolean {
  const found = db.get('SELECT identity, kept FROM removed_video WHERE id = @id', z.object({ identity: z.string(), kept: Kept }), { id })
  if (found === undefined || videoWithIdentity(db, found.identity) !== undefined) return false
  for (const table of keptTables) putBackRows(db, table, found.kept[table] ?? [])
  db.run(`INSERT INTO vector (scene_id, model, modality, part, at_seconds, dimensions, data)
    SELECT scene_id, model, modality, part, at_seconds, dimensions, data FROM removed_vector WHERE video_id = @id`, { id })
  // The vectors of a model may have been deleted while the video was out.
  db.run(`DELETE FROM vector_cover WHERE video_id = @id AND NOT EXISTS (SELECT 1 FROM scene CROSS JOIN vector ON vector.scene_id = scene.id
    WHERE scene.video_id = @id AND vector.model = vector_cover.model AND vector.modality = vector_cover.modality)`, { id })
  restartUncoveredRuns(db)
  db.run('DELETE FROM removed_video WHERE id = @id', { id })
  indexWords(db, id, null)
  return true
}

const Id = z.object({ id: VideoId })

/** The video with this content that was taken out last, where there is one. */
export function removedWithIdentity(db: ReadDatabase, identity: string): VideoId | undefined {
  return db.get('SELECT id FROM removed_video WHERE identity = @identity ORDER BY removed_ms DESC, id DESC LIMIT 1', Id, { identity })?.id
}

const Shown = z.object({ id: VideoId, title: z.string(), path: z.string(), removed_ms: z.number() })
  .transform(({ removed_ms: removedMs, ...row }): RemovedVideo => ({ ...row, removedMs }))

/** Whether a video was taken out and can be put back. */
export function isRemoved(db: ReadDatabase, id: VideoId): boolean {
  return db.get('SELECT id FROM removed_video WHERE id = @id', Id, { id }) !== undefined
}

/** The videos that can be put back, those taken out last first. */
export function removedVideos(db: ReadDatabase): RemovedVideo[] {
  return db.all('SELECT id, title, path, removed_ms FROM removed_video ORDER BY removed_ms DESC, id DESC', Shown)
}

/** Lets go for good of what was taken out too long ago. */
export function dropExpired(db: WriteDatabase, nowMs: number): void {
  db.run('DELETE FROM removed_video WHERE removed_ms < @before', { before: nowMs - KEPT_MS })
}

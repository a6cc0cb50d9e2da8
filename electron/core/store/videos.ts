import { z } from 'zod'
import { VideoId } from '../../contract/ids.ts'
import type { Badge } from '../../contract/videos.ts'
import { VideoState } from '../../contract/videos.ts'
import type { ErrorShape } from '../../contract/errors.ts'
import type { MediaFacts } from '../facts.ts'
import { ptsToSeconds } from '../facts.ts'
import type { ReadDatabase, WriteDatabase } from '../ports.ts'
import { BadgesColumn, Count, ErrorColumn, FactsColumn, FlagColumn } from './columns.ts'

/** A row of `video`. */
export interface VideoRecord {
  id: VideoId
  path: string
  identity: string
  sizeBytes: number
  modifiedMs: number
  title: string
  /** Null before it was probed. */
  media: MediaFacts | null
  /** The decoded end; null before the scan has seen it. */
  endPts: number | null
  badges: Badge[]
  state: VideoState
  error: ErrorShape | null
  wantsFirstLook: boolean
  isPaused: boolean
  priority: number
  addedMs: number
}

const VideoRow = z.object({
  id: VideoId, path: z.string(), identity: z.string(), size_bytes: z.number(), modified_ms: z.number(), title: z.string(),
  facts: FactsColumn, end_pts: z.number().nullable(), badges: BadgesColumn, state: VideoState, error: ErrorColumn,
  first_look: FlagColumn, paused: FlagColumn, priority: z.number(), added_ms: z.number(),
}).transform((row): VideoRecord => ({
  id: row.id, path: row.path, identity: row.identity, sizeBytes: row.size_bytes, modifiedMs: row.modified_ms, title: row.title,
  media: row.facts, endPts: row.end_pts, badges: row.badges, state: row.state, error: row.error,
  wantsFirstLook: row.first_look, isPaused: row.paused, priority: row.priority, addedMs: row.added_ms,
}))

export function video(db: ReadDatabase, id: VideoId): VideoRecord | undefined {
  return db.get('SELECT * FROM video WHERE id = @id', VideoRow, { id })
}

/** All videos in the order they were added. */
export function allVideos(db: ReadDatabase): VideoRecord[] {
  return db.all('SELECT * FROM video ORDER BY id', VideoRow)
}

export function videosInState(db: ReadDatabase, state: VideoState): VideoRecord[] {
  return db.all('SELECT * FROM video WHERE state = @state ORDER BY id', VideoRow, { state })
}

export function videosAt(db: ReadDatabase, path: string): VideoRecord[] {
  return db.all('SELECT * FROM video WHERE path = @path ORDER BY id', VideoRow, { path })
}

export function videoWithIdentity(db: ReadDatabase, identity: string): VideoRecord | undefined {
  return db.get('SELECT * FROM video WHERE identity = @identity', VideoRow, { identity })
}

/** Videos whose title holds `part`, whatever its case. */
export function videosTitled(db: ReadDatabase, part: string): VideoRecord[] {
  return db.all('SELECT * FROM video WHERE instr(lower(title), lower(@part)) > 0 ORDER BY id', VideoRow, { part })
}

/** Videos whose file has this name, in whatever folder. */
export function videosWithFile(db: ReadDatabase, name: string): VideoRecord[] {
  return db.all(`SELECT * FROM video WHERE replace(substr(path, -length(@name) - 1), '\\', '/') = '/' || @name ORDER BY id`, VideoRow, { name })
}

/** Seconds: the decoded length once it is known, the container's before. */
export function durationOf({ media, endPts }: Pick<VideoRecord, 'media' | 'endPts'>): number | null {
  if (media === null) return null
  return endPts === null ? media.durationSeconds : ptsToSeconds(media.picture, endPts)
}

export interface NewVideo {
  path: string
  identity: string
  sizeBytes: number
  modifiedMs: number
  title: string
  wantsFirstLook: boolean
  addedMs: number
}

export function addVideo(db: WriteDatabase, added: NewVideo): VideoId {
  const { lastRowId } = db.run(`
    INSERT INTO video (path, identity, size_bytes, modified_ms, title, first_look, added_ms)
    VALUES (@path, @identity, @sizeBytes, @modifiedMs, @title, @firstLook, @addedMs)`, {
    path: added.path, identity: added.identity, sizeBytes: added.sizeBytes, modifiedMs: added.modifiedMs, title: added.title,
    firstLook: added.wantsFirstLook ? 1 : 0, addedMs: added.addedMs,
  })
  return VideoId.parse(lastRowId)
}

/** Sets the state, and with it the reason why it is so. */
export function setVideoState(db: WriteDatabase, id: VideoId, to: { state: VideoState, error: ErrorShape | null }): void {
  db.run('UPDATE video SET state = @state, error = @error WHERE id = @id', { id, state: to.state, error: to.error === null ? null : JSON.stringify(to.error) })
}

export function setFacts(db: WriteDatabase, id: VideoId, media: MediaFacts): void {
  db.run('UPDATE video SET facts = @facts WHERE id = @id', { id, facts: JSON.stringify(media) })
}

export function setDecodedEnd(db: WriteDatabase, id: VideoId, endPts: number): void {
  db.run('UPDATE video SET end_pts = @endPts WHERE id = @id', { id, endPts })
}

/** Puts badges on and takes others off; what is named in neither stays as it is. */
export function changeBadges(db: WriteDatabase, id: VideoId, change: Partial<Record<Badge, boolean>>): void {
  const before = db.get('SELECT badges FROM video WHERE id = @id', z.object({ badges: BadgesColumn }), { id })?.badges ?? []
  const named = new Map(Object.entries(change))
  const kept = before.filter((badge) => !named.has(badge))
  const badges = [...kept, ...[...named].filter(([, isOn]) => isOn).map(([badge]) => badge)]
  db.run('UPDATE video SET badges = @badges WHERE id = @id', { id, badges: JSON.stringify(badges) })
}

/** Takes the video's file for another one or another path of the same content. */
export function setVideoFile(db: WriteDatabase, id: VideoId, file: { path: string, sizeBytes: number, modifiedMs: number }): void {
  db.run('UPDATE video SET path = @path, size_bytes = @sizeBytes, modified_ms = @modifiedMs WHERE id = @id', { id, ...file })
}

export function setFirstLook(db: WriteDatabase, id: VideoId, isWanted: boolean): void {
  db.run('UPDATE video SET first_look = @flag WHERE id = @id', { id, flag: isWanted ? 1 : 0 })
}

export function setPaused(db: WriteDatabase, id: VideoId, isPaused: boolean): void {
  db.run('UPDATE video SET paused = @flag WHERE id = @id', { id, flag: isPaused ? 1 : 0 })
}

/** Puts the video before all others. */
export function setFirst(db: WriteDatabase, id: VideoId): void {
  db.run('UPDATE video SET priority = (SELECT max(priority) + 1 FROM video) WHERE id = @id', { id })
}

export function deleteVideo(db: WriteDatabase, id: VideoId): boolean {
  return db.run('DELETE FROM video WHERE id = @id', { id }).changes > 0
}

/** The highest id that was ever given: it grows with every video that is added. */
export function newestVideoId(db: ReadDatabase): number {
  return db.get(`SELECT seq AS count FROM sqlite_sequence WHERE name = 'video'`, Count)?.count ?? 0
}

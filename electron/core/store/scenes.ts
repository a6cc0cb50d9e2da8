import { z } from 'zod'
import { SceneId, VideoId } from '../../contract/ids.ts'
import type { NamedColour } from '../../contract/videos.ts'
import { Transition } from '../../contract/videos.ts'
import type { ReadDatabase, WriteDatabase } from '../ports.ts'
import { ColoursColumn } from './columns.ts'

/** A span of time in pts: from <= start < to. */
export interface PtsSpan { from: number, to: number }

export interface StoredShot { startPts: number, endPts: number, transition: Transition }

export interface NewScene {
  startPts: number
  endPts: number
  keyframePts: number | null
  motion: number
  brightness: number
  colours: NamedColour[]
}

export interface StoredScene extends NewScene { id: SceneId, videoId: VideoId }

const ShotRow = z.object({ start_pts: z.number(), end_pts: z.number(), transition: Transition })
  .transform((row): StoredShot => ({ startPts: row.start_pts, endPts: row.end_pts, transition: row.transition }))

const SceneRow = z.object({
  id: SceneId, video_id: VideoId, start_pts: z.number(), end_pts: z.number(), keyframe_pts: z.number().nullable(),
  motion: z.number(), brightness: z.number(), colours: ColoursColumn,
}).transform((row): StoredScene => ({
  id: row.id, videoId: row.video_id, startPts: row.start_pts, endPts: row.end_pts, keyframePts: row.keyframe_pts,
  motion: row.motion, brightness: row.brightness, colours: row.colours,
}))

/** The shots of a video in order. */
export function shotsOf(db: ReadDatabase, videoId: VideoId): StoredShot[] {
  return db.all('SELECT start_pts, end_pts, transition FROM shot WHERE video_id = @videoId ORDER BY start_pts', ShotRow, { videoId })
}

/** The scenes of a video in order. */
export function scenesOf(db: ReadDatabase, videoId: VideoId): StoredScene[] {
  return db.all('SELECT * FROM scene WHERE video_id = @videoId ORDER BY start_pts', SceneRow, { videoId })
}

export function scene(db: ReadDatabase, id: SceneId): StoredScene | undefined {
  return db.get('SELECT * FROM scene WHERE id = @id', SceneRow, { id })
}

/** Scenes that start in the span. */
export function scenesStartingIn(db: ReadDatabase, videoId: VideoId, span: PtsSpan): StoredScene[] {
  return db.all('SELECT * FROM scene WHERE video_id = @videoId AND start_pts >= @from AND start_pts < @to ORDER BY start_pts', SceneRow, { videoId, ...span })
}

const PtsRow = z.object({ pts: z.number() })

/** The pictures, key frames and others, of the scenes that start in the span. */
export function picturesOfScenes(db: ReadDatabase, videoId: VideoId, span: PtsSpan): number[] {
  return db.all(`
    SELECT keyframe_pts AS pts FROM scene WHERE video_id = @videoId AND start_pts >= @from AND start_pts < @to AND keyframe_pts IS NOT NULL
    UNION SELECT pts FROM scene JOIN scene_frame ON scene_frame.video_id = scene.video_id AND scene_id = scene.id
    WHERE scene.video_id = @videoId AND start_pts >= @from AND start_pts < @to ORDER BY pts`, PtsRow, { videoId, ...span }).map(({ pts }) => pts)
}

/** The picture of a video's scenes, key frame or other, that is nearest to a time; null where there is none. */
export function nearestPicture(db: ReadDatabase, videoId: VideoId, pts: number): number | null {
  return db.get(`
    SELECT pts FROM (
      SELECT keyframe_pts AS pts FROM scene WHERE video_id = @videoId AND keyframe_pts IS NOT NULL
      UNION ALL SELECT pts FROM scene_frame WHERE video_id = @videoId
    ) ORDER BY abs(pts - @pts), pts LIMIT 1`, PtsRow, { videoId, pts })?.pts ?? null
}

const FrameRow = z.object({ scene_id: SceneId, pts: z.number() })

/** The pictures of a video's scenes beside their key frames, in the order of time. */
export function framesOf(db: ReadDatabase, videoId: VideoId): Map<SceneId, number[]> {
  const byScene = new Map<SceneId, number[]>()
  for (const { scene_id: id, pts } of db.all('SELECT scene_id, pts FROM scene_frame WHERE video_id = @videoId ORDER BY pts', FrameRow, { videoId })) {
    byScene.set(id, [...byScene.get(id) ?? [], pts])
  }
  return byScene
}

export function addFrame(db: WriteDatabase, videoId: VideoId, { sceneId, pts }: { sceneId: SceneId, pts: number }): void {
  db.run('INSERT OR IGNORE INTO scene_frame (video_id, scene_id, pts) VALUES (@videoId, @sceneId, @pts)', { videoId, sceneId, pts })
}

/** Deletes the shots and scenes that start in the span, and all that hangs on them. */
export function deleteScenesIn(db: WriteDatabase, videoId: VideoId, span: PtsSpan): void {
  db.run('DELETE FROM shot WHERE video_id = @videoId AND start_pts >= @from AND start_pts < @to', { videoId, ...span })
  db.run('DELETE FROM scene WHERE video_id = @videoId AND start_pts >= @from AND start_pts < @to', { videoId, ...span })
}

export function addShot(db: WriteDatabase, videoId: VideoId, shot: StoredShot): void {
  db.run(`
    INSERT INTO shot (video_id, start_pts, end_pts, transition) VALUES (@videoId, @startPts, @endPts, @transition)
    ON CONFLICT (video_id, start_pts) DO UPDATE SET end_pts = @endPts, transition = @transition`, {
    videoId, startPts: shot.startPts, endPts: shot.endPts, transition: shot.transition,
  })
}

/** Stores a scene. One with the same start goes, with all that hangs on it: its picture may have been another one. */
export function addScene(db: WriteDatabase, videoId: VideoId, added: NewScene): SceneId {
  db.run('DELETE FROM scene WHERE video_id = @videoId AND start_pts = @startPts', { videoId, startPts: added.startPts })
  const { lastRowId } = db.run(`
    INSERT INTO scene (video_id, start_pts, end_pts, keyframe_pts, motion, brightness, colours)
    VALUES (@videoId, @startPts, @endPts, @keyframePts, @motion, @brightness, @colours)`, {
    videoId, startPts: added.startPts, endPts: added.endPts, keyframePts: added.keyframePts,
    motion: added.motion, brightness: added.brightness, colours: JSON.stringify(added.colours),
  })
  return SceneId.parse(lastRowId)
}

import { z } from 'zod'
import type { Coverage, Frame, VideoCard } from '../../contract/cards.ts'
import { SceneId, VideoId } from '../../contract/ids.ts'
import { StageName, StageState, VideoState } from '../../contract/videos.ts'
import type { ReadDatabase } from '../ports.ts'
import { BadgesColumn, ErrorColumn, FlagColumn } from './columns.ts'

// A grid asks for all of ten thousand videos at once: of the facts, which are long, only what a card shows is taken out.
const Shown = z.string().transform((text) => JSON.parse(text) as unknown).pipe(z.tuple([
  z.number().nullable(), z.number().nullable(), z.number().nullable(), z.number().nullable(), z.number().nullable(), z.number().nullable(),
  z.number().nullable(), z.number().nullable(), z.number().nullable(), z.string().nullable(),
]))

const Row = z.object({
  id: VideoId, title: z.string(), path: z.string(), state: VideoState, paused: FlagColumn, badges: BadgesColumn, error: ErrorColumn,
  size_bytes: z.number(), added_ms: z.number(), end_pts: z.number().nullable(), shown: Shown.nullable(), poster: SceneId.nullable(),
})

const RunRow = z.object({ video_id: VideoId, stage: StageName, state: StageState, progress: z.number() })

const COLUMNS = `video.id, title, path, state, paused, badges, error, size_bytes, added_ms, end_pts,
  json_extract(facts, '$.durationSeconds', '$.picture.startPts', '$.picture.timeBase.num', '$.picture.timeBase.den', '$.picture.width', '$.picture.height',
    '$.picture.sampleAspect.num', '$.picture.sampleAspect.den', '$.picture.rotationDegrees', '$.recordedAt') AS shown`

// Of the first scenes that has a picture that is neither dark nor burnt out; else the first one with any. The colour of a
// title card or of a fade says nothing of a video.
const POSTER = `(SELECT id FROM (SELECT id, start_pts, brightness FROM scene WHERE scene.video_id = video.id AND keyframe_pts IS NOT NULL ORDER BY start_pts LIMIT 6)
  ORDER BY brightness BETWEEN 0.15 AND 0.85 DESC, start_pts LIMIT 1) AS poster`

function sizeOf(shown: z.infer<typeof Shown> | null): Pick<VideoCard, 'width' | 'height' | 'recordedAt'> {
  if (shown === null) return { width: null, height: null, recordedAt: null }
  const [, , , , width, height, num, den, rotation, recordedAt] = shown
  if (width === null || height === null) return { width: null, height: null, recordedAt }
  const square = Math.round(width * (num ?? 1) / (den ?? 1))
  return (rotation ?? 0) % 180 === 0 ? { width: square, height, recordedAt } : { width: height, height: square, recordedAt }
}

function durationOf(shown: z.infer<typeof Shown> | null, endPts: number | null): number | null {
  if (shown === null) return null
  const [durationSeconds, startPts, num, den] = shown
  return endPts === null ? durationSeconds : (endPts - (startPts ?? 0)) * (num ?? 1) / (den ?? 1)
}

function coverageOf(db: ReadDatabase, videos: readonly VideoId[] | null): Map<VideoId, Coverage[]> {
  const sql = 'SELECT video_id, stage, state, progress FROM stage_run'
  const rows = videos === null ? db.all(sql, RunRow) : db.all(`${sql} WHERE video_id IN (SELECT value FROM json_each(@videos))`, RunRow, { videos: JSON.stringify(videos) })
  const found = new Map<VideoId, Coverage[]>()
  for (const { video_id: id, stage, state, progress } of rows) {
    const list = found.get(id)
    if (list === undefined) found.set(id, [{ stage, state, progress }])
    else list.push({ stage, state, progress })
  }
  for (const list of found.values()) list.sort((a, b) => StageName.options.indexOf(a.stage) - StageName.options.indexOf(b.stage))
  return found
}

/** Videos in short, in the order they were added: all, or those of these ids that there are. */
export function videoCards(db: ReadDatabase, videos: readonly VideoId[] | null): VideoCard[] {
  const coverage = coverageOf(db, videos)
  const where = videos === null ? '' : 'WHERE video.id IN (SELECT value FROM json_each(@videos))'
  const rows = db.all(`SELECT ${COLUMNS}, ${POSTER} FROM video ${where} ORDER BY video.id`, Row, videos === null ? {} : { videos: JSON.stringify(videos) })
  return rows.map((row) => ({
    id: row.id, title: row.title, path: row.path, duration: durationOf(row.shown, row.end_pts), state: row.state, paused: row.paused,
    badges: row.badges, error: row.error, coverage: coverage.get(row.id) ?? [], poster: row.poster, ...sizeOf(row.shown),
    sizeBytes: row.size_bytes, addedMs: row.added_ms,
  }))
}

const FrameRow = z.object({ id: SceneId, at: z.number() })

/** Key frames of a video in the order of time, at most `limit`, evenly spread; the first one is among them. */
export function framesOf(db: ReadDatabase, video: VideoId, limit: number): Frame[] {
  const rows = db.all(`
    SELECT scene.id AS id, (keyframe_pts - json_extract(facts, '$.picture.startPts')) * json_extract(facts, '$.picture.timeBase.num') * 1.0 / json_extract(facts, '$.picture.timeBase.den') AS at
    FROM scene JOIN video ON video.id = scene.video_id WHERE video_id = @video AND keyframe_pts IS NOT NULL AND facts IS NOT NULL ORDER BY start_pts`, FrameRow, { video })
  if (rows.length <= limit) return rows.map(({ id, at }) => ({ sceneId: id, at }))
  return Array.from({ length: limit }, (_, index) => rows[Math.floor(index * rows.length / limit)]).flatMap((row) => row === undefined ? [] : [{ sceneId: row.id, at: row.at }])
}

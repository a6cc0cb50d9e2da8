import { z } from 'zod'
import { VideoId } from '../../contract/ids.ts'
import type { TrayChange, TrayClip } from '../../contract/tray.ts'
import { TrayClipId } from '../../contract/tray.ts'
import type { ReadDatabase, WriteDatabase } from '../ports.ts'

const Row = z.object({ id: TrayClipId, video_id: VideoId, video_title: z.string(), title: z.string(), start_seconds: z.number(), end_seconds: z.number() })
  .transform((row): TrayClip => ({ id: row.id, videoId: row.video_id, videoTitle: row.video_title, title: row.title, start: row.start_seconds, end: row.end_seconds }))

/** The clips gathered for export, in their order. */
export function trayClips(db: ReadDatabase): TrayClip[] {
  return db.all(`SELECT tray_clip.id AS id, video_id, video.title AS video_title, tray_clip.title AS title, start_seconds, end_seconds
    FROM tray_clip JOIN video ON video.id = video_id ORDER BY position, tray_clip.id`, Row)
}

/** A clip with all that is kept of it. */
export interface KeptClip { videoId: VideoId, title: string, start: number, end: number }

// Positions have no gaps; what is put between moves the rest.
function renumber(db: WriteDatabase): void {
  db.run(`UPDATE tray_clip SET position = (SELECT count(*) FROM tray_clip AS other WHERE (other.position, other.id) < (tray_clip.position, tray_clip.id))`)
}

/** Puts clips before the one at `position`; null for the end. */
export function addTrayClips(db: WriteDatabase, clips: readonly KeptClip[], position: number | null): void {
  db.transaction(() => {
    renumber(db)
    const count = trayClips(db).length
    const at = Math.min(position ?? count, count)
    db.run('UPDATE tray_clip SET position = position + @by WHERE position >= @at', { at, by: clips.length })
    for (const [index, { videoId, title, start, end }] of clips.entries()) {
      db.run('INSERT INTO tray_clip (video_id, position, title, start_seconds, end_seconds) VALUES (@videoId, @position, @title, @start, @end)', { videoId, title, start, end, position: at + index })
    }
  })
}

export function changeTrayClip(db: WriteDatabase, { id, title, start, end }: TrayChange): void {
  db.run('UPDATE tray_clip SET title = coalesce(@title, title), start_seconds = coalesce(@start, start_seconds), end_seconds = coalesce(@end, end_seconds) WHERE id = @id',
    { id, title: title ?? null, start: start ?? null, end: end ?? null })
}

/** Puts the named ones first, in this order; the others stay behind them in theirs. */
export function orderTrayClips(db: WriteDatabase, ids: readonly TrayClipId[]): void {
  db.transaction(() => {
    const all = trayClips(db).map(({ id }) => id)
    const named = ids.filter((id, at) => all.includes(id) && ids.indexOf(id) === at)
    const order = [...named, ...all.filter((id) => !named.includes(id))]
    for (const [position, id] of order.entries()) db.run('UPDATE tray_clip SET position = @position WHERE id = @id', { id, position })
  })
}

export function removeTrayClips(db: WriteDatabase, ids: readonly TrayClipId[]): void {
  db.transaction(() => {
    for (const id of ids) db.run('DELETE FROM tray_clip WHERE id = @id', { id })
    renumber(db)
  })
}

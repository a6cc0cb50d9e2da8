import { z } from 'zod'
import { Framing } from '../../contract/export-choices.ts'
import { VideoId } from '../../contract/ids.ts'
import type { TrayChange, TrayClip } from '../../contract/tray.ts'
import { TrayClipId } from '../../contract/tray.ts'
import type { ReadDatabase, WriteDatabase } from '../ports.ts'

const KeptFraming = z.string().transform((text): unknown => JSON.parse(text)).pipe(Framing).nullable()

const Row = z.object({
  id: TrayClipId, video_id: VideoId, video_title: z.string(), title: z.string(), start_seconds: z.number(), end_seconds: z.number(),
  query: z.string().nullable(), note: z.string().nullable(), framing: KeptFraming,
}).transform(({ video_id: videoId, video_title: videoTitle, start_seconds: start, end_seconds: end, ...row }): TrayClip => ({ ...row, videoId, videoTitle, start, end }))

/** The clips gathered for export, in their order. */
export function trayClips(db: ReadDatabase): TrayClip[] {
  return db.all(`SELECT tray_clip.id AS id, video_id, video.title AS video_title, tray_clip.title AS title, start_seconds, end_seconds, query, note, framing
    FROM tray_clip JOIN video ON video.id = video_id ORDER BY position, tray_clip.id`, Row)
}

/** A clip with all that is kept of it. */
export interface KeptClip { videoId: VideoId, title: string, start: number, end: number, query: string | null, note: string | null, framing: Framing | null }

const asText = (framing: Framing | null): string | null => framing === null ? null : JSON.stringify(framing)

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
    for (const [index, { framing, ...clip }] of clips.entries()) {
      db.run(`INSERT INTO tray_clip (video_id, position, title, start_seconds, end_seconds, query, note, framing)
        VALUES (@videoId, @position, @title, @start, @end, @query, @note, @framing)`, { ...clip, framing: asText(framing), position: at + index })
    }
  })
}

export function changeTrayClip(db: WriteDatabase, { id, title, start, end, framing }: TrayChange): void {
  db.run('UPDATE tray_clip SET title = coalesce(@title, title), start_seconds = coalesce(@start, start_seconds), end_seconds = coalesce(@end, end_seconds) WHERE id = @id',
    { id, title: title ?? null, start: start ?? null, end: end ?? null })
  // Null is a choice of its own here: the framing for all.
  if (framing !== undefined) db.run('UPDATE tray_clip SET framing = @framing WHERE id = @id', { id, framing: asText(framing) })
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

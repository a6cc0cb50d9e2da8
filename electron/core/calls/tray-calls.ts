import type { NewTrayClip, Tray, TrayChange } from '../../contract/tray.ts'
import { AppError } from '../errors.ts'
import type { Handlers } from '../handlers.ts'
import type { ReadDatabase } from '../ports.ts'
import type { Library } from '../store/database.ts'
import type { KeptClip } from '../store/tray.ts'
import { addTrayClips, changeTrayClip, orderTrayClips, removeTrayClips, trayClips } from '../store/tray.ts'
import type { VideoRecord } from '../store/videos.ts'
import { durationOf, video } from '../store/videos.ts'
import type { AppContext } from './context.ts'
import { readable, writable } from './context.ts'

type TrayCall = 'tray.list' | 'tray.add' | 'tray.change' | 'tray.order' | 'tray.remove'

interface Ends { start: number, end: number }

/** A span within the video. Throws USAGE where nothing of it is in it. */
function within(of: VideoRecord, { start, end }: Ends): Ends {
  const kept = { start, end: Math.min(end, durationOf(of) ?? end) }
  if (kept.start < kept.end) return kept
  throw new AppError('USAGE', { message: `A clip of ${of.title} must begin before it ends, and before the end of the video.`, hint: 'Set the in point before the out point.' })
}

function videoOf(db: ReadDatabase, id: VideoRecord['id']): VideoRecord {
  const found = video(db, id)
  if (found === undefined) throw new AppError('NOTHING_TO_DO', { message: 'The video of the clip is not in the library any more.', hint: 'Put it back, or take the clip from another one.' })
  return found
}

function clockText(seconds: number): string {
  const whole = Math.floor(seconds)
  const parts = [Math.floor(whole / 60) % 60, whole % 60].map((part) => String(part).padStart(2, '0'))
  return [...whole >= 3600 ? [String(Math.floor(whole / 3600))] : [], ...parts].join('.')
}

function toKeep(db: ReadDatabase, clip: NewTrayClip): KeptClip {
  const of = videoOf(db, clip.videoId)
  const { start, end } = within(of, clip)
  // Becomes a file name: no colons.
  return { videoId: clip.videoId, start, end, title: clip.title ?? `${of.title} ${clockText(start)}`, query: clip.query ?? null, note: clip.note ?? null, framing: clip.framing ?? null }
}

function checkChange(db: ReadDatabase, change: TrayChange): TrayChange {
  const before = trayClips(db).find(({ id }) => id === change.id)
  if (before === undefined) throw new AppError('NOTHING_TO_DO', { message: 'The clip is not in the tray any more.' })
  if (change.start === undefined && change.end === undefined) return change
  return { ...change, ...within(videoOf(db, before.videoId), { start: change.start ?? before.start, end: change.end ?? before.end }) }
}

/** The clips gathered for export: kept at once and for good, since the person made them. */
export function trayCalls(context: AppContext): Pick<Handlers, TrayCall> {
  const edit = (act: (library: Library) => void): Tray => {
    const { library } = writable(context)
    library.keep(() => { act(library) })
    const tray = { clips: trayClips(library.db) }
    context.emit({ type: 'tray-changed', tray })
    return tray
  }
  return {
    'tray.list': async () => ({ clips: trayClips(readable(context).db) }),
    'tray.add': async ({ clips, position }) => edit(({ db }) => { addTrayClips(db, clips.map((clip) => toKeep(db, clip)), position) }),
    'tray.change': async (change) => edit(({ db }) => { changeTrayClip(db, checkChange(db, change)) }),
    'tray.order': async ({ ids }) => edit(({ db }) => { orderTrayClips(db, ids) }),
    'tray.remove': async ({ ids }) => edit(({ db }) => { removeTrayClips(db, ids) }),
  }
}

import { existsSync } from 'node:fs'
import path from 'node:path'
import type { SceneId, VideoId } from '../../contract/ids.ts'
import { AppError } from '../errors.ts'
import { secondsToPts } from '../facts.ts'
import type { Handlers } from '../handlers.ts'
import { contentTypeOf } from '../player/codec-names.ts'
import { proxyPieceFile } from '../player/proxy-files.ts'
import { keyframeName } from '../store/folder.ts'
import { nearestPicture, scene } from '../store/scenes.ts'
import { video } from '../store/videos.ts'
import type { AppContext } from './context.ts'
import { readable } from './context.ts'

interface Located { path: string, contentType: string }

function notThere(what: string): AppError {
  return new AppError('NOT_FOUND', { message: `There is no ${what}.`, hint: 'It may have been removed or made anew.' })
}

function locateVideo(context: AppContext, id: VideoId): Located {
  const found = video(readable(context).db, id)
  if (found === undefined) throw notThere('such video')
  return { path: found.path, contentType: (found.media === null ? null : contentTypeOf(found.media)) ?? 'application/octet-stream' }
}

function locateFrame(context: AppContext, id: SceneId): Located {
  const { db, paths } = readable(context)
  const found = scene(db, id)
  if (found?.keyframePts == null) throw notThere('such key frame')
  return { path: path.join(paths.folder, keyframeName(found.videoId, found.keyframePts)), contentType: 'image/webp' }
}

function locatePicture(context: AppContext, { id, atMs }: { id: VideoId, atMs: number }): Located {
  const { db, paths } = readable(context)
  const found = video(db, id)
  const pts = found?.media == null ? null : nearestPicture(db, id, secondsToPts(found.media.picture, atMs / 1000))
  if (pts === null) throw notThere('such picture')
  return { path: path.join(paths.folder, keyframeName(id, pts)), contentType: 'image/webp' }
}

function locatePiece(context: AppContext, id: VideoId, piece: number): Located {
  const { db, paths } = readable(context)
  const found = video(db, id)
  if (found === undefined) throw notThere('such video')
  const file = proxyPieceFile(paths, found, piece)
  // Of what was not made, or went for want of room, the page is to hear at once.
  if (!existsSync(file)) throw notThere('such piece of a proxy')
  return { path: file, contentType: 'video/mp4' }
}

/** Where media lie, for the host that sends them: a page only knows their ids. */
export function mediaCalls(context: AppContext): Pick<Handlers, 'media.locate'> {
  return {
    'media.locate': async (wanted) => {
      switch (wanted.kind) {
        case 'video': return locateVideo(context, wanted.video)
        case 'frame': return locateFrame(context, wanted.scene)
        case 'picture': return locatePicture(context, { id: wanted.video, atMs: wanted.atMs })
        case 'proxy': return locatePiece(context, wanted.video, wanted.piece)
      }
    },
  }
}

import { setImmediate as letOthers } from 'node:timers/promises'
import type { VideoId } from '../../contract/ids.ts'
import type { Handlers } from '../handlers.ts'
import type { Library } from '../store/database.ts'
import { artifactsOf } from '../store/folder.ts'
import { bytesBelow, removeVideo } from '../store/removal.ts'
import { layArtifactsAside } from '../store/removed-artifacts.ts'
import type { BeforeRemoval } from '../store/removed-videos.ts'
import { beforeRemoval, layAside, removedVideos } from '../store/removed-videos.ts'
import { trayClips } from '../store/tray.ts'
import type { AppContext } from './context.ts'
import { readable, writable } from './context.ts'
import { libraryChanges } from './library-changes.ts'
import { moveOrLeave, restoreVideo } from './put-back.ts'
import { videoNamed } from './video-named.ts'

type RemovalCall = 'library.remove' | 'library.restore' | 'library.removed'

async function setAside(context: AppContext, library: Library, before: BeforeRemoval): Promise<number> {
  const { id } = before.video
  const bytes = await bytesBelow(artifactsOf(library.paths, id))
  library.keep(() => layAside(library.db, before, context.tools.clock.now()))
  moveOrLeave(context, () => { layArtifactsAside(library.paths, id) })
  return bytes
}

/** Taking videos out of the library, for good or so that they can be put back. Their own files are never touched. */
export function removalCalls(context: AppContext): Pick<Handlers, RemovalCall> {
  const libraryChanged = libraryChanges(context)
  return {
    'library.remove': async ({ video, canBeUndone }) => {
      const { library, engine } = writable(context)
      const { record, view } = videoNamed(library.db, video)
      const hasClips = trayClips(library.db).some(({ videoId }) => videoId === record.id)
      const before = beforeRemoval(library.db, record)
      await Promise.all([engine.giveUp(record.id), context.stopForRemoval(record.id)])
      const freedBytes = canBeUndone ? await setAside(context, library, before) : await removeVideo(library, record.id)
      if (hasClips) context.emit({ type: 'tray-changed', tray: { clips: trayClips(library.db) } })
      libraryChanged()
      return { removed: view, freedBytes: freedBytes ?? 0 }
    },
    'library.restore': async ({ videos }, { signal }) => {
      const { library } = writable(context)
      const restored: VideoId[] = []
      try {
        for (const id of videos) {
          signal.throwIfAborted()
          if (restoreVideo(context, library, id)) restored.push(id)
          await letOthers()
        }
      } finally {
        if (restored.length > 0) libraryChanged()
      }
      return { restored }
    },
    'library.removed': async () => ({ videos: removedVideos(readable(context).db) }),
  }
}

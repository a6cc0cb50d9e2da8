import type { VideoId } from '../../contract/ids.ts'
import { comeBack } from '../pipeline/older-runs.ts'
import type { Library } from '../store/database.ts'
import { putArtifactsBack } from '../store/removed-artifacts.ts'
import { putBack } from '../store/removed-videos.ts'
import { trayClips } from '../store/tray.ts'
import type { AppContext } from './context.ts'

/** Where artifacts can not be moved now, for example because somebody plays from them, they are seen to at the next start. */
export function moveOrLeave(context: AppContext, move: () => void): void {
  try {
    move()
  } catch (error) {
    context.tools.log.error('artifacts could not be moved', error)
  }
}

/** Puts a video that was taken out back into the library, with its clips in the tray. False when that can not be. */
export function restoreVideo(context: AppContext, library: Library, id: VideoId): boolean {
  const isBack = library.keep(() => {
    const found = putBack(library.db, id)
    if (found) comeBack(library.db, context.stages, id)
    return found
  })
  if (!isBack) return false
  moveOrLeave(context, () => { putArtifactsBack(library.paths, id) })
  const clips = trayClips(library.db)
  if (clips.some(({ videoId }) => videoId === id)) context.emit({ type: 'tray-changed', tray: { clips } })
  return true
}

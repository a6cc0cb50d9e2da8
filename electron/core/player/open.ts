import type { PlayerVideo } from '../../contract/player.ts'
import type { VideoId } from '../../contract/ids.ts'
import { AppError } from '../errors.ts'
import { isQueuePaused } from '../pipeline/jobs/queue-state.ts'
import type { ReadLibrary } from '../store/database.ts'
import { scenesView } from '../store/scene-view.ts'
import { silencesOf } from '../store/silences.ts'
import { segmentsOf } from '../store/speech.ts'
import { videoView } from '../store/video-view.ts'
import { video } from '../store/videos.ts'
import { playbackOf } from './playback.ts'
import { mergedSilences, silencesBetweenWords, silencesHeard } from './silences.ts'
import { videoDetails } from './video-details.ts'

/** All that a player needs of a video. Throws NOTHING_TO_DO for a video that is not there. */
export async function openInPlayer(library: ReadLibrary, id: VideoId): Promise<PlayerVideo> {
  const { db } = library
  const record = video(db, id)
  const view = videoView(db, id, isQueuePaused(db))
  if (record === undefined || view === undefined) {
    throw new AppError('NOTHING_TO_DO', { message: `There is no video ${id} in the library.`, hint: 'It may have been removed.' })
  }
  const { shots, scenes } = scenesView(db, record, view)
  const heard = record.media === null ? [] : silencesHeard(silencesOf(db, id), record.media.picture, view.duration)
  return {
    shots,
    scenes,
    silences: mergedSilences([...silencesBetweenWords(segmentsOf(db, id), view.duration), ...heard]),
    details: await videoDetails(library, record, view),
    playback: playbackOf(record.media),
  }
}

import type { FileFacts, VideoDetails } from '../../contract/cards.ts'
import type { Video } from '../../contract/videos.ts'
import type { MediaFacts } from '../facts.ts'
import type { ReadLibrary } from '../store/database.ts'
import { artifactsOf } from '../store/folder.ts'
import { bytesBelow } from '../store/removal.ts'
import { scenesOf, shotsOf } from '../store/scenes.ts'
import type { Segment } from '../store/speech.ts'
import { segmentsOf } from '../store/speech.ts'
import { stageRunsOf } from '../store/stage-runs.ts'
import { videoCards } from '../store/video-cards.ts'
import type { VideoRecord } from '../store/videos.ts'

function fileFacts({ container, bitRate, picture, sounds, chosenSound, subtitles, chapters }: MediaFacts): FileFacts {
  return {
    container, bitRate, codec: picture.codec, profile: picture.profile, pixelFormat: picture.pixelFormat, codedWidth: picture.width, codedHeight: picture.height,
    frameRate: picture.frameRate, isVariableRate: picture.isVariableRate, rotationDegrees: picture.rotationDegrees, dynamicRange: picture.dynamicRange,
    sounds: sounds.map(({ codec, channels, sampleRateHz, language, index }) => ({ codec, channels, sampleRateHz, language, isHeard: index === chosenSound })),
    subtitles: subtitles.map(({ codec, language, title }) => ({ codec, language, title })),
    chapters: chapters.map(({ startSeconds, endSeconds, title }) => ({ start: startSeconds, end: endSeconds, title })),
  }
}

function words(segments: Segment[]): number {
  return segments.reduce((sum, segment) => sum + (segment.words.length > 0 ? segment.words.length : (segment.text.match(/\S+/g) ?? []).length), 0)
}

/** All that is shown of one video. */
export async function videoDetails({ db, paths }: ReadLibrary, record: VideoRecord, view: Video): Promise<VideoDetails> {
  const { id, media } = record
  const [card] = videoCards(db, [id])
  if (card === undefined) throw new Error(`video ${id} went away in the middle of a call`)
  const segments = segmentsOf(db, id)
  const runs = stageRunsOf(db, id)
  const details = {
    card,
    facts: media === null ? null : fileFacts(media),
    stages: view.stages.map((stage) => {
      const run = runs.find(({ stage: name }) => name === stage.name)
      return { ...stage, startedMs: run?.startedMs ?? null, endedMs: run?.endedMs ?? null }
    }),
    scenes: scenesOf(db, id).length, shots: shotsOf(db, id).length, words: words(segments),
    languages: [...new Set(segments.flatMap(({ language }) => language ?? []))],
  }
  return { ...details, artifactBytes: await bytesBelow(artifactsOf(paths, id)) }
}

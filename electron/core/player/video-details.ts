import type { FileFacts, VideoDetails } from '../../contract/cards.ts'
import type { Video } from '../../contract/videos.ts'
import type { MediaFacts } from '../facts.ts'
import type { ReadDatabase } from '../ports.ts'
import { scenesOf, shotsOf } from '../store/scenes.ts'
import type { Segment } from '../store/speech.ts'
import { segmentsOf } from '../store/speech.ts'
import { stageRunsOf } from '../store/stage-runs.ts'
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

function shownSize({ picture }: MediaFacts): { width: number, height: number } {
  const { num, den } = picture.sampleAspect
  const [width, height] = [Math.round(picture.width * num / den), picture.height]
  return picture.rotationDegrees % 180 === 0 ? { width, height } : { width: height, height: width }
}

function words(segments: Segment[]): number {
  return segments.reduce((sum, segment) => sum + Math.max(segment.words.length, 1), 0)
}

/** All that is shown of one video. */
export function videoDetails(db: ReadDatabase, of: VideoRecord, view: Video): VideoDetails {
  const segments = segmentsOf(db, of.id)
  const scenes = scenesOf(db, of.id)
  const runs = stageRunsOf(db, of.id)
  const size = of.media === null ? { width: null, height: null } : shownSize(of.media)
  return {
    card: {
      id: of.id, title: of.title, path: of.path, duration: view.duration, state: of.state, paused: of.isPaused, badges: of.badges, error: of.error,
      coverage: view.stages.map(({ name, state, progress }) => ({ stage: name, state, progress })),
      poster: scenes.find(({ keyframePts }) => keyframePts !== null)?.id ?? null,
      ...size, sizeBytes: of.sizeBytes, addedMs: of.addedMs, recordedAt: of.media?.recordedAt ?? null,
    },
    facts: of.media === null ? null : fileFacts(of.media),
    stages: view.stages.map((stage) => {
      const run = runs.find(({ stage: name }) => name === stage.name)
      return { ...stage, startedMs: run?.startedMs ?? null, endedMs: run?.endedMs ?? null }
    }),
    scenes: scenes.length, shots: shotsOf(db, of.id).length, words: words(segments),
    languages: [...new Set(segments.flatMap(({ language }) => language ?? []))], artifactBytes: 0,
  }
}

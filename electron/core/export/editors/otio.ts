import { fileUrl } from './file-url.ts'
import type { FrameRate } from './frame-rate.ts'
import { perSecond } from './frame-rate.ts'
import type { Sequence, SequenceClip } from './sequence.ts'

// Names and fields of the core schema, version 0.15 and later: opentimelineio.readthedocs.io, "Serialized Data".

type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

const rationalTime = (value: number, rate: FrameRate): Json => ({ OTIO_SCHEMA: 'RationalTime.1', rate: perSecond(rate), value })

function timeRange(start: number, length: number, rate: FrameRate): Json {
  return { OTIO_SCHEMA: 'TimeRange.1', start_time: rationalTime(start, rate), duration: rationalTime(length, rate) }
}

/** What every item has. */
const item = (name: string): { [key: string]: Json } => ({ name, effects: [], markers: [], enabled: true, metadata: {}, source_range: null })

/** Times in a video count from its timecode, those of markers too. */
function clipOf(clip: SequenceClip, withMarkers: boolean): Json {
  const { media, query, note } = clip
  const start = media.timecode.frame + clip.sourceIn
  const hasMarker = withMarkers && (query !== null || note !== null)
  return {
    OTIO_SCHEMA: 'Clip.2', ...item(clip.name),
    source_range: timeRange(start, clip.sourceOut - clip.sourceIn, media.rate),
    markers: hasMarker
      ? [{ OTIO_SCHEMA: 'Marker.2', name: query ?? clip.name, comment: note ?? '', color: 'CYAN', marked_range: timeRange(start, 1, media.rate), metadata: {} }]
      : [],
    active_media_reference_key: 'DEFAULT_MEDIA',
    media_references: {
      DEFAULT_MEDIA: {
        OTIO_SCHEMA: 'ExternalReference.1', name: media.fileName, target_url: fileUrl(media.path), available_image_bounds: null, metadata: {},
        available_range: timeRange(media.timecode.frame, media.frames, media.rate),
      },
    },
  }
}

/** Silence where a video has no sound, so that what follows stays where it is. */
function soundOf(clip: SequenceClip): Json {
  if (clip.media.sounds.length > 0) return clipOf(clip, false)
  return { OTIO_SCHEMA: 'Gap.1', ...item(''), source_range: timeRange(0, clip.sourceOut - clip.sourceIn, clip.media.rate) }
}

const trackOf = (kind: 'Video' | 'Audio', children: Json[]): Json => ({ OTIO_SCHEMA: 'Track.1', ...item(kind), kind, children })

/** An OpenTimelineIO timeline. */
export function otioOf({ name, rate, clips }: Sequence): string {
  const tracks = [trackOf('Video', clips.map((clip) => clipOf(clip, true)))]
  if (clips.some(({ media }) => media.sounds.length > 0)) tracks.push(trackOf('Audio', clips.map(soundOf)))
  const timeline: Json = {
    OTIO_SCHEMA: 'Timeline.1', name: name.toWellFormed(), metadata: {}, global_start_time: rationalTime(0, rate),
    tracks: { OTIO_SCHEMA: 'Stack.1', ...item('tracks'), children: tracks },
  }
  return `${JSON.stringify(timeline, null, 2)}\n`
}

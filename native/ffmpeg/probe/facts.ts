import type { Chapter, MediaFacts, SoundStream, SubtitleStream } from '../../../electron/core/facts.ts'
import { markedCodec } from './codecs.ts'
import type { OpenedFile, ProbedStream } from './ffprobe-json.ts'
import { pictureStream } from './picture.ts'
import { plainText } from './plain-text.ts'

// A file may name thousands of each; nobody chooses from such lists.
const SOUNDS_AT_MOST = 32
const SUBTITLES_AT_MOST = 64
const CHAPTERS_AT_MOST = 500

const TEXT_SUBTITLES = new Set(['mov_text', 'subrip', 'srt', 'webvtt', 'ass', 'ssa', 'text'])

function languageOf(stream: ProbedStream): string | null {
  const language = plainText(stream.tags['language'], 35)?.toLowerCase() ?? null
  return language === null || ['und', 'unk', 'mis', 'zxx', '```'].includes(language) ? null : language
}

const has = (stream: ProbedStream, disposition: string): boolean => stream.disposition[disposition] === 1

function profileOf({ profile }: ProbedStream): Pick<SoundStream, 'profile'> {
  return profile === null || profile === 'unknown' ? {} : { profile }
}

function soundStream(stream: ProbedStream, decodable: ReadonlySet<string>): SoundStream {
  return {
    index: stream.index,
    codec: stream.codec_name ?? 'unknown',
    ...profileOf(stream),
    channels: stream.channels ?? 0,
    sampleRateHz: stream.sample_rate ?? 0,
    language: languageOf(stream),
    isDefault: has(stream, 'default'),
    // Without rate and channels the decoder could make nothing of it (xHE-AAC before ffmpeg 7.1; MPEG-H taken for mp3).
    isDecodable: markedCodec(stream) === null && stream.codec_name !== null && decodable.has(stream.codec_name) && (stream.sample_rate ?? 0) > 0 && (stream.channels ?? 0) > 0,
  }
}

function subtitleStream(stream: ProbedStream): SubtitleStream {
  return {
    index: stream.index,
    codec: stream.codec_name ?? 'unknown',
    language: languageOf(stream),
    title: plainText(stream.tags['title']),
    isText: TEXT_SUBTITLES.has(stream.codec_name ?? ''),
    isDefault: has(stream, 'default'),
    isForced: has(stream, 'forced'),
    isHearingImpaired: has(stream, 'hearing_impaired'),
  }
}

function chaptersOf(file: OpenedFile): Chapter[] {
  return file.chapters.slice(0, CHAPTERS_AT_MOST).flatMap(({ start_time: start, end_time: end, tags }) =>
    start === null || end === null || end < start ? [] : [{ startSeconds: start, endSeconds: end, title: plainText(tags['title']) ?? '' }])
}

// Cameras that never had their clock set write the first second of their calendar.
function recordedAt(tags: Record<string, string | undefined>): string | null {
  const written = tags['com.apple.quicktime.creationdate'] ?? tags['creation_time']
  if (written === undefined || !/^\d{4}-\d{2}-\d{2}/.test(written)) return null
  const time = new Date(written)
  return Number.isNaN(time.getTime()) || time.getUTCFullYear() <= 1970 ? null : time.toISOString()
}

/** A track of timecode, then the picture itself, then the file: whoever wrote them wrote the first where it knew best. */
function timecodeOf(file: OpenedFile, picture: ProbedStream): Pick<MediaFacts, 'timecode'> {
  const track = file.streams.find(({ codec_tag_string: tag }) => tag === 'tmcd')
  const written = track?.tags['timecode'] ?? picture.tags['timecode'] ?? file.format.tags['timecode']
  return written === undefined || !/^\d{2}:\d{2}:\d{2}[:;.]\d{2,3}$/.test(written) ? {} : { timecode: written }
}

function mostSound(sounds: SoundStream[]): number | null {
  const playable = sounds.filter(({ isDecodable }) => isDecodable)
  return (playable.find(({ isDefault }) => isDefault) ?? playable[0])?.index ?? null
}

function durationOf(file: OpenedFile, picture: ProbedStream): number | null {
  const seconds = file.format.duration ?? picture.duration
  return seconds !== null && seconds > 0 ? seconds : null
}

export interface ChosenPicture { stream: ProbedStream, firstPts: number }

/** All of a file that ffprobe opened and whose picture decodes. `decodable` are the names of the codecs that this ffmpeg decodes. */
export function mediaFacts(file: OpenedFile, picture: ChosenPicture, decodable: ReadonlySet<string>): MediaFacts {
  const ofKind = (kind: string): ProbedStream[] => file.streams.filter(({ codec_type: type }) => type === kind)
  const sounds = ofKind('audio').map((stream) => soundStream(stream, decodable))
  const chosen = mostSound(sounds)
  const listed = sounds.filter(({ index }, place) => place < SOUNDS_AT_MOST || index === chosen)
  return {
    container: file.format.format_name,
    durationSeconds: durationOf(file, picture.stream),
    bitRate: file.format.bit_rate,
    title: plainText(file.format.tags['title']),
    recordedAt: recordedAt(file.format.tags),
    ...timecodeOf(file, picture.stream),
    picture: pictureStream(picture.stream, picture.firstPts),
    sounds: listed,
    chosenSound: chosen,
    subtitles: ofKind('subtitle').slice(0, SUBTITLES_AT_MOST).map(subtitleStream),
    chapters: chaptersOf(file),
  }
}

import { refusal } from '../../../electron/core/refusals.ts'
import type { AppError } from '../../../electron/core/errors.ts'
import { MAX_PIXELS } from '../locate.ts'
import { codecTitle, markedCodec } from './codecs.ts'
import type { OpenedFile, ProbedStream } from './ffprobe-json.ts'
import { sizeRefused } from './not-opened.ts'

export interface Opened {
  path: string
  file: OpenedFile
  complaints: string[]
  /** Names of the codecs that this ffmpeg decodes. */
  decodable: ReadonlySet<string>
}

const PICTURES_TRIED = 3

/** Cover art and chapter pictures are no video. */
function isPicture({ codec_type: type, disposition }: ProbedStream): boolean {
  return type === 'video' && disposition['attached_pic'] !== 1 && disposition['timed_thumbnails'] !== 1
}

// Common Encryption in mp4 leaves its keys' ids, WebM its own (ffmpeg makes a tag of it).
function isEncrypted({ side_data_list: data, tags }: ProbedStream): boolean {
  return tags['enc_key_id'] !== undefined || data.some(({ side_data_type: type }) => type.startsWith('Encryption'))
}

// Like ffmpeg's own choice, but what the file itself calls its main picture comes before what is larger.
function byRank(a: ProbedStream, b: ProbedStream): number {
  const flags = (stream: ProbedStream): number => (stream.nb_frames === 0 ? 0 : 2) + (stream.disposition['default'] === 1 ? 1 : 0)
  return flags(b) - flags(a) || areaOf(b) - areaOf(a) || a.index - b.index
}

function areaOf({ width, height }: ProbedStream): number {
  return (width ?? 0) * (height ?? 0)
}

/** A file without pictures: when nothing in it could be decoded either, the codec is what the person should hear of. */
function withoutPicture({ path, file, decodable }: Opened): AppError {
  const media = file.streams.filter(({ codec_type: type }) => type !== 'data' && type !== 'attachment')
  const unknown = media.filter((stream) => markedCodec(stream) !== null || (stream.codec_type === 'audio' && !decodable.has(stream.codec_name ?? '')))
  const [first] = unknown
  return first !== undefined && unknown.length === media.length ? refusal('UNSUPPORTED_CODEC', path, { what: codecTitle(first) }) : refusal('NO_VIDEO', path)
}

function tooLarge({ path, complaints }: Opened, stream: ProbedStream): AppError | null {
  const area = areaOf(stream)
  const size = area === 0 ? sizeRefused(complaints) : `${stream.width ?? 0}x${stream.height ?? 0}`
  return size === null || (area > 0 && area <= MAX_PIXELS) ? null : refusal('PICTURE_TOO_LARGE', path, { what: size })
}

/** The picture streams worth decoding, best first. Throws NO_VIDEO, DRM, UNSUPPORTED_CODEC or PICTURE_TOO_LARGE when there is none. */
export function candidates(opened: Opened): ProbedStream[] {
  const pictures = opened.file.streams.filter(isPicture).sort(byRank)
  const [best] = pictures
  if (best === undefined) throw withoutPicture(opened)
  if (pictures.every(isEncrypted)) throw refusal('DRM', opened.path)
  const readable = pictures.filter((stream) => !isEncrypted(stream) && stream.codec_name !== null && opened.decodable.has(stream.codec_name))
  const [first] = readable
  if (first === undefined) throw refusal('UNSUPPORTED_CODEC', opened.path, { what: codecTitle(best) })
  const large = tooLarge(opened, first)
  if (large !== null) throw large
  return readable.slice(0, PICTURES_TRIED)
}

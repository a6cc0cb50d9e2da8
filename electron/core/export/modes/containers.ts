import path from 'node:path'
import type { MediaFacts, SoundStream } from '../../facts.ts'
import type { ClipContainer, ClipSound } from '../../ports.ts'
import { isIntraCodec } from './packet-kind.ts'

/**
 * Sound whose blocks each stand for themselves, by the containers that take it. Not MP3: its blocks lean on those before (bit reservoir, ISO/IEC 11172-3, 2.4.3.4), so a clip would
 * begin with a gap.
 */
const COPIED_SOUND: Record<ClipContainer, RegExp> = {
  mp4: /^(?:aac|ac3|eac3|alac|opus)$/,
  mov: /^(?:aac|ac3|eac3|alac|pcm_s(?:16|24|32)[lb]e)$/,
  mkv: /^(?:aac|ac3|eac3|alac|opus|vorbis|flac|mp2|pcm_s(?:16|24|32)le)$/,
  webm: /^(?:opus|vorbis)$/,
}
const IN_MP4 = new Set(['h264', 'hevc', 'av1', 'vp9', 'mpeg4'])
const IN_WEBM = new Set(['vp8', 'vp9', 'av1'])

function heard({ sounds, chosenSound }: MediaFacts): SoundStream | null {
  return sounds.find(({ index, isDecodable }) => index === chosenSound && isDecodable) ?? null
}

/** QuickTime's own codecs of picture and sound. */
function isForMov(extension: string, { picture }: MediaFacts, sound: string | null): boolean {
  return extension === '.mov' || isIntraCodec(picture.codec) || sound?.startsWith('pcm_') === true
}

/** MP3 is encoded anew in any case. */
function fitsMp4(sound: string | null): boolean {
  return sound === null || sound === 'mp3' || COPIED_SOUND.mp4.test(sound)
}

/** The container for copied pictures: of the family of the source's, so that all that it says of them can be kept. */
export function containerFor(file: string, media: MediaFacts): ClipContainer {
  const { codec } = media.picture
  const extension = path.extname(file).toLowerCase()
  const formats = media.container.split(',')
  const sound = heard(media)?.codec ?? null
  if (formats.includes('matroska')) return extension === '.webm' && IN_WEBM.has(codec) ? 'webm' : 'mkv'
  if (formats.includes('mov')) return isForMov(extension, media, sound) ? 'mov' : 'mp4'
  return IN_MP4.has(codec) && fitsMp4(sound) ? 'mp4' : 'mkv'
}

/** The sound of the clip: as it is stored where its blocks can be parted and the container takes it. Null where there is none that can be heard. */
export function soundFor(media: MediaFacts, container: ClipContainer): Pick<ClipSound, 'how' | 'streamIndex'> | null {
  const sound = heard(media)
  return sound === null ? null : { how: COPIED_SOUND[container].test(sound.codec) ? 'copy' : 'encode', streamIndex: sound.index }
}

import type { MediaFacts, PictureStream, SoundStream } from '../facts.ts'

/** Two hexadecimal digits. */
const byte = (value: number): string => value.toString(16).padStart(2, '0')

// profile_idc and the constraint flags (ITU-T H.264, 7.4.2.1 and annex A) by ffmpeg's names of the profiles.
const AVC_PROFILES: Partial<Record<string, string>> = {
  'Constrained Baseline': '42e0', 'Baseline': '4200', 'Extended': '5800', 'Main': '4d40', 'High': '6400',
  'High 10': '6e00', 'High 10 Intra': '6e10', 'High 4:2:2': '7a00', 'High 4:2:2 Intra': '7a10',
  'High 4:4:4 Predictive': 'f400', 'High 4:4:4 Intra': 'f410', 'CAVLC 4:4:4 Intra': '4400',
}

/** The lowest usual level for a picture of this size, ten times its number: for streams that do not say theirs. */
function usualLevel({ width, height }: Pick<PictureStream, 'width' | 'height'>): number {
  const area = width * height
  if (area <= 720 * 576) return 30
  if (area <= 1280 * 720) return 31
  return area <= 1920 * 1088 ? 40 : 51
}

function avc(picture: PictureStream): string {
  return `avc1.${AVC_PROFILES[picture.profile ?? ''] ?? '6400'}${byte(picture.level ?? usualLevel(picture))}`
}

/** ISO 14496-15, annex E.3. Compatibility flags as encoders set them; ffmpeg's level is general_level_idc already. */
function hevc(picture: PictureStream): string {
  const profile = picture.bitDepth > 8 || picture.profile === 'Main 10' ? '2.4' : '1.6'
  const named = picture.profile === 'Rext' ? '4.10' : profile
  return `hvc1.${named}.L${picture.level ?? usualLevel(picture) * 3}.B0`
}

const two = (value: number): string => String(value).padStart(2, '0')

/** WebM's codec string of VP9: profile, level, bits. The stream itself does not say its level. */
function vp9(picture: PictureStream): string {
  const profile = Number(/\d/.exec(picture.profile ?? '')?.[0] ?? 0)
  return `vp09.${two(profile)}.${two(usualLevel(picture) + 10)}.${two(picture.bitDepth)}`
}

const AV1_PROFILES: Partial<Record<string, number>> = { Main: 0, High: 1, Professional: 2 }
// seq_level_idx of 31 means "no limit"; 8 is level 4.0 (AV1 specification, annex A.3).
const USUAL_AV1_LEVEL = 8

function av1(picture: PictureStream): string {
  const level = picture.level ?? USUAL_AV1_LEVEL
  return `av01.${AV1_PROFILES[picture.profile ?? ''] ?? 0}.${two(level)}M.${two(picture.bitDepth)}`
}

const PICTURE_NAMES: Partial<Record<string, (picture: PictureStream) => string>> = {
  h264: avc, hevc, vp9, av1, vp8: () => 'vp8', theora: () => 'theora',
  // Object types of ISO 14496-1, table 5 (mp4ra.org).
  mpeg4: () => 'mp4v.20.9', mpeg2video: () => 'mp4v.61', mpeg1video: () => 'mp4v.6a', mjpeg: () => 'mp4v.6c',
}

const AAC_OBJECT_TYPES: Partial<Record<string, number>> = { 'Main': 1, 'LC': 2, 'SSR': 3, 'LTP': 4, 'HE-AAC': 5, 'LD': 23, 'HE-AACv2': 29, 'ELD': 39 }

const SOUND_NAMES: Partial<Record<string, string>> = {
  mp3: 'mp3', opus: 'opus', vorbis: 'vorbis', flac: 'flac', ac3: 'ac-3', eac3: 'ec-3', alac: 'alac', dts: 'dtsc', ac4: 'ac-4', truehd: 'mlpa',
}

function soundName(sound: SoundStream): string | null {
  if (sound.codec === 'aac') return `mp4a.40.${AAC_OBJECT_TYPES[sound.profile ?? 'LC'] ?? 2}`
  return SOUND_NAMES[sound.codec] ?? null
}

/** The codecs of what is seen and heard in the words of RFC 6381; null where one of them has no such name. */
export function codecNames({ picture, sounds, chosenSound }: MediaFacts): string | null {
  const heard = sounds.find(({ index }) => index === chosenSound)
  const names = [PICTURE_NAMES[picture.codec]?.(picture) ?? null, ...(heard === undefined ? [] : [soundName(heard)])]
  return names.every((name) => name !== null) ? names.join(', ') : null
}

const WEBM_CODECS = new Set(['vp8', 'vp9', 'av1', 'vorbis', 'opus'])

/** What a file is to be called so that a browser tries to play it; null for containers that none plays. */
export function contentTypeOf({ container, picture, sounds }: Pick<MediaFacts, 'container' | 'picture' | 'sounds'>): string | null {
  const formats = container.split(',')
  // Also QuickTime: browsers play what they know of it under the name of its descendant, and not under its own.
  if (formats.includes('mp4')) return 'video/mp4'
  if (formats.includes('matroska')) {
    return [picture.codec, ...sounds.map(({ codec }) => codec)].every((codec) => WEBM_CODECS.has(codec)) ? 'video/webm' : 'video/x-matroska'
  }
  return formats.includes('ogg') ? 'video/ogg' : null
}

import type { FileFacts } from '../../../electron/contract/cards.ts'
import type { PlayerVideo } from '../../../electron/contract/player.ts'
import { messages } from '../../messages.ts'

const text = messages.player.why

const NAMES: Partial<Record<string, string>> = {
  hevc: 'HEVC', h264: 'H.264', prores: 'ProRes', mpeg2video: 'MPEG-2', mpeg1video: 'MPEG-1', mpeg4: 'MPEG-4 Part 2', av1: 'AV1', vp8: 'VP8', vp9: 'VP9', dnxhd: 'DNxHD', mjpeg: 'Motion JPEG',
  ac3: 'AC-3', eac3: 'E-AC-3', dts: 'DTS', aac: 'AAC', alac: 'Apple Lossless', truehd: 'TrueHD', theora: 'Theora', ffv1: 'FFV1',
}

/** A codec as people who cut video call it. */
export const codecName = (codec: string): string => NAMES[codec] ?? codec.toUpperCase()

const heardCodec = (facts: FileFacts | null): string | null => facts?.sounds.find(({ isHeard }) => isHeard)?.codec ?? null

// Where only the sound has no name to ask by, it shows while playing whether it is heard. ProRes and its like play in no browser.
const TRIED = new Set(['h264', 'vp8', 'vp9', 'av1'])

export const hasSound = (facts: FileFacts | null): boolean => heardCodec(facts) !== null

function probablyPlays(type: string): boolean {
  return document.createElement('video').canPlayType(type) !== ''
}

/** Why this browser can not play the file itself, as far as it says so beforehand; null when it may be tried. */
export function whyNotPlayable({ details: { facts }, playback: { contentType, codecs } }: PlayerVideo): string | null {
  if (facts === null) return contentType === null ? text.broken : null
  if (contentType === null) return text.container(facts.container.split(',')[0]?.toUpperCase() ?? '')
  if (codecs === null) return TRIED.has(facts.codec) ? null : text.codec(codecName(facts.codec))
  if (probablyPlays(`${contentType}; codecs="${codecs}"`)) return null
  return whichOne(facts, `${contentType}; codecs="${codecs.split(', ')[0] ?? ''}"`)
}

/** Of a file that does not play: is it only its sound? */
function whichOne(facts: FileFacts, pictureOnly: string): string {
  const sound = heardCodec(facts)
  return sound !== null && probablyPlays(pictureOnly) ? text.sound(codecName(sound)) : text.codec(codecName(facts.codec))
}

declare global {
  interface HTMLVideoElement {
    /** Bytes of sound that were decoded; only Chromium counts them. */
    webkitAudioDecodedByteCount?: number
  }
}

/**
 * Whether the browser shows another picture stream of the file than the one that was looked through: it takes the first
 * one, whichever is the best. Square pixels are made by stretching either side, so that one side that fits is enough.
 */
export function isOtherPicture({ videoWidth, videoHeight }: HTMLVideoElement, { card, facts }: PlayerVideo['details']): boolean {
  const known = [card.width, card.height, facts?.codedWidth, facts?.codedHeight].filter((size) => typeof size === 'number')
  const fits = (size: number): boolean => known.some((one) => Math.abs(one - size) <= 8)
  return videoWidth > 0 && known.length > 0 && !fits(videoWidth) && !fits(videoHeight)
}

/** What is missing from a video that has been playing for a while, as a reason for a preview; null when all is there. */
export function missingWhilePlaying(element: HTMLVideoElement, facts: FileFacts | null): string | null {
  const noPicture = element.videoWidth === 0 || element.getVideoPlaybackQuality().totalVideoFrames === 0
  if (noPicture) return text.picture(codecName(facts?.codec ?? ''))
  const sound = heardCodec(facts)
  return sound !== null && element.webkitAudioDecodedByteCount === 0 ? text.sound(codecName(sound)) : null
}

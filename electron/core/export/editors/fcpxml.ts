import { fileUrl } from './file-url.ts'
import type { FrameRate } from './frame-rate.ts'
import { isSameRate, lengthOf, perSecond } from './frame-rate.ts'
import type { Sequence, SequenceClip, SequenceMedia, Shape } from './sequence.ts'
import type { Element } from './xml.ts'
import { element, xmlDocument } from './xml.ts'

/** So many pictures as FCPXML writes a time: seconds as a fraction. */
function time(frames: number, rate: FrameRate): string {
  const { num, den } = lengthOf(frames, rate)
  return den === 1 ? `${String(num)}s` : `${String(num)}/${String(den)}s`
}

interface Format extends Shape { id: string, rate: FrameRate }

function isSameFormat(format: Omit<Format, 'id'>, other: Omit<Format, 'id'>): boolean {
  return isSameRate(format.rate, other.rate) && format.width === other.width && format.height === other.height
    && isSameRate(format.pixelAspect, other.pixelAspect)
}

/** One for each rate and shape, the sequence's own first. */
function formatsOf(sequence: Sequence): Format[] {
  const formats: Format[] = []
  for (const each of [sequence, ...sequence.media]) {
    if (!formats.some((format) => isSameFormat(format, each))) formats.push({ id: `r${String(formats.length + 1)}`, rate: each.rate, width: each.width, height: each.height, pixelAspect: each.pixelAspect })
  }
  return formats
}

const formatId = (formats: Format[], of: Omit<Format, 'id'>): string => formats.find((format) => isSameFormat(format, of))?.id ?? 'r1'
const assetId = ({ number }: SequenceMedia): string => `asset${String(number)}`

function formatElement({ id, rate, width, height, pixelAspect: { num, den } }: Format): Element {
  const isSquare = num === den
  return element('format', { id, frameDuration: time(1, rate), width, height, paspH: isSquare ? null : num, paspV: isSquare ? null : den })
}

function assetElement(media: SequenceMedia, formats: Format[]): Element {
  const [sound] = media.sounds
  return element('asset', {
    id: assetId(media), name: media.fileName, start: time(media.timecode.frame, media.rate), duration: time(media.frames, media.rate),
    hasVideo: 1, format: formatId(formats, media), videoSources: 1,
    hasAudio: sound === undefined ? null : 1, audioSources: sound === undefined ? null : media.sounds.length,
    audioChannels: sound?.channels ?? null, audioRate: sound?.sampleRateHz ?? null,
  }, [element('media-rep', { kind: 'original-media', src: fileUrl(media.path) })])
}

/** Rates that FCPXML has names for. */
const NAMED_RATES = ['23.98', '24', '25', '29.97', '30', '60', '47.95', '48', '50', '59.94']

/** A clip of another rate plays as fast as it was taken. */
function conformElement({ rate }: SequenceMedia, sequence: Sequence): Element | null {
  if (isSameRate(rate, sequence.rate)) return null
  const name = String(Number(perSecond(rate).toFixed(2)))
  return element('conform-rate', { scaleEnabled: 0, srcFrameRate: NAMED_RATES.includes(name) ? name : null })
}

function markerElement({ media, name, query, note }: SequenceClip, start: string): Element | null {
  if (query === null && note === null) return null
  return element('marker', { start, duration: time(1, media.rate), value: query ?? name, note })
}

function clipElement(clip: SequenceClip, sequence: Sequence, formats: Format[]): Element {
  const { media } = clip
  const start = time(media.timecode.frame + clip.sourceIn, media.rate)
  return element('asset-clip', {
    ref: assetId(media), name: clip.name, offset: time(clip.recordIn, sequence.rate), start, duration: time(clip.recordOut - clip.recordIn, sequence.rate),
    format: formatId(formats, media), tcFormat: media.timecode.isDrop ? 'DF' : 'NDF', audioRole: media.sounds.length === 0 ? null : 'dialogue',
  }, [conformElement(media, sequence), markerElement(clip, start)])
}

/** A project for Final Cut Pro, and whatever else reads FCPXML, version 1.11 (its document type definition at developer.apple.com). */
export function fcpxmlOf(sequence: Sequence): string {
  const formats = formatsOf(sequence)
  const { name, rate, frames, clips, media } = sequence
  return xmlDocument(element('fcpxml', { version: '1.11' }, [
    element('resources', {}, [...formats.map(formatElement), ...media.map((each) => assetElement(each, formats))]),
    element('library', {}, [element('event', { name }, [element('project', { name }, [
      element('sequence', { format: formatId(formats, sequence), duration: time(frames, rate), tcStart: '0s', tcFormat: sequence.isDrop ? 'DF' : 'NDF', audioLayout: 'stereo', audioRate: '48k' }, [
        element('spine', {}, clips.map((clip) => clipElement(clip, sequence, formats))),
      ]),
    ])])]),
  ]))
}

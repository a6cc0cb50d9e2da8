import { fileUrl } from './file-url.ts'
import type { FrameRate } from './frame-rate.ts'
import { counted, isSameRate } from './frame-rate.ts'
import type { Sequence, SequenceClip, SequenceMedia, Shape } from './sequence.ts'
import { timecodeText } from './timecode.ts'
import type { Timecode } from './timecode.ts'
import type { Element } from './xml.ts'
import { element, text, xmlDocument } from './xml.ts'

// Version 5 of the interchange format of Final Cut Pro 7, as its reference describes it; Premiere Pro and DaVinci Resolve read and write it.

// As many as editors show beside each other.
const MOST_CHANNELS = 16

function rateElement(rate: FrameRate): Element {
  return element('rate', {}, [text('timebase', counted(rate)), text('ntsc', rate.den === 1001 ? 'TRUE' : 'FALSE')])
}

function timecodeElement(timecode: Timecode, rate: FrameRate, reel: string | null): Element {
  return element('timecode', {}, [
    rateElement(rate), text('string', timecodeText(timecode, rate)), text('frame', timecode.frame), text('displayformat', timecode.isDrop ? 'DF' : 'NDF'),
    reel === null ? null : element('reel', {}, [text('name', reel)]),
  ])
}

function pictureElement({ width, height, pixelAspect }: Shape, rate: FrameRate): Element {
  const isSquare = pixelAspect.num === pixelAspect.den
  return element('samplecharacteristics', {}, [rateElement(rate), text('width', width), text('height', height), isSquare ? text('pixelaspectratio', 'square') : null])
}

const channelsOf = ({ sounds }: SequenceMedia): number => Math.min(MOST_CHANNELS, sounds.reduce((sum, { channels }) => sum + channels, 0))

/** Said once, then named. */
function fileElement(media: SequenceMedia, isSaid: boolean): Element {
  const id = `file-${String(media.number)}`
  if (isSaid) return element('file', { id })
  const [sound] = media.sounds
  return element('file', { id }, [
    text('name', media.fileName), text('pathurl', fileUrl(media.path).replace(/^file:\/\/\//, 'file://localhost/')), rateElement(media.rate), text('duration', media.frames),
    timecodeElement(media.timecode, media.rate, media.reel),
    element('media', {}, [
      element('video', {}, [pictureElement(media, media.rate)]),
      sound === undefined ? null : element('audio', {}, [element('samplecharacteristics', {}, [text('samplerate', sound.sampleRateHz)]), text('channelcount', channelsOf(media))]),
    ]),
  ])
}

/** Where a part of a clip lies: track 0 is the picture, the others are channels of sound. */
interface Part { clip: SequenceClip, at: number, track: number, index: number }

const partId = ({ at, track }: Pick<Part, 'at' | 'track'>): string => `clipitem-${String(at + 1)}-${String(track)}`

/** All parts of each track; a clip without sound has none in the tracks of sound. */
function tracksOf({ clips, media }: Sequence): Part[][] {
  const most = Math.max(0, ...media.map(channelsOf))
  return Array.from({ length: most + 1 }, (_, track) => clips
    .map((clip, at) => ({ clip, at, track }))
    .filter(({ clip }) => track <= channelsOf(clip.media))
    .map((part, index) => ({ ...part, index })))
}

function linkElement(part: Part): Element {
  return element('link', {}, [
    text('linkclipref', partId(part)), text('mediatype', part.track === 0 ? 'video' : 'audio'), text('trackindex', Math.max(1, part.track)), text('clipindex', part.index + 1),
    part.track === 0 ? null : text('groupindex', 1),
  ])
}

function markerElement({ query, note, name, sourceIn }: SequenceClip): Element | null {
  if (query === null && note === null) return null
  // A point in time has no out.
  return element('marker', {}, [text('name', query ?? name), text('comment', note ?? ''), text('in', sourceIn), text('out', -1)])
}

/** The rate is that of the video: in, out, duration and markers count its pictures, start and end those of the sequence. */
function clipElement(part: Part, parts: readonly Part[], isSaid: boolean): Element {
  const { clip, track } = part
  const { media } = clip
  return element('clipitem', { id: partId(part) }, [
    text('masterclipid', `masterclip-${String(media.number)}`), text('name', clip.name), text('enabled', 'TRUE'), text('duration', media.frames), rateElement(media.rate),
    text('start', clip.recordIn), text('end', clip.recordOut), text('in', clip.sourceIn), text('out', clip.sourceOut),
    fileElement(media, isSaid),
    track === 0 ? null : element('sourcetrack', {}, [text('mediatype', 'audio'), text('trackindex', track)]),
    ...parts.length > 1 ? parts.map(linkElement) : [],
    track === 0 ? markerElement(clip) : null,
  ])
}

function trackElements(sequence: Sequence): Element[] {
  const tracks = tracksOf(sequence)
  const said = new Set<SequenceMedia>()
  return tracks.map((parts) => element('track', {}, parts.map((part) => {
    const isSaid = said.has(part.clip.media)
    said.add(part.clip.media)
    return clipElement(part, tracks.flatMap((track) => track.filter(({ at }) => at === part.at)), isSaid)
  })))
}

/** A sequence as Final Cut Pro 7 writes it. */
export function fcp7xmlOf(sequence: Sequence): string {
  const { name, frames, rate, isDrop } = sequence
  const [video, ...sounds] = trackElements(sequence)
  return xmlDocument(element('xmeml', { version: '5' }, [element('sequence', { id: 'sequence-1' }, [
    text('name', name), text('duration', frames), rateElement(rate), timecodeElement({ frame: 0, isDrop }, rate, null),
    element('media', {}, [
      element('video', {}, [element('format', {}, [pictureElement(sequence, rate)]), video ?? null]),
      sounds.length === 0 ? null : element('audio', {}, [
        text('numOutputChannels', 2), element('format', {}, [element('samplecharacteristics', {}, [text('depth', 16), text('samplerate', 48_000)])]), ...sounds,
      ]),
    ]),
  ])]))
}

/** What a sequence of Final Cut Pro 7 does not say of these clips. */
export function fcp7xmlNotes({ media, rate }: Sequence): string[] {
  return media.filter((each) => !isSameRate(each.rate, rate)).map(({ title }) => `Not every editor conforms "${title}" by itself: look at its length after the import`)
}

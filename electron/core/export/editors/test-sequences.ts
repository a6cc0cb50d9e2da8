import path from 'node:path'
import { readFile } from 'node:fs/promises'
import { DtdValidator, XmlDocument, XmlDtd, XmlLibError } from 'libxml2-wasm'
import type { TimelineFormat } from '../../../contract/timelines.ts'
import { VideoId } from '../../../contract/ids.ts'
import type { ClipSource } from '../../../contract/exports.ts'
import type { MediaFacts } from '../../facts.ts'
import type { ClipLookup } from '../clip-lookup.ts'
import type { Sequence } from './sequence.ts'
import { sequenceOf } from './sequence.ts'

/** A video of a test: what of it matters to lists, on a clock of 90000 that begins at 1 s. */
export interface TestVideo {
  file: string
  rate: { num: number, den: number }
  frames: number
  isVariableRate?: boolean
  timecode?: string
  channels?: number[]
  rotation?: 0 | 90
  sampleAspect?: { num: number, den: number }
}

const START_PTS = 90_000

function mediaOf({ rate, frames, isVariableRate = false, timecode, channels = [2], rotation = 0, sampleAspect = { num: 1, den: 1 } }: TestVideo): MediaFacts {
  const durationPts = Math.round(frames * rate.den * 90_000 / rate.num)
  return {
    container: 'mov', durationSeconds: durationPts / 90_000, bitRate: null, title: null, recordedAt: null, ...timecode === undefined ? {} : { timecode },
    picture: {
      index: 0, codec: 'h264', profile: null, width: 320, height: 180, pixelFormat: 'yuv420p', bitDepth: 8, timeBase: { num: 1, den: 90_000 },
      startPts: START_PTS, durationPts, frameRate: rate.num / rate.den, gridRate: rate, isVariableRate, rotationDegrees: rotation, isMirrored: false,
      sampleAspect, colour: { range: null, matrix: null, transfer: null, primaries: null }, dynamicRange: 'sdr',
    },
    sounds: channels.map((count, at) => ({ index: at + 1, codec: 'aac', channels: count, sampleRateHz: 48_000, language: null, isDefault: at === 0, isDecodable: true })),
    chosenSound: channels.length === 0 ? null : 1, subtitles: [], chapters: [],
  }
}

/** A library of these videos: the first has the number 1. */
export function lookupOf(videos: readonly TestVideo[]): ClipLookup {
  return {
    scene: () => null,
    spoken: () => [],
    shotStarts: () => [],
    video: (id) => {
      const video = videos[id - 1]
      if (video === undefined) return null
      return { facts: { id, path: video.file, media: mediaOf(video) }, title: path.parse(video.file).name, sizeBytes: 1, modifiedMs: Date.UTC(2026, 10, 21, 12), endPts: null }
    },
  }
}

export interface TestClip { video: number, start: number, end: number, title?: string, query?: string, note?: string }

export const sourceOf = ({ video, ...clip }: TestClip): ClipSource => ({ kind: 'span', videoId: VideoId.parse(video), ...clip })

export function testSequence(videos: readonly TestVideo[], clips: readonly TestClip[], given: { format?: TimelineFormat, conformVariableRate?: boolean } = {}): Sequence {
  return sequenceOf({ clips: clips.map(sourceOf), name: 'Best of', format: 'edl', conformVariableRate: false, ...given }, lookupOf(videos))
}

/** What libxml2 finds wrong with a document that is held against a grammar of this folder; nothing when it is valid. */
export async function complaints(xml: string, grammar: 'fcpxml' | 'xmeml'): Promise<string> {
  const file = path.join(import.meta.dirname, 'test-grammar', `${grammar}.dtd`)
  using dtd = XmlDtd.fromString(await readFile(file, 'utf8'))
  using document = XmlDocument.fromString(xml)
  try {
    new DtdValidator(dtd).validate(document)
    return ''
  } catch (error) {
    if (error instanceof XmlLibError) return error.message
    throw error
  }
}

/** The attributes, or the texts, of all that an XPath finds in a document. */
export function found(xml: string, xpath: string): string[] {
  using document = XmlDocument.fromString(xml)
  return document.find(xpath).map(({ content }) => content)
}

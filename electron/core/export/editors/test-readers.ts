import { z } from 'zod'
import type { FrameRate } from './frame-rate.ts'
import { readTimecode } from './timecode.ts'

// Readers of the lists, written from the formats and not from our writers.

export interface EdlEvent { number: number, reel: string, channels: string, sourceIn: number, sourceOut: number, recordIn: number, recordOut: number, comments: string[] }

const EVENT = /^(\d{3}) {2}([A-Z0-9]{1,8}) +(V|B|AA\/V) +C {8}(\S{11}) (\S{11}) (\S{11}) (\S{11})$/

function frameOf(text: string, rate: FrameRate): number {
  const read = readTimecode(text, rate)
  if (read === null) throw new Error(`no timecode: ${text}`)
  return read.frame
}

function readEvent(line: string, rate: FrameRate): EdlEvent {
  const match = EVENT.exec(line)
  if (match === null) throw new Error(`no event: ${line}`)
  const [, number, reel = '', channels = '', ...times] = match
  const [sourceIn = 0, sourceOut = 0, recordIn = 0, recordOut = 0] = times.map((time) => frameOf(time, rate))
  return { number: Number(number), reel, channels, sourceIn, sourceOut, recordIn, recordOut, comments: [] }
}

/** An edit list: title, frame code mode, events with comments. Throws for a line that is none of these. */
export function readEdl(edl: string, rate: FrameRate): { title: string, isDrop: boolean, events: EdlEvent[] } {
  const [title = '', mode = '', ...lines] = edl.split('\r\n')
  if (!/^TITLE: ./.test(title) || !/^FCM: (NON-)?DROP FRAME$/.test(mode)) throw new Error(`not the head of an edit list: ${title} ${mode}`)
  const events: EdlEvent[] = []
  for (const line of lines.filter((each) => each !== '')) {
    if (line.startsWith('* ')) events.at(-1)?.comments.push(line.slice(2))
    else events.push(readEvent(line, rate))
  }
  return { title: title.slice(7), isDrop: mode === 'FCM: DROP FRAME', events }
}

const RationalTime = z.strictObject({ OTIO_SCHEMA: z.literal('RationalTime.1'), rate: z.number().positive(), value: z.number() })
const TimeRange = z.strictObject({ OTIO_SCHEMA: z.literal('TimeRange.1'), start_time: RationalTime, duration: RationalTime })
const Metadata = z.record(z.string(), z.unknown())
const Marker = z.strictObject({ OTIO_SCHEMA: z.literal('Marker.2'), name: z.string(), comment: z.string(), color: z.string(), marked_range: TimeRange, metadata: Metadata })
const Item = { name: z.string(), enabled: z.boolean(), metadata: Metadata, effects: z.array(z.never()), markers: z.array(Marker) }
const Reference = z.strictObject({
  OTIO_SCHEMA: z.literal('ExternalReference.1'), name: z.string(), target_url: z.url({ protocol: /^file$/, hostname: /.*/ }), available_range: TimeRange,
  available_image_bounds: z.null(), metadata: Metadata,
})
const Clip = z.strictObject({ OTIO_SCHEMA: z.literal('Clip.2'), ...Item, source_range: TimeRange, active_media_reference_key: z.literal('DEFAULT_MEDIA'), media_references: z.strictObject({ DEFAULT_MEDIA: Reference }) })
const Gap = z.strictObject({ OTIO_SCHEMA: z.literal('Gap.1'), ...Item, source_range: TimeRange })
const Track = z.strictObject({ OTIO_SCHEMA: z.literal('Track.1'), ...Item, source_range: z.null(), kind: z.enum(['Video', 'Audio']), children: z.array(z.discriminatedUnion('OTIO_SCHEMA', [Clip, Gap])) })

/** The part of OpenTimelineIO's schema that is written here, after its documentation ("Serialized Data"): no field less, and none that it does not know. */
export const OtioTimeline = z.strictObject({
  OTIO_SCHEMA: z.literal('Timeline.1'), name: z.string(), metadata: Metadata, global_start_time: RationalTime,
  tracks: z.strictObject({ OTIO_SCHEMA: z.literal('Stack.1'), ...Item, source_range: z.null(), children: z.array(Track) }),
})

/** A project of LosslessCut as its own source checks it. */
export const LlcProject = z.strictObject({
  version: z.literal(1), mediaFileName: z.string(),
  cutSegments: z.array(z.strictObject({ start: z.number(), end: z.number(), name: z.string(), tags: z.record(z.string(), z.string()).optional() })),
})

/** Rows of cells as RFC 4180 has them. Throws where a quote is left open. */
export function readCsv(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  const cell = /"((?:[^"]|"")*)"(,|\r\n)|([^",\r\n]*)(,|\r\n)/gy
  let at = 0
  for (const match of text.matchAll(cell)) {
    row.push(match[1]?.replaceAll('""', '"') ?? match[3] ?? '')
    if ((match[2] ?? match[4]) === '\r\n') { rows.push(row); row = [] }
    at = match.index + match[0].length
  }
  if (at !== text.length) throw new Error(`no cell at ${String(at)}: ${text.slice(at, at + 40)}`)
  return rows
}

import { z } from 'zod'
import { Badge, NamedColour, SaidWord } from '../../contract/videos.ts'
import { ErrorShape } from '../../contract/errors.ts'
import type { MediaFacts } from '../facts.ts'

/** A column that holds JSON, checked. What does not parse is damage or a bug, and is said with the column's content. */
function json<Value>(schema: z.ZodType<Value>): z.ZodType<Value> {
  return z.string().transform((text, context) => {
    try {
      return JSON.parse(text) as unknown
    } catch {
      context.addIssue({ code: 'custom', message: `not JSON: ${text.slice(0, 80)}` })
      return z.NEVER
    }
  }).pipe(schema)
}

const Ratio = z.object({ num: z.number(), den: z.number() })

const Media = z.object({
  container: z.string(),
  durationSeconds: z.number().nullable(),
  bitRate: z.number().nullable(),
  title: z.string().nullable(),
  recordedAt: z.string().nullable(),
  // Not in the rows of older libraries, as the level and the grid of a picture and the profile of a sound.
  timecode: z.string().exactOptional(),
  picture: z.object({
    index: z.number(),
    codec: z.string(),
    profile: z.string().nullable(),
    level: z.number().exactOptional(),
    width: z.number(),
    height: z.number(),
    pixelFormat: z.string().nullable(),
    bitDepth: z.number(),
    timeBase: Ratio,
    startPts: z.number(),
    durationPts: z.number().nullable(),
    frameRate: z.number().nullable(),
    isVariableRate: z.boolean(),
    gridRate: Ratio.exactOptional(),
    rotationDegrees: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]),
    isMirrored: z.boolean(),
    sampleAspect: Ratio,
    colour: z.object({ range: z.string().nullable(), matrix: z.string().nullable(), transfer: z.string().nullable(), primaries: z.string().nullable() }),
    dynamicRange: z.enum(['sdr', 'hdr10', 'hlg', 'dolby-vision']),
  }),
  sounds: z.array(z.object({
    index: z.number(), codec: z.string(), profile: z.string().exactOptional(), channels: z.number(), sampleRateHz: z.number(),
    language: z.string().nullable(), isDefault: z.boolean(), isDecodable: z.boolean(),
  })),
  chosenSound: z.number().nullable(),
  subtitles: z.array(z.object({
    index: z.number(), codec: z.string(), language: z.string().nullable(), title: z.string().nullable(),
    isText: z.boolean(), isDefault: z.boolean(), isForced: z.boolean(), isHearingImpaired: z.boolean(),
  })),
  chapters: z.array(z.object({ startSeconds: z.number(), endSeconds: z.number(), title: z.string() })),
}) satisfies z.ZodType<MediaFacts>

export const FactsColumn = json<MediaFacts>(Media).nullable()
export const BadgesColumn = json(z.array(Badge))
export const ErrorColumn = json(ErrorShape).nullable()
export const WordsColumn = json(z.array(SaidWord))
export const ColoursColumn = json(z.array(NamedColour))
/** SQLite has no booleans. */
export const FlagColumn = z.union([z.literal(0), z.literal(1)]).transform((flag) => flag === 1)
export const Count = z.object({ count: z.number().int() })

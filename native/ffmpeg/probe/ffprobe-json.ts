import { z } from 'zod'

// ffprobe writes some numbers as numbers and some as text, and leaves out what it does not know.
const Numeric = z.union([z.number(), z.string()]).transform((value) => {
  const number = typeof value === 'number' ? value : value.trim() === '' ? Number.NaN : Number(value)
  return Number.isFinite(number) ? number : null
}).nullish().transform((value) => value ?? null)

const Text = z.string().nullish().transform((value) => value ?? null)

const Tags = z.record(z.string(), z.string()).default({})
  .transform((tags): Record<string, string | undefined> => Object.fromEntries(Object.entries(tags).map(([name, value]) => [name.toLowerCase(), value])))

const SideData = z.looseObject({ side_data_type: z.string().default(''), displaymatrix: Text })

export const ProbedStream = z.looseObject({
  index: z.number().int(),
  codec_type: Text,
  codec_name: Text,
  codec_tag_string: Text,
  codec_tag: Text,
  profile: z.union([z.string(), z.number()]).nullish().transform((value) => value === null || value === undefined ? null : String(value)),
  level: Numeric,
  width: Numeric,
  height: Numeric,
  pix_fmt: Text,
  bits_per_raw_sample: Numeric,
  sample_aspect_ratio: Text,
  r_frame_rate: Text,
  avg_frame_rate: Text,
  time_base: Text,
  start_pts: Numeric,
  duration_ts: Numeric,
  duration: Numeric,
  nb_frames: Numeric,
  color_range: Text,
  color_space: Text,
  color_transfer: Text,
  color_primaries: Text,
  channels: Numeric,
  sample_rate: Numeric,
  disposition: z.record(z.string(), z.number()).default({}),
  tags: Tags,
  side_data_list: z.array(SideData).default([]),
})
export type ProbedStream = z.infer<typeof ProbedStream>

const ProbedChapter = z.looseObject({ start_time: Numeric, end_time: Numeric, tags: Tags })
export type ProbedChapter = z.infer<typeof ProbedChapter>

export const ProbedFile = z.looseObject({
  streams: z.array(ProbedStream).default([]),
  chapters: z.array(ProbedChapter).default([]),
  /** Not there when the file could not be opened. */
  format: z.looseObject({
    format_name: z.string(),
    probe_score: z.number().default(0),
    duration: Numeric,
    bit_rate: Numeric,
    tags: Tags,
  }).optional(),
})
export type ProbedFile = z.infer<typeof ProbedFile>
export type OpenedFile = ProbedFile & { format: NonNullable<ProbedFile['format']> }

/** "30000/1001" or "16:9" as two whole numbers; null where one of them is 0 or missing. */
export function parseRatio(text: string | null): { num: number, den: number } | null {
  const match = /^(\d+)[/:](\d+)$/.exec(text ?? '')
  const [num, den] = [Number(match?.[1] ?? 0), Number(match?.[2] ?? 0)]
  return num === 0 || den === 0 ? null : { num, den }
}

import { z } from 'zod'

// What a person can choose for an export, beside which clips. Every choice has a usual value, so that a call names only what is different.

/** How a clip is made: copied, only its edges encoded anew, or all of it. */
export const WrittenMode = z.enum(['copy', 'smart', 'exact'])
export type WrittenMode = z.infer<typeof WrittenMode>

/** With `auto` the app chooses for each clip and says why. */
export const ExportMode = z.enum(['auto', ...WrittenMode.options])
export type ExportMode = z.infer<typeof ExportMode>

/** `frame` is the first picture of the clip as PNG. */
export const ExportFormat = z.enum(['video', 'gif', 'webp', 'frame', 'audio'])
export type ExportFormat = z.infer<typeof ExportFormat>

export const AudioFormat = z.enum(['m4a', 'mp3', 'wav', 'flac'])
export type AudioFormat = z.infer<typeof AudioFormat>

export const CaptionsChoice = z.enum(['none', 'sidecar', 'embedded', 'burned'])
export type CaptionsChoice = z.infer<typeof CaptionsChoice>

/** Of a file beside the clip. */
export const CaptionFormat = z.enum(['srt', 'vtt', 'ass'])
export type CaptionFormat = z.infer<typeof CaptionFormat>

/** How burned captions look. */
export const CaptionStyle = z.object({
  /** Name of a font family; null: one that has the letters. */
  font: z.string().min(1).max(100).nullable().default(null),
  size: z.enum(['small', 'medium', 'large']).default('medium'),
  behind: z.enum(['outline', 'box', 'nothing']).default('outline'),
  position: z.enum(['bottom', 'middle', 'top']).default('bottom'),
  /** Words light up as they are said, where their times are known. */
  highlight: z.boolean().default(false),
})
export type CaptionStyle = z.infer<typeof CaptionStyle>

export const Aspect = z.enum(['9:16', '4:5', '1:1', '16:9'])
export type Aspect = z.infer<typeof Aspect>

const Share = z.number().min(0).max(1)

/** A part of the picture as it is shown: shares of its width and height. */
export const Region = z.object({ x: Share, y: Share, width: z.number().positive().max(1), height: z.number().positive().max(1) })
export type Region = z.infer<typeof Region>

/** What of the picture is shown, and in which shape. */
export const Framing = z.discriminatedUnion('how', [
  z.object({ how: z.literal('whole') }),
  /** Cut to the shape around the middle, around a point, or along with what is going on. */
  z.object({ how: z.literal('fill'), aspect: Aspect, around: z.union([z.enum(['centre', 'follow']), z.object({ x: Share, y: Share })]).default('follow') }),
  /** All of the picture, with something beside it. */
  z.object({ how: z.literal('fit'), aspect: Aspect, sides: z.enum(['blurred', 'black']).default('blurred') }),
  /** Two parts of the picture, one above the other. */
  z.object({ how: z.literal('split'), aspect: Aspect, above: Region, below: Region, /** Share of the height for the one above. */ aboveShare: z.number().min(0.2).max(0.8).default(0.6) }),
])
export type Framing = z.infer<typeof Framing>

export const Encoding = z.object({
  /** Constant rate factor of x264: 0 lossless, 18 can hardly be told from the source, 51 worst. */
  crf: z.number().int().min(0).max(51).default(18),
  preset: z.enum(['ultrafast', 'superfast', 'veryfast', 'faster', 'fast', 'medium', 'slow', 'slower']).default('fast'),
  /** Ask the graphics card to encode, where it can. */
  hardware: z.boolean().default(false),
})
export type Encoding = z.infer<typeof Encoding>

/** Several clips as one file. */
export const Reel = z.object({
  /** Becomes the file name. */
  name: z.string().min(1).max(200),
  /** How long one clip goes over into the next; 0: hard cuts. */
  crossfadeSeconds: z.number().min(0).max(5).default(0),
  /** A card with the title of the clip before each. */
  titleCards: z.boolean().default(false),
  /** A chapter for each clip. */
  chapters: z.boolean().default(true),
})
export type Reel = z.infer<typeof Reel>

/** Fading in from black and silence at the beginning, out at the end. */
export const Fades = z.object({ inSeconds: z.number().min(0).max(10).default(0), outSeconds: z.number().min(0).max(10).default(0) })
export type Fades = z.infer<typeof Fades>

export const ExportChoices = z.object({
  mode: ExportMode.default('auto'),
  /** With `copy`: a clip may begin earlier and end later than asked, on the key frames around. */
  acceptShift: z.boolean().default(false),
  format: ExportFormat.default('video'),
  audioFormat: AudioFormat.default('m4a'),
  captions: CaptionsChoice.default('none'),
  captionFormat: CaptionFormat.default('srt'),
  captionStyle: CaptionStyle.prefault({}),
  /** Of every clip that has none of its own. */
  framing: Framing.default({ how: 'whole' }),
  encoding: Encoding.prefault({}),
  /** Integrated loudness to bring the sound to, in LUFS (EBU R128: -23; web players: about -14); null leaves it. */
  loudness: z.number().min(-40).max(-5).nullable().default(null),
  fades: Fades.prefault({}),
  reel: Reel.nullable().default(null),
  /** Of file names: {title} {start} {end} {query} {video} {date} {n}; null: the usual one. */
  nameTemplate: z.string().min(1).max(200).nullable().default(null),
})
export type ExportChoices = z.infer<typeof ExportChoices>

/** Before anything was chosen. */
export const usualExportChoices: ExportChoices = ExportChoices.parse({})

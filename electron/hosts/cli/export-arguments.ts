import type { Command } from 'commander'
import { Option } from 'commander'
import type { AudioFormat, ExportChoices, Framing, Reel } from '../../contract/export-choices.ts'
import { Aspect, AudioFormat as AudioFormats, CaptionFormat, CaptionsChoice, CaptionStyle, Encoding, ExportFormat, ExportMode, usualExportChoices } from '../../contract/export-choices.ts'
import { AppError } from '../../core/errors.ts'
import { numberBetween, point, wholeNumber } from './arguments.ts'

interface FrameOptions { frame?: Aspect, follow?: boolean, centre?: boolean, around?: { x: number, y: number }, fit?: boolean, black?: boolean }

interface ReelOptions { reel?: string, crossfade?: number, titleCards?: boolean, chapters: boolean }

interface CaptionOptions {
  captions: CaptionsChoice
  captionFormat: CaptionFormat
  captionFont?: string
  captionSize: CaptionStyle['size']
  captionBehind: CaptionStyle['behind']
  captionPosition: CaptionStyle['position']
  highlight?: boolean
}

/** What can be chosen of an export, as the command line has it. */
export interface ChoiceOptions extends FrameOptions, ReelOptions, CaptionOptions {
  mode: ExportMode
  acceptShift?: boolean
  format: ExportFormat
  audioFormat: AudioFormat
  crf: number
  preset: Encoding['preset']
  hardware?: boolean
  loudness?: number
  fadeIn: number
  fadeOut: number
  nameTemplate?: string
}

const usual = usualExportChoices

function choice(flags: string, description: string, { of, usual: value }: { of: readonly string[], usual: string }): Option {
  return new Option(flags, description).choices(of).default(value)
}

const style = CaptionStyle.shape

function withCaptionOptions(command: Command): Command {
  return command
    .addOption(choice('--captions <how>', 'sidecar: a file beside the clip; embedded: a track in it; burned: written on the picture', { of: CaptionsChoice.options, usual: usual.captions }))
    .addOption(choice('--caption-format <format>', 'of a sidecar', { of: CaptionFormat.options, usual: usual.captionFormat }))
    .option('--caption-font <name>', 'of burned captions')
    .addOption(choice('--caption-size <size>', 'of burned captions', { of: style.size.unwrap().options, usual: usual.captionStyle.size }))
    .addOption(choice('--caption-behind <what>', 'what is behind the letters of burned captions', { of: style.behind.unwrap().options, usual: usual.captionStyle.behind }))
    .addOption(choice('--caption-position <where>', 'of burned captions', { of: style.position.unwrap().options, usual: usual.captionStyle.position }))
    .option('--highlight', 'words of burned captions light up as they are said')
}

function withFrameOptions(command: Command): Command {
  return command
    .addOption(new Option('--frame <shape>', 'bring the picture to a shape').choices(Aspect.options))
    .option('--follow', 'with --frame: cut along with what is going on (as it is without any of these)')
    .option('--centre', 'with --frame: cut around the middle')
    .option('--around <x,y>', 'with --frame: cut around a point, in shares of width and height: 0.3,0.5', point)
    .option('--fit', 'with --frame: all of the picture, with blurred sides')
    .option('--black', 'with --fit: black sides')
}

function withReelOptions(command: Command): Command {
  return command
    .option('--reel <name>', 'all clips as one file')
    .option('--crossfade <seconds>', 'with --reel: one clip goes over into the next', numberBetween(0, 5))
    .option('--title-cards', 'with --reel: a card with its title before each clip')
    .option('--no-chapters', 'with --reel: no chapter for each clip')
}

/** Adds an option for all that can be chosen of an export. */
export function withChoiceOptions(command: Command): Command {
  command
    .addOption(choice('--mode <mode>', 'copy: as stored, where it can be cut; smart: only the edges encoded anew; exact: all of it encoded anew; auto: the quickest that is right', { of: ExportMode.options, usual: usual.mode }))
    .option('--accept-shift', 'with --mode copy: may begin earlier and end later than asked')
    .addOption(choice('--format <format>', 'frame: the first picture as PNG', { of: ExportFormat.options, usual: usual.format }))
    .addOption(choice('--audio-format <format>', 'with --format audio', { of: AudioFormats.options, usual: usual.audioFormat }))
  withReelOptions(withFrameOptions(withCaptionOptions(command)))
  return command
    .addOption(new Option('--crf <number>', 'quality of what is encoded: 0 lossless, 18 can hardly be told from the source, 51 worst').argParser(wholeNumber(51, 0)).default(usual.encoding.crf))
    .addOption(choice('--preset <name>', 'speed of the encoder: the slower, the smaller the file', { of: Encoding.shape.preset.unwrap().options, usual: usual.encoding.preset }))
    .option('--hardware', 'let the graphics card encode, where it can')
    .option('--loudness <lufs>', 'bring the sound to this loudness (EBU R128: -23; web players: about -14)', numberBetween(-40, -5))
    .addOption(new Option('--fade-in <seconds>', 'from black and silence').argParser(numberBetween(0, 10)).default(usual.fades.inSeconds))
    .addOption(new Option('--fade-out <seconds>', 'to black and silence').argParser(numberBetween(0, 10)).default(usual.fades.outSeconds))
    .option('--name-template <text>', 'of file names: {title} {start} {end} {query} {video} {date} {n}')
}

const usage = (message: string, hint: string): AppError => new AppError('USAGE', { message, hint })

const WAYS = ['follow', 'centre', 'around', 'fit'] as const

/** Of the ways to bring a picture to a shape, at most one can be chosen; without any it is followed what is going on. */
function wayOf(options: FrameOptions): (typeof WAYS)[number] | null {
  const ways = WAYS.filter((way) => options[way] !== undefined)
  const named = ways.map((way) => `--${way}`)
  if (ways.length > 1) throw usage(`${named.join(' and ')} do not go together.`, 'Choose one of them.')
  if (ways.length > 0 && options.frame === undefined) throw usage(`${named.join('')} needs a shape.`, 'For example: --frame 9:16 --follow')
  if (options.black === true && options.fit !== true) throw usage('--black goes with --fit.', 'For example: --frame 9:16 --fit --black')
  return ways[0] ?? null
}

function framingOf(options: FrameOptions): Framing {
  const way = wayOf(options)
  const { frame: aspect, around = 'follow', black = false } = options
  if (aspect === undefined) return usual.framing
  switch (way) {
    case 'fit': return { how: 'fit', aspect, sides: black ? 'black' : 'blurred' }
    case 'centre': return { how: 'fill', aspect, around: 'centre' }
    case 'around':
    case 'follow':
    case null: return { how: 'fill', aspect, around }
  }
}

function reelOf({ reel: name, crossfade, titleCards = false, chapters }: ReelOptions): Reel | null {
  if (name !== undefined) return { name, crossfadeSeconds: crossfade ?? 0, titleCards, chapters }
  const [stray] = [crossfade === undefined ? null : '--crossfade', titleCards ? '--title-cards' : null, chapters ? null : '--no-chapters'].filter((option) => option !== null)
  if (stray !== undefined) throw usage(`${stray} goes with --reel.`, 'For example: --reel "Best of"')
  return null
}

/** What was chosen. Throws USAGE for options that do not go together. */
export function choicesOf(options: ChoiceOptions): ExportChoices {
  const { mode, acceptShift = false, format, audioFormat, captions, captionFormat, crf, preset, hardware = false, loudness = null, nameTemplate = null } = options
  return {
    mode, acceptShift, format, audioFormat, captions, captionFormat, loudness, nameTemplate,
    captionStyle: {
      font: options.captionFont ?? null, size: options.captionSize, behind: options.captionBehind, position: options.captionPosition, highlight: options.highlight ?? false,
    },
    framing: framingOf(options), encoding: { crf, preset, hardware },
    fades: { inSeconds: options.fadeIn, outSeconds: options.fadeOut }, reel: reelOf(options),
  }
}

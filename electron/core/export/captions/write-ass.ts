import { withoutCommands } from './backslashes.ts'
import type { CaptionLook } from './caption-look.ts'
import type { Cue } from './cues.ts'
import { directionMark } from './direction.ts'
import { litSpans } from './highlight.ts'
import { lineText } from './lines.ts'

export interface AssOptions {
  look: CaptionLook
  /** The word that is said now has another colour. */
  highlight: boolean
}

const WHITE = '&H00FFFFFF'
const BLACK = '&H00000000'
/** Black, and a third of what is behind it. */
const BOX = '&H55000000'
const LIT = '{\\c&H00D4FF&}'
const UNLIT = '{\\c&HFFFFFF&}'

const ALIGNMENT = { bottom: 2, middle: 5, top: 8 }

function escaped(text: string): string {
  return withoutCommands(text).replaceAll(/[{}]/g, '\\$&').replaceAll(/[\r\n]+/g, ' ')
}

/** "0:00:01.25": ASS knows hundredths. */
function time(ms: number): string {
  const hundredths = Math.round(ms / 10)
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0')
  return `${String(Math.floor(hundredths / 360_000))}:${two(hundredths / 6000 % 60)}:${two(hundredths / 100 % 60)}.${two(hundredths % 100)}`
}

/** Border, its style, its colour and that of the box. Style 4 is libass' own: one box behind all lines; others draw one behind each, the lighter the more they lap. */
function borderOf({ behind, fontSize }: CaptionLook): { outlineColour: string, style: 1 | 4, outline: number, shadow: number } {
  switch (behind) {
    case 'outline': return { outlineColour: BLACK, style: 1, outline: Math.max(1, fontSize * 0.05), shadow: fontSize * 0.02 }
    case 'box': return { outlineColour: BOX, style: 4, outline: 0, shadow: Math.max(2, fontSize * 0.18) }
    case 'nothing': return { outlineColour: BLACK, style: 1, outline: 0, shadow: 0 }
  }
}

/** Encoding -1: libass takes the direction of a line from its first letter. */
function styleLine(look: CaptionLook): string {
  const { outlineColour, style, outline, shadow } = borderOf(look)
  const { side, vertical } = look.margins
  return `Style: Default,${[
    look.font, look.fontSize, WHITE, WHITE, outlineColour, look.behind === 'box' ? BOX : BLACK, 0, 0, 0, 0, 100, 100, 0, 0,
    style, outline.toFixed(1), shadow.toFixed(1), ALIGNMENT[look.position], side, side, vertical, -1,
  ].join(',')}`
}

/** The lines of a cue with one word in its colour. */
function cueText(cue: Cue, lit: number | null): string {
  let word = 0
  return cue.lines.map((line) => {
    const text = line.map((each) => {
      const isLit = word === lit
      word += 1
      return isLit ? { ...each, text: `${LIT}${escaped(each.text)}${UNLIT}` } : { ...each, text: escaped(each.text) }
    })
    return `${directionMark(cue)}${lineText(text)}`
  }).join('\\N')
}

function eventLines(cue: Cue, { highlight }: AssOptions): string[] {
  const spans = highlight ? litSpans(cue) : [{ startMs: cue.startMs, endMs: cue.endMs, word: null }]
  return spans
    .map(({ startMs, endMs, word }) => ({ start: time(startMs), end: time(endMs), text: cueText(cue, word) }))
    .filter(({ start, end }) => start !== end)
    .map(({ start, end, text }) => `Dialogue: 0,${start},${end},Default,,0,0,0,,${text}`)
}

/** Advanced SubStation Alpha, version 4+, made for a picture of the look's size. */
export function toAss(cues: readonly Cue[], options: AssOptions): string {
  const { look } = options
  return [
    '[Script Info]', 'ScriptType: v4.00+', `PlayResX: ${String(look.width)}`, `PlayResY: ${String(look.height)}`, 'WrapStyle: 0', 'ScaledBorderAndShadow: yes', 'YCbCr Matrix: None', '',
    '[V4+ Styles]',
    'Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding',
    styleLine(look), '',
    '[Events]', 'Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text',
    ...cues.flatMap((cue) => eventLines(cue, options)), '',
  ].join('\n')
}

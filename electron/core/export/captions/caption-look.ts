import type { CaptionStyle } from '../../../contract/export-choices.ts'
import { MOST_COLUMNS } from './reading-limits.ts'

/** How captions look on a picture of this size, all in its pixels. */
export interface CaptionLook {
  width: number
  height: number
  font: string
  fontSize: number
  /** Columns of a line that fit between the margins. */
  lineWidth: number
  behind: CaptionStyle['behind']
  position: CaptionStyle['position']
  margins: { side: number, vertical: number }
}

/** Height of a line as a share of the picture's mean edge: 59 of 1080 pixels for medium, as large as television's (looked at, 2026-11-21). */
const SIZE: Record<CaptionStyle['size'], number> = { small: 0.033, medium: 0.041, large: 0.052 }
/** In pixels: smaller letters can not be read, however small the picture is. */
const SMALLEST = 12
/** Width of a column in heights of a line: measured with DejaVu Sans, which is wide, on English text (0.46), and some room. */
const COLUMN = 0.5
/** A line that holds less is no line to read. */
const LEAST_COLUMNS = 12

/** Television's safe area for text is 90 % of the width and height (EBU R 95); 80 % leave air beside two full lines. */
const WIDE = { side: 0.1, bottom: 0.06, top: 0.06 }
/** Phones lay names and buttons over tall videos: below up to a fifth, above up to an eighth, a tenth beside (the guides of TikTok, Reels and Shorts, 2025). */
const TALL = { side: 0.12, bottom: 0.22, top: 0.13 }
const TALLEST_WITHOUT_BUTTONS = 0.7

/** A family's name as an ASS file can say it: commas part its fields, and "@" would turn the letters. Arial is known everywhere, or replaced by what is like it. */
function fontName(font: string | null): string {
  const clean = (font ?? '').replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp},{}\\;]/gu, ' ').replaceAll(/\s+/g, ' ').trim().replace(/^@+/, '')
  return clean === '' ? 'Arial' : clean
}

/** How captions look on a clip of this size (pixels as they are shown). */
export function captionLook(style: CaptionStyle, { width, height }: { width: number, height: number }): CaptionLook {
  const shares = width / height <= TALLEST_WITHOUT_BUTTONS ? TALL : WIDE
  const fontSize = Math.max(SMALLEST, Math.round(Math.sqrt(width * height) * SIZE[style.size]))
  const side = Math.round(width * shares.side)
  const columns = Math.floor((width - 2 * side) / (fontSize * COLUMN))
  return {
    width, height, fontSize,
    font: fontName(style.font),
    lineWidth: Math.max(LEAST_COLUMNS, Math.min(MOST_COLUMNS, columns)),
    behind: style.behind,
    position: style.position,
    margins: { side, vertical: Math.round(height * (style.position === 'top' ? shares.top : shares.bottom)) },
  }
}

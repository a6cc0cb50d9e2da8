import type { CaptionStyle, Framing } from '../../../../electron/contract/export-choices.ts'

// As core/export/captions/caption-look.ts has them: the height of a line in the mean edge of the picture, and room for the buttons of phones below tall pictures.
const SIZE: Record<CaptionStyle['size'], number> = { small: 0.033, medium: 0.041, large: 0.052 }
const WIDE = { side: 10, bottom: 6, top: 6 }
const TALL = { side: 12, bottom: 22, top: 13 }
const TALLEST_WITHOUT_BUTTONS = 0.7
/** Letters in the height of their line (measured with DejaVu Sans: 1.164). */
const LETTERS_OF_LINE = 1 / 1.164

export interface CaptionSample {
  /** Of the picture: width by height. */
  ratio: number
  /** In hundredths of the picture's height. */
  letters: number
  side: number
  bottom: number
  top: number
}

/** How captions are laid on a sample of the shape that clips get. */
export function captionSample({ size }: CaptionStyle, framing: Framing): CaptionSample {
  const [width = 16, height = 9] = (framing.how === 'whole' ? '16:9' : framing.aspect).split(':').map(Number)
  const ratio = width / height
  const { side, bottom, top } = ratio <= TALLEST_WITHOUT_BUTTONS ? TALL : WIDE
  return { ratio, letters: Math.sqrt(ratio) * SIZE[size] * LETTERS_OF_LINE * 100, side, bottom, top }
}

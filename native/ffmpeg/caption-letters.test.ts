import { describe, expect, it } from 'vitest'
import { parseFont, parseMissingLetter } from './caption-letters.ts'
import { captionFilters } from './picture-changes/burned-captions.ts'

// As ffmpeg 5.1.9 with libass 0.17.1 printed them here, 2026-11-21.
const LINES = [
  '[Parsed_ass_1 @ 0x5559a9e7e500] [info] fontselect: (Arial, 400, 0) -> /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf, 0, DejaVuSans',
  '[Parsed_ass_1 @ 0x5559a9e7e500] [info] Glyph 0x4ECA not found, selecting one more font for (Arial, 400, 0)',
  '[Parsed_ass_1 @ 0x5559a9e7e500] [warning] fontselect: failed to find any fallback with glyph 0x4ECA for font: (Arial, 400, 0)',
  '[Parsed_ass_1 @ 0x55ecd7811500] [warning] Glyph 0x1F600 not found, broken font? Trying all charmaps',
]

describe('what libass says of its fonts', () => {
  it('names the letters that no font has, and not those for which another font is looked for', () => {
    expect(LINES.map(parseMissingLetter)).toEqual([null, null, 0x4ECA, 0x1F600])
  })

  it('names the font that is taken', () => {
    expect(LINES.map(parseFont)).toEqual([{ asked: 'Arial', taken: 'DejaVuSans' }, null, null, null])
  })
})

describe('the name of a caption file in a filter', () => {
  it('is escaped for the option and for the graph around it', () => {
    expect(captionFilters({ assFile: '/tmp/a\'b:c,[d];e/captions.ass' })).toEqual(['ass=filename=/tmp/a\\\\\\\'b\\\\:c\\,\\[d\\]\\;e/captions.ass'])
    expect(captionFilters(null)).toEqual([])
  })
})

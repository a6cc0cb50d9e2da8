import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readTimecode, timecodeText } from './timecode.ts'

const ntsc = { num: 30_000, den: 1001 }
const fast = { num: 60_000, den: 1001 }

describe('timecode', () => {
  it('leaves out two names at the beginning of each minute that is no tenth, and no picture', () => {
    const names = [0, 1799, 1800, 1801, 17_981, 17_982, 107_892, 2_589_407].map((frame) => timecodeText({ frame, isDrop: true }, ntsc))
    expect(names).toEqual(['00:00:00;00', '00:00:59;29', '00:01:00;02', '00:01:00;03', '00:09:59;29', '00:10:00;00', '01:00:00;00', '23:59:59;29'])
  })

  it('leaves out four at twice the rate', () => {
    expect([3599, 3600, 35_963, 35_964, 215_784].map((frame) => timecodeText({ frame, isDrop: true }, fast))).toEqual(['00:00:59;59', '00:01:00;04', '00:09:59;59', '00:10:00;00', '01:00:00;00'])
  })

  it('counts 24 names a second at 23.976, which never drops', () => {
    const film = { num: 24_000, den: 1001 }
    expect(timecodeText({ frame: 86_400, isDrop: false }, film)).toBe('01:00:00:00')
    expect(readTimecode('01:00:00;00', film)).toEqual({ frame: 86_400, isDrop: false })
  })

  it('begins anew at midnight', () => {
    expect(timecodeText({ frame: 2_592_000, isDrop: false }, ntsc)).toBe('00:00:00:00')
    expect(timecodeText({ frame: 2_589_408, isDrop: true }, ntsc)).toBe('00:00:00;00')
  })

  it.each(['', '1:00:00:00', '01:00:60:00', '24:00:00:00', '01:00:00:30', '01:00:00'])('%j is none', (text) => {
    expect(readTimecode(text, ntsc)).toBeNull()
  })

  it('of every picture of a day reads back as that picture, and the next picture has another name', () => {
    const rates = [[ntsc, true, 2_589_408], [ntsc, false, 2_592_000], [fast, true, 5_178_816], [{ num: 25, den: 1 }, false, 2_160_000]] as const
    fc.assert(fc.property(fc.constantFrom(...rates), fc.double({ min: 0, max: 1, noNaN: true }), ([rate, isDrop, day], share) => {
      const frame = Math.min(day - 2, Math.floor(share * day))
      expect(readTimecode(timecodeText({ frame, isDrop }, rate), rate)).toEqual({ frame, isDrop })
      expect(timecodeText({ frame: frame + 1, isDrop }, rate)).not.toBe(timecodeText({ frame, isDrop }, rate))
    }))
  })
})

import { describe, expect, it } from 'vitest'
import { isSameTime, parseTimeCode } from './time-code.ts'

const from = { now: 10, frameSeconds: 0.04 }

describe('a typed time', () => {
  it.each([
    ['75.5', 75.5], ['1:15.5', 75.5], ['1:02:03,25', 3723.25], ['0:07', 7], [' 12 s', 12], ['90:00', 5400], ['3.', 3],
  ])('%j is %d s', (text, seconds) => { expect(parseTimeCode(text, from)).toBeCloseTo(seconds, 9) })

  it('with a sign is so many frames from where it was', () => {
    expect(parseTimeCode('+3', from)).toBeCloseTo(10.12, 9)
    expect(parseTimeCode('-5f', from)).toBeCloseTo(9.8, 9)
  })

  it('never lies before the video', () => { expect(parseTimeCode('-999f', from)).toBe(0) })

  it.each(['', 'x', '1:2:3:4:5', '1.2.3', '12:', '-', '--1'])('%j is no time', (text) => { expect(parseTimeCode(text, from)).toBeNull() })

  it('that was shown to the millisecond is the time itself', () => {
    expect(isSameTime(1.23449, 1.234)).toBe(true)
    expect(isSameTime(1.236, 1.234)).toBe(false)
  })
})

import { describe, expect, it } from 'vitest'
import { bytesText, frameRateText, percentText, roughTimeText, timeText } from './time-text.ts'

describe('times, sizes and shares as text', () => {
  it('shows a moment without ever being later than it', () => {
    expect([0, 3.49, 59.99, 62, 3723.456].map((at) => timeText(at))).toEqual(['0:00.0', '0:03.4', '0:59.9', '1:02.0', '1:02:03.4'])
    expect(timeText(59.999, 0)).toBe('0:59')
    expect(timeText(0.3, 2)).toBe('0:00.30')
  })

  it('says a wait roughly', () => {
    expect([0.2, 45, 90, 3600, 12_000].map(roughTimeText)).toEqual(['1 s', '45 s', '2 min', '1 h', '3 h 20 min'])
  })

  it('counts bytes as file managers do', () => {
    expect([0, 999, 1500, 812_000, 1_400_000_000].map(bytesText)).toEqual(['0 B', '999 B', '1.5 kB', '812 kB', '1.4 GB'])
  })

  it('says how many frames a second, roughly where it is less than one', () => {
    expect([25, 30000 / 1001, 1, 0.118, 0.0312].map(frameRateText)).toEqual(['25', '29.97', '1', '0.12', '0.031'])
  })

  it('does not say 100 % before it is done', () => {
    expect([0, 0.29, 0.999, 1].map(percentText)).toEqual(['0 %', '29 %', '99 %', '100 %'])
  })
})

import { describe, expect, it } from 'vitest'
import { columns, etaText, fit, percentText, printable, timeText } from './text.ts'

describe('text on a terminal', () => {
  it('shows what a file name hides: newlines, escapes and marks that reorder it', () => {
    expect(printable('a\nb\u001b[31mc\u202ed')).toBe('a\\nb\\u001b[31mc\\u202ed')
  })
  it('leaves letters of all scripts alone', () => {
    expect(printable('Ähre 映画 فيلم')).toBe('Ähre 映画 فيلم')
  })
  it('gives times with tenths and hours only where there are any', () => {
    expect([0, 3.44, 59.96, 123.4, 3723.4].map(timeText)).toEqual(['0:00.0', '0:03.4', '1:00.0', '2:03.4', '1:02:03.4'])
  })
  it('gives an estimate no more digits than it deserves', () => {
    expect([12.4, 200, 7500].map(etaText)).toEqual(['12 s', '3 min 20 s', '2 h 05 min'])
  })
  it('never says 100 % before the end', () => {
    expect([0, 0.999, 1, 1.2].map(percentText)).toEqual(['0 %', '99 %', '100 %', '100 %'])
  })
  it('keeps columns straight with letters that are two cells wide', () => {
    expect(columns([['映画', 'x'], ['film', 'y']])).toBe('映画  x\nfilm  y')
  })
  it('cuts a long line so that it fits', () => {
    expect(fit('映画 of the day', 8)).toBe('映画 of…')
  })
})

import { describe, expect, it } from 'vitest'
import type { CutPacket } from './cut-points.ts'
import { cutPoints } from './cut-points.ts'

/** Packets in the order they are stored, by the number of their picture: "I0 P4 B2 b1 b3". Capital I begins a closed group. */
function packets(text: string): CutPacket[] {
  return text.split(' ').map((word) => ({ pts: Number(word.slice(1)) * 10, durationPts: 10, isStart: word.startsWith('I'), isShown: !word.startsWith('h') }))
}

const LONG = 'I0 P4 B2 b1 b3 P8 B6 b5 b7 I9 P13 B11 b10 b12 P17 B15 b14 b16 I18 P22 B20 b19 b21'

function cut(first: number, end: number, text = LONG): ReturnType<typeof cutPoints> {
  const row = { packets: packets(text), isToTheEnd: true }
  return cutPoints({ head: row, tail: row, startPts: first * 10, endPts: end * 10, tolerancePts: 0, mostReordered: 16 })
}

describe('where a clip can be cut', () => {
  it('from key frame to key frame is everywhere copied as asked', () => {
    expect(cut(9, 18)?.copy).toEqual({ firstPts: 90, lastPts: 170, endPts: 180, shift: { framesBefore: 0, framesAfter: 0 } })
  })

  it('copied, begins with the key frame before and ends where no later picture is needed', () => {
    expect(cut(11, 15)?.copy).toEqual({ firstPts: 90, lastPts: 170, endPts: 180, shift: { framesBefore: 2, framesAfter: 3 } })
    // After picture 13 nothing is missing: what follows is shown later.
    expect(cut(9, 14)?.copy).toEqual({ firstPts: 90, lastPts: 130, endPts: 140, shift: { framesBefore: 0, framesAfter: 0 } })
  })

  it('keeps the middle and encodes what is before the first key frame and after the last closed place', () => {
    expect(cut(5, 16)?.smart).toEqual({ firstPts: 50, lastPts: 150, endPts: 160, splicePts: 90, tailPts: 140, headPictures: 4, tailPictures: 2 })
    expect(cut(5, 14)?.smart).toEqual({ firstPts: 50, lastPts: 130, endPts: 140, splicePts: 90, tailPts: null, headPictures: 4, tailPictures: 0 })
  })

  it('leaves pictures that lead an open group to the edge', () => {
    const open = 'I0 P3 b1 b2 I6 b4 b5 P9 b7 b8'
    expect(cut(2, 9, open)?.smart).toMatchObject({ splicePts: 60, headPictures: 4, tailPts: 70, tailPictures: 2 })
    expect(cut(6, 10, open)?.copy).toEqual({ firstPts: 60, lastPts: 90, endPts: 100, shift: { framesBefore: 0, framesAfter: 0 } })
  })

  it('says what is missing', () => {
    expect(cut(10, 12)?.smart).toBe('no-key-frame-inside')
    expect(cut(2, 6, 'P0 P1 P2 P3 P4 P5 P6')?.copy).toBe('no-key-frame-before')
    expect(cut(30, 40)).toBeNull()
  })

  it('does not count pictures that are never shown', () => {
    expect(cut(0, 2, 'I0 h1 P2 P3')?.copy).toEqual({ firstPts: 0, lastPts: 0, endPts: 20, shift: { framesBefore: 0, framesAfter: 0 } })
  })
})

import { describe, expect, it } from 'vitest'
import { snapTargets, snapTo } from './snap.ts'

const line = (start: number, end: number, isEnd: boolean) => ({ start, end, text: '', words: [], isEnd })
const targets = snapTargets({
  shots: [{ start: 0, end: 4, transition: 'start' }, { start: 4, end: 9, transition: 'cut' }],
  lines: [line(1, 2, false), line(2.05, 3, true), line(6, 7, true)],
  silences: [{ start: 3, end: 6 }],
})

describe('a point that is set', () => {
  it('snaps to the nearest cut, sentence or silence, and says to which', () => {
    expect(snapTo(4.2, targets)).toEqual({ at: 4, kind: 'shot' })
    expect(snapTo(1.1, targets)).toEqual({ at: 1, kind: 'sentence' })
    expect(snapTo(6.9, targets)).toEqual({ at: 7, kind: 'sentence' })
  })
  it('stays where it is when nothing is near', () => {
    expect(snapTo(4.26, targets)).toBeNull()
    expect(snapTo(5, [])).toBeNull()
  })
  it('does not snap to where a sentence goes on', () => {
    expect(snapTo(2, targets)).toBeNull()
  })
  it('prefers a sentence to a silence at the same moment', () => {
    expect(snapTo(3.1, targets)).toEqual({ at: 3, kind: 'sentence' })
  })
  it('snaps to the end of the video', () => {
    expect(snapTo(8.8, targets)).toEqual({ at: 9, kind: 'shot' })
  })
})

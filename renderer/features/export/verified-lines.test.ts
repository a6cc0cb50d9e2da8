import { describe, expect, it } from 'vitest'
import type { ExportedFile, Verification } from '../../../electron/contract/exports.ts'
import { verifiedLines } from './verified-lines.ts'

const good: Verification = { frames: 75, expectedFrames: 75, firstFrameMatches: true, lastFrameMatches: true, decodedToTheEnd: true, audioOffset: 0.01, checks: [] }
const file = (verified: Partial<Verification>): ExportedFile => ({ path: '/a.mp4', mode: 'exact', why: '', start: 0, end: 3, duration: 3, sidecars: [], notes: [], parts: [], verified: { ...good, ...verified } })

describe('what was verified', () => {
  it('is all good for a good clip', () => {
    expect(verifiedLines(file({})).map(({ isGood }) => isGood)).toEqual([true, true, true, true, true])
  })

  it('says what differs', () => {
    expect(verifiedLines(file({ frames: 74, lastFrameMatches: false })).filter(({ isGood }) => !isGood).map(({ text }) => text)).toEqual(['74 frames instead of 75', 'Last frame differs'])
  })

  it('says how far the sound is off, and in which direction', () => {
    expect(verifiedLines(file({ audioOffset: 0.2 })).at(-1)).toEqual({ text: 'Sound starts 200 ms late', isGood: false })
    expect(verifiedLines(file({ audioOffset: -0.2 })).at(-1)?.text).toBe('Sound starts 200 ms early')
    expect(verifiedLines(file({ audioOffset: null })).at(-1)?.isGood).toBe(true)
  })

  it('does not blame a clip for a sound that starts late in its source too', () => {
    expect(verifiedLines(file({ audioOffset: 0.2, checks: ['sound begins 200 ms after the picture, as it should, to 35 ms'] })).at(-1)).toEqual({ text: 'Sound starts 200 ms late, as in the source', isGood: true })
  })
})

import { describe, expect, it } from 'vitest'
import { VideoId } from '../../../electron/contract/ids.ts'
import type { PlannedClip } from '../../../electron/contract/exports.ts'
import type { TrayClip } from '../../../electron/contract/tray.ts'
import { TrayClipId } from '../../../electron/contract/tray.ts'
import { duplicatesOf, outlooks, sourceOf } from './plan-match.ts'

const clip = (id: number, start: number, title = 'Harbour'): TrayClip => ({ id: TrayClipId.parse(id), videoId: VideoId.parse(1), videoTitle: 'Film', title, start, end: start + 2, query: null, note: null, framing: null })
const planned = (of: TrayClip, fileName: string): PlannedClip => ({
  clip: sourceOf(of), fileName, mode: 'exact', why: '', copyShift: null, start: of.start, end: of.end, firstFrameAt: of.start, lastFrameAt: of.end - 0.04, frames: 50, estimatedBytes: 1000,
})

describe('a plan', () => {
  it('is told clip by clip, also when some can not be written', () => {
    const [good, bad] = [clip(1, 0), clip(2, 900)]
    const error = { code: 'USAGE' as const, message: 'The film is only 60 s long.', hint: '' }
    const found = outlooks([bad, good], { clips: [planned(good, 'a.mp4')], problems: [{ clip: sourceOf(bad), error }], seconds: 2, estimatedBytes: 1000 })
    expect(found.get(good.id)).toEqual({ planned: planned(good, 'a.mp4') })
    expect(found.get(bad.id)).toEqual({ problem: error })
  })

  it('gives the same clip twice its two names, in order', () => {
    const [one, two] = [clip(1, 5), clip(2, 5)]
    const found = outlooks([one, two], { clips: [planned(one, 'a.mp4'), planned(two, 'a (2).mp4')], problems: [], seconds: 4, estimatedBytes: 2000 })
    expect(found.get(two.id)).toMatchObject({ planned: { fileName: 'a (2).mp4' } })
  })

  it('that is older than a clip says nothing of it', () => {
    expect(outlooks([clip(1, 5)], { clips: [planned(clip(1, 4), 'a.mp4')], problems: [], seconds: 2, estimatedBytes: 1000 }).size).toBe(0)
  })
})

describe('the same cut under another name', () => {
  it('is marked, the first one is not', () => {
    expect([...duplicatesOf([clip(1, 5), clip(2, 6), clip(3, 5, 'Other name')])]).toEqual([3])
  })
})

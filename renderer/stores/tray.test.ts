// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { VideoId } from '../../electron/contract/ids.ts'
import type { TrayClip } from '../../electron/contract/tray.ts'
import { TrayClipId } from '../../electron/contract/tray.ts'
import { runsOf } from './tray.ts'

const clip = (id: number): TrayClip => ({ id: TrayClipId.parse(id), videoId: VideoId.parse(1), videoTitle: 'Film', title: `Clip ${String(id)}`, start: id, end: id + 1, query: null, note: null, framing: null })

describe('clips that were removed together', () => {
  it('are put back in runs, each where it was', () => {
    const runs = runsOf([1, 2, 3, 4, 5].map(clip), new Set([1, 3, 4].map((id) => TrayClipId.parse(id))))
    expect(runs.map(({ position, clips }) => [position, clips.map(({ id }) => Number(id))])).toEqual([[0, [1]], [2, [3, 4]]])
  })
})

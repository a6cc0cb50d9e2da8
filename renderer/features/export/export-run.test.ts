import { describe, expect, it } from 'vitest'
import type { ExportedFile } from '../../../electron/contract/exports.ts'
import { VideoId } from '../../../electron/contract/ids.ts'
import type { TrayClip } from '../../../electron/contract/tray.ts'
import { TrayClipId } from '../../../electron/contract/tray.ts'
import { finishedRun, ownEvents, startedRun, stoppedRun, unwrittenClips, withFile, withProgress, writingNumber } from './export-run.ts'
import { sourceOf } from './plan-match.ts'

const clip = (id: number): TrayClip => ({ id: TrayClipId.parse(id), videoId: VideoId.parse(1), videoTitle: 'Film', title: `Clip ${String(id)}`, start: id, end: id + 1, query: null, note: null, framing: null })
const file = (path: string): ExportedFile => ({
  path, mode: 'exact', why: '', start: 1, end: 2, duration: 1, sidecars: [], notes: [], parts: [],
  verified: { frames: 25, expectedFrames: 25, firstFrameMatches: true, lastFrameMatches: true, decodedToTheEnd: true, audioOffset: null, checks: [] },
})
const error = { code: 'CHANGED' as const, message: 'It was changed.', hint: 'Import it again.' }
const begun = startedRun([1, 2, 3].map(clip), '/out')
const progress = (at: number, share: number) => ({ type: 'export-progress' as const, exportId: 1, clip: at, clips: 3, progress: share, etaSeconds: 9, frames: Math.round((at + share) * 25), framesOf: 75 })

describe('an export', () => {
  it('counts the clips from one and goes never backwards', () => {
    const run = withProgress(withProgress(begun, progress(1, 0.5)), progress(1, 0.2))
    expect(writingNumber(run)).toBe(2)
    expect(run.progress).toBe(0.5)
  })

  it('shows a file as soon as it is there', () => {
    const run = withFile(withProgress(begun, progress(0, 1)), { type: 'export-file', exportId: 1, clip: 0, file: file('/out/1.mp4'), error: null })
    expect(run.items.map(({ state }) => state)).toEqual(['done', 'waiting', 'waiting'])
  })

  it('keeps what was written when it is cancelled, and offers the rest for another try', () => {
    const done = withFile(begun, { type: 'export-file', exportId: 1, clip: 0, file: file('/out/1.mp4'), error: null })
    const run = stoppedRun(withProgress(done, progress(1, 0.5)), null)
    expect(run.items.map(({ state }) => state)).toEqual(['done', 'stopped', 'stopped'])
    expect(unwrittenClips(run).map(({ id }) => Number(id))).toEqual([2, 3])
  })

  it('does not hear of one that runs in another window', () => {
    const follow = ownEvents()
    const ofOther = { type: 'export-file' as const, exportId: 1, clip: 2, file: file('/other/3.mp4'), error: null }
    const events = [progress(2, 0.9), { ...progress(0, 0), exportId: 2 }, ofOther, { ...progress(0, 0.3), exportId: 2 }, { ...ofOther, exportId: 2, clip: 0 }]
    const run = events.reduce((at, event) => follow(at, event), begun)
    expect(run.items.map(({ state }) => state)).toEqual(['done', 'waiting', 'waiting'])
    expect(run.progress).toBeCloseTo(0.1)
  })

  it('reads the report clip by clip when nothing was told in between', () => {
    const run = finishedRun(begun, { files: [file('/out/1.mp4'), file('/out/3.mp4')], failed: [{ clip: sourceOf(clip(2)), error }] })
    expect(run.items.map((item) => item.file?.path ?? item.error?.message)).toEqual(['/out/1.mp4', 'It was changed.', '/out/3.mp4'])
  })

  it('reads it the same when all was told before', () => {
    const told = [file('/out/1.mp4'), null, file('/out/3.mp4')].reduce((run, one, at) => withFile(run, { type: 'export-file', exportId: 1, clip: at, file: one, error: one === null ? error : null }), begun)
    const run = finishedRun(told, { files: [file('/out/1.mp4'), file('/out/3.mp4')], failed: [{ clip: sourceOf(clip(2)), error }] })
    expect(run.items.map(({ state }) => state)).toEqual(['done', 'failed', 'done'])
  })
})

import { describe, expect, it } from 'vitest'
import type { AppEvent } from '../../../electron/contract/events.ts'
import { usualExportChoices } from '../../../electron/contract/export-choices.ts'
import type { ExportedFile } from '../../../electron/contract/exports.ts'
import { VideoId } from '../../../electron/contract/ids.ts'
import type { TrayClip } from '../../../electron/contract/tray.ts'
import { TrayClipId } from '../../../electron/contract/tray.ts'
import type { ExportRun } from './export-run.ts'
import { finishedRun, startedRun, stoppedRun, unwrittenClips, withEvent, writingNumber } from './export-run.ts'
import { sourceOf } from './plan-match.ts'

const clip = (id: number): TrayClip => ({ id: TrayClipId.parse(id), videoId: VideoId.parse(1), videoTitle: 'Film', title: `Clip ${String(id)}`, start: id, end: id + 1, query: null, note: null, framing: null })
const file = (path: string): ExportedFile => ({
  path, mode: 'exact', why: '', start: 1, end: 2, duration: 1, sidecars: [], notes: [], parts: [],
  verified: { frames: 25, expectedFrames: 25, firstFrameMatches: true, lastFrameMatches: true, decodedToTheEnd: true, audioOffset: null, checks: [] },
})
const error = { code: 'CHANGED' as const, message: 'It was changed.', hint: 'Import it again.' }
const wish = { ticket: 'mine', clips: [1, 2, 3].map(clip), folder: '/out', choices: usualExportChoices }
const waits = (exportId: number, before: number, ticket: string | null = null): AppEvent => ({ type: 'export-waits', exportId, before, ticket })
const progress = (at: number, share: number, exportId = 1): AppEvent => ({ type: 'export-progress', exportId, clip: at, clips: 3, progress: share, etaSeconds: 9, frames: Math.round((at + share) * 25), framesOf: 75 })
const wrote = (at: number, path: string | null, exportId = 1): AppEvent => ({ type: 'export-file', exportId, clip: at, file: path === null ? null : file(path), error: path === null ? error : null })
const after = (run: ExportRun, ...events: AppEvent[]): ExportRun => events.reduce(withEvent, run)
const begun = after(startedRun(wish), waits(1, 0, 'mine'))

describe('an export', () => {
  it('counts the clips from one and goes never backwards', () => {
    const run = after(begun, progress(1, 0.5), progress(1, 0.2))
    expect(writingNumber(run)).toBe(2)
    expect(run.progress).toBe(0.5)
    expect([run.frames, run.framesOf]).toEqual([38, 75])
  })

  it('shows a file as soon as it is there', () => {
    const run = after(begun, progress(0, 1), wrote(0, '/out/1.mp4'))
    expect(run.items.map(({ state }) => state)).toEqual(['done', 'waiting', 'waiting'])
  })

  it('keeps what was written when it is cancelled, and offers the rest for another try', () => {
    const run = stoppedRun(after(begun, wrote(0, '/out/1.mp4'), progress(1, 0.5)), null)
    expect(run.items.map(({ state }) => state)).toEqual(['done', 'stopped', 'stopped'])
    expect(unwrittenClips(run).map(({ id }) => Number(id))).toEqual([2, 3])
    expect(after(run, progress(2, 0.9))).toBe(run)
  })

  it('does not hear of others, in this window or another one', () => {
    const run = after(begun, waits(2, 1, 'another'), progress(2, 0.9, 2), wrote(2, '/other/3.mp4', 2), progress(0, 0.3), wrote(0, '/out/1.mp4'))
    expect(run.items.map(({ state }) => state)).toEqual(['done', 'waiting', 'waiting'])
    expect(run.progress).toBeCloseTo(0.1)
  })

  it('waits for those before it, and says for how many', () => {
    const waiting = after(startedRun(wish, 1), waits(7, 2, 'mine'))
    expect([waiting.state, waiting.before]).toEqual(['waiting', 2])
    const next = after(waiting, waits(7, 1), waits(7, 0))
    expect([next.state, next.before]).toEqual(['running', 0])
  })

  it('reads the report clip by clip when nothing was told in between', () => {
    const run = finishedRun(begun, { files: [file('/out/1.mp4'), file('/out/3.mp4')], failed: [{ clip: sourceOf(clip(2)), error }] })
    expect(run.items.map((item) => item.file?.path ?? item.error?.message)).toEqual(['/out/1.mp4', 'It was changed.', '/out/3.mp4'])
  })

  it('reads it the same when all was told before', () => {
    const told = after(begun, wrote(0, '/out/1.mp4'), wrote(1, null), wrote(2, '/out/3.mp4'))
    const run = finishedRun(told, { files: [file('/out/1.mp4'), file('/out/3.mp4')], failed: [{ clip: sourceOf(clip(2)), error }] })
    expect(run.items.map(({ state }) => state)).toEqual(['done', 'failed', 'done'])
  })
})

describe('a reel', () => {
  const reel = { name: 'Best of', crossfadeSeconds: 0, titleCards: false, chapters: true }
  const run = after(startedRun({ ...wish, choices: { ...usualExportChoices, reel } }), waits(1, 0, 'mine'))
  it('is one file of all the clips', () => {
    expect(run.items.map(({ title, clips }) => [title, clips.length])).toEqual([['Best of', 3]])
    expect(after(run, progress(2, 0.5)).items[0]?.state).toBe('writing')
    expect(finishedRun(run, { files: [file('/out/Best of.mp4')], failed: [] }).items.map(({ state }) => state)).toEqual(['done'])
  })

  it('is tried again with all of its clips', () => {
    expect(unwrittenClips(finishedRun(run, { files: [], failed: [{ clip: sourceOf(clip(2)), error }] }))).toHaveLength(3)
  })
})

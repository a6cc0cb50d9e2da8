import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { testStages } from '../pipeline/test-stages.ts'
import { settleVideo } from '../pipeline/video-state.ts'
import { artifactsOf } from './folder.ts'
import { removeVideo } from './removal.ts'
import { addScene, scenesOf } from './scenes.ts'
import { addSegment, segmentsOf } from './speech.ts'
import { addMissingRuns, cancelRuns, stageRunsOf } from './stage-runs.ts'
import { testClock, testLibrary, testMedia, testVideo } from './test-library.ts'
import type { VideoFiles } from './video-files.ts'
import { videoFiles } from './video-files.ts'
import { resolveVideo } from './video-refs.ts'
import { videoList, videoView } from './video-view.ts'
import { changeBadges, durationOf, setDecodedEnd, setPaused, setVideoState, video } from './videos.ts'

let library: Awaited<ReturnType<typeof testLibrary>>
beforeEach(async () => { library = await testLibrary() })
afterEach(() => { library.close() })

const scene = { startPts: 500, endPts: 2500, keyframePts: 500, motion: 0, brightness: 0.5, colours: [] }
const segment = { source: 's', language: 'en', startSeconds: 0, endSeconds: 1, text: 'hello', words: [] }

describe('the videos of a library', () => {
  it('come back as they were stored', () => {
    const id = testVideo(library, 'Lighthouse', '/v/l.mp4')
    expect(video(library.db, id)).toMatchObject({
      id, path: '/v/l.mp4', sizeBytes: 1000, modifiedMs: 1.5, title: 'Lighthouse', media: testMedia, endPts: null, badges: [],
      state: 'queued', error: null, wantsFirstLook: false, isPaused: false,
    })
  })

  it('are as long as the container says until the decoded end is known', () => {
    const id = testVideo(library)
    const length = () => durationOf(video(library.db, id)!)
    expect(length()).toBe(10)
    setDecodedEnd(library.db, id, 9500)
    expect(length()).toBe(9) // 9500 is 9 s after the first picture at 500
  })

  it('keep the badges that a change does not name', () => {
    const id = testVideo(library)
    changeBadges(library.db, id, { VFR: true, HDR: true })
    changeBadges(library.db, id, { HDR: false, TRUNCATED: true })
    expect(video(library.db, id)?.badges).toEqual(['VFR', 'TRUNCATED'])
  })

  it('are listed with their stages, and what waits under a pause is called paused', () => {
    const id = testVideo(library)
    addMissingRuns(library.db, 'scan', 1)
    addMissingRuns(library.db, 'probe', 1)
    const states = () => videoList(library.db, false)[0]?.stages.map(({ name, state }) => `${name} ${state}`)
    expect(states()).toEqual(['probe pending', 'scan pending'])
    setPaused(library.db, id, true)
    expect(states()).toEqual(['probe paused', 'scan paused'])
    expect(videoView(library.db, id, true)?.stages[0]?.state).toBe('paused')
  })
})

describe('a video named by a person', () => {
  it('is found by its number, its path, its title and a part of its title', () => {
    const a = testVideo(library, 'Harbour at dawn', '/v/a.mp4')
    const b = testVideo(library, 'Harbour', '/v/b.mp4')
    const of = (ref: string) => resolveVideo(library.db, ref).id
    expect([of(String(a)), of('/v/b.mp4'), of('dawn'), of('HARBOUR')]).toEqual([a, b, a, b])
    expect(resolveVideo(library.db, b).id).toBe(b)
  })

  it('is found by the name of its file, and by a path that leads to it over a link', () => {
    const place = realpathSync(mkdtempSync(path.join(tmpdir(), 'scenedex-named-')))
    writeFileSync(path.join(place, 'film.mp4'), '')
    symlinkSync(path.join(place, 'film.mp4'), path.join(place, 'link.mp4'))
    const id = testVideo(library, 'Another title', path.join(place, 'film.mp4'))
    try {
      expect([resolveVideo(library.db, 'film.mp4').id, resolveVideo(library.db, path.join(place, 'link.mp4')).id]).toEqual([id, id])
      expect(() => resolveVideo(library.db, 'ilm.mp4')).toThrow(expect.objectContaining({ code: 'NOTHING_TO_DO' }))
    } finally {
      rmSync(place, { recursive: true })
    }
  })

  it('is asked for again when it may be several, and when it is none', () => {
    const a = testVideo(library, 'Harbour one')
    const b = testVideo(library, 'Harbour two')
    expect(() => resolveVideo(library.db, 'harbour')).toThrow(expect.objectContaining({ code: 'USAGE', message: `"harbour" may mean 2 videos: ${a} (Harbour one), ${b} (Harbour two).` }))
    expect(() => resolveVideo(library.db, 'boat')).toThrow(expect.objectContaining({ code: 'NOTHING_TO_DO', message: 'There is no video "boat" in the library.' }))
    expect(() => resolveVideo(library.db, '99')).toThrow(expect.objectContaining({ code: 'NOTHING_TO_DO' }))
  })
})

describe('the files of videos', () => {
  const file = { path: '/v/a.mp4', identity: 'content-a', sizeBytes: 5, modifiedMs: 7.25 }
  const files = (): VideoFiles => videoFiles(library, testClock, (id) => { settleVideo(library.db, testStages(), id) })

  it('are found by content and by path, and one content is there once', () => {
    const id = files().add({ ...file, title: 'A', wantsFirstLook: true })
    expect(files().findByIdentity('content-a')).toEqual({ id, state: 'queued', ...file })
    expect(files().findByPath('/v/a.mp4')).toEqual([{ id, state: 'queued', ...file }])
    expect(files().findByPath('/v/b.mp4')).toEqual([])
    expect(files().all()).toHaveLength(1)
    expect(video(library.db, id)?.wantsFirstLook).toBe(true)
    expect(() => files().add({ ...file, path: '/other', title: 'A', wantsFirstLook: false })).toThrow(/UNIQUE/)
  })

  it('may move: the video is again what it was before it went missing', () => {
    const id = files().add({ ...file, title: 'A', wantsFirstLook: false })
    addMissingRuns(library.db, 'probe', 1)
    library.db.run(`UPDATE stage_run SET state = 'done'`)
    setVideoState(library.db, id, { state: 'ready', error: null })
    files().markMissing(id)
    expect(video(library.db, id)).toMatchObject({ state: 'missing', error: { code: 'OFFLINE' } })
    files().pointTo(id, { ...file, path: '/w/a.mp4' })
    expect(video(library.db, id)).toMatchObject({ state: 'ready', error: null, path: '/w/a.mp4', sizeBytes: 5, modifiedMs: 7.25 })
  })

  it('may move after it was cancelled: it is not waited for again', () => {
    const id = files().add({ ...file, title: 'A', wantsFirstLook: false })
    addMissingRuns(library.db, 'probe', 1)
    cancelRuns(library.db, id, 1)
    files().markMissing(id)
    files().pointTo(id, { ...file, path: '/w/a.mp4' })
    expect(video(library.db, id)).toMatchObject({ state: 'failed', error: { code: 'CANCELLED' } })
  })

  it('may hold other content: nothing that was found in the old one is left, and everything runs again', () => {
    const id = testVideo(library)
    addMissingRuns(library.db, 'scan', 1)
    library.db.run(`UPDATE stage_run SET state = 'done', progress = 1, position = 'x'`)
    addScene(library.db, id, scene)
    addSegment(library.db, id, segment)
    mkdirSync(artifactsOf(library.paths, id))
    files().together(() => {
      files().markChanged(id, { ...file, identity: 'content-b' })
    })
    expect(existsSync(artifactsOf(library.paths, id))).toBe(false)
    expect(video(library.db, id)).toMatchObject({ identity: 'content-b', media: null, endPts: null, badges: ['CHANGED'], state: 'queued' })
    expect([scenesOf(library.db, id), segmentsOf(library.db, id)]).toEqual([[], []])
    expect(stageRunsOf(library.db, id)).toMatchObject([{ stage: 'scan', state: 'pending', position: null, progress: 0 }])
  })

  it('change together or not at all', () => {
    expect(() => files().together(() => {
      files().add({ ...file, title: 'A', wantsFirstLook: false })
      throw new Error('no')
    })).toThrow('no')
    expect(files().all()).toEqual([])
  })
})

describe('a video that is removed', () => {
  it('goes with all that was found in it and its artifacts, and its own file stays', async () => {
    const own = path.join(library.folder, 'own.mp4')
    writeFileSync(own, 'mine')
    const [gone, kept] = [testVideo(library, 'Gone', own), testVideo(library, 'Kept')]
    for (const id of [gone, kept]) {
      addScene(library.db, id, scene)
      addSegment(library.db, id, segment)
      mkdirSync(artifactsOf(library.paths, id))
      writeFileSync(path.join(artifactsOf(library.paths, id), 'keyframe-500.webp'), 'x'.repeat(100))
    }
    addMissingRuns(library.db, 'scan', 1)
    expect(await removeVideo(library, gone)).toBe(100)
    expect(await removeVideo(library, gone)).toBeNull()
    expect([existsSync(own), existsSync(artifactsOf(library.paths, gone)), existsSync(artifactsOf(library.paths, kept))]).toEqual([true, false, true])
    expect([scenesOf, segmentsOf, stageRunsOf].map((of) => [of(library.db, gone).length, of(library.db, kept).length])).toEqual([[0, 1], [0, 1], [0, 1]])
    expect(testVideo(library, 'Next')).toBe(kept + 1)
  })
})

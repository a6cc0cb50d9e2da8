import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { SceneId, VideoId } from '../../contract/ids.ts'
import { VideoId as VideoIdShape } from '../../contract/ids.ts'
import { addScene } from './scenes.ts'
import { addMissingRuns } from './stage-runs.ts'
import { testLibrary, testMedia, testVideo } from './test-library.ts'
import { framesOf, videoCards } from './video-cards.ts'
import { addVideo, changeBadges, setDecodedEnd, setFacts, setPaused, setVideoState, video } from './videos.ts'
import { videoList, videoView } from './video-view.ts'

let library: Awaited<ReturnType<typeof testLibrary>>
beforeEach(async () => { library = await testLibrary() })
afterEach(() => { library.close() })

function scene(id: VideoId, startPts: number, look: { keyframePts?: number | null, brightness?: number } = {}): SceneId {
  const { keyframePts = startPts, brightness = 0.5 } = look
  return addScene(library.db, id, { startPts, endPts: startPts + 1000, keyframePts, motion: 0, brightness, colours: [] })
}

const cardOf = (id: VideoId) => videoCards(library.db, [id])[0]!

describe('the cards of videos', () => {
  it('say the same of a video as its whole view', () => {
    const { db } = library
    const id = testVideo(library, 'A day at sea')
    for (const stage of ['speech', 'probe', 'scan'] as const) addMissingRuns(db, stage, 1)
    db.run(`UPDATE stage_run SET progress = 0.5, state = 'running' WHERE stage = 'scan'`)
    setDecodedEnd(db, id, 9500)
    const [view, record] = [videoView(db, id, false)!, video(db, id)!]
    expect(cardOf(id)).toMatchObject({
      id, title: view.title, path: view.path, duration: view.duration, state: view.state, paused: false, badges: view.badges, error: view.error,
      coverage: view.stages.map(({ name, state, progress }) => ({ stage: name, state, progress })),
      sizeBytes: record.sizeBytes, addedMs: record.addedMs, width: 640, height: 360, poster: null,
    })
  })

  it('know nothing of a video that was not probed', () => {
    const id = addVideo(library.db, { path: '/v', identity: 'v', sizeBytes: 1, modifiedMs: 1, title: 'v', wantsFirstLook: false, addedMs: 1 })
    expect(cardOf(id)).toMatchObject({ duration: null, width: null, height: null, recordedAt: null, poster: null, coverage: [] })
  })

  it('give the size as it is shown: upright and with square pixels', () => {
    const id = testVideo(library)
    setFacts(library.db, id, { ...testMedia, recordedAt: '2024-05-01T10:00:00Z', picture: { ...testMedia.picture, width: 720, height: 576, sampleAspect: { num: 16, den: 15 }, rotationDegrees: 90 } })
    expect(cardOf(id)).toMatchObject({ width: 576, height: 768, recordedAt: '2024-05-01T10:00:00Z' })
  })

  it('name those asked for, without those that are gone', () => {
    const [a, , c] = ['a', 'b', 'c'].map((title) => testVideo(library, title))
    expect(videoCards(library.db, [c!, a!, VideoIdShape.parse(99)]).map(({ id }) => id)).toEqual([a, c])
    expect(videoCards(library.db, [])).toEqual([])
    expect(videoCards(library.db, null)).toHaveLength(3)
  })
})

it('the list of all videos says the same of each one as its own view', () => {
  const { db } = library
  const [known, decoded, failed] = ['known', 'decoded', 'failed'].map((title) => testVideo(library, title))
  addVideo(db, { path: '/v', identity: 'v', sizeBytes: 1, modifiedMs: 1, title: 'not probed', wantsFirstLook: false, addedMs: 1 })
  setFacts(db, decoded!, { ...testMedia, picture: { ...testMedia.picture, timeBase: { num: 1001, den: 30_000 }, startPts: 7 } })
  setDecodedEnd(db, decoded!, 2345)
  for (const stage of ['speech', 'probe', 'scan'] as const) addMissingRuns(db, stage, 1)
  setVideoState(db, failed!, { state: 'failed', error: { code: 'DECODE_FAILED', message: 'm', hint: 'h' } })
  changeBadges(db, known!, { CHANGED: true })
  setPaused(db, known!, true)
  db.run(`UPDATE stage_run SET state = 'done', progress = 1, attempts = 2, note = 'n', work_seconds = 0.3 WHERE stage = 'probe'`)
  expect(videoList(db, false)).toEqual(videoList(db, false).map(({ id }) => videoView(db, id, false)))
  expect(videoList(db, true)).toHaveLength(4)
})

describe('the poster of a video', () => {
  it('is a key frame of its first scenes that is neither dark nor burnt out', () => {
    const id = testVideo(library)
    scene(id, 500, { brightness: 0.02 })
    scene(id, 1500, { brightness: 0.98 })
    const bright = scene(id, 2500, { brightness: 0.4 })
    scene(id, 3500, { brightness: 0.5 })
    expect(cardOf(id).poster).toBe(bright)
  })

  it('is the first key frame where all are dark, and none where there is no key frame', () => {
    const [dark, without] = [testVideo(library, 'dark'), testVideo(library, 'without')]
    scene(dark, 500, { keyframePts: null })
    const first = scene(dark, 1500, { brightness: 0.01 })
    scene(dark, 2500, { brightness: 0.05 })
    scene(without, 500, { keyframePts: null })
    expect([cardOf(dark).poster, cardOf(without).poster]).toEqual([first, null])
  })

  it('follows when the scenes are made anew', () => {
    const id = testVideo(library)
    const before = scene(id, 500)
    const after = scene(id, 500)
    expect(after).not.toBe(before)
    expect(cardOf(id).poster).toBe(after)
  })
})

describe('the key frames of a video', () => {
  it('come in the order of time, in seconds from the first picture', () => {
    const id = testVideo(library)
    const [later, first] = [scene(id, 2500, { keyframePts: 2700 }), scene(id, 500)]
    scene(id, 1500, { keyframePts: null })
    expect(framesOf(library.db, id, 10)).toEqual([{ sceneId: first, at: 0 }, { sceneId: later, at: 2.2 }])
  })

  it('are spread evenly when there are more than asked for, with the first one among them', () => {
    const id = testVideo(library)
    for (let at = 0; at < 100; at++) scene(id, 500 + at * 1000)
    expect(framesOf(library.db, id, 5).map(({ at }) => at)).toEqual([0, 20, 40, 60, 80])
  })
})

it('the cards read the scenes of each video through the index, and every table but the videos not more often than once', () => {
  const asked: string[] = []
  const db = { ...library.db, all: <Row>(sql: string, row: z.ZodType<Row>, params = {}): Row[] => {
    asked.push(sql)
    return library.db.all(sql, row, params)
  } }
  videoCards(db, null)
  expect(asked).toHaveLength(2)
  const plan = asked.flatMap((sql) => library.db.all(`EXPLAIN QUERY PLAN ${sql}`, z.object({ detail: z.string() })).map(({ detail }) => detail))
  expect(plan.filter((step) => step.startsWith('SCAN') && !step.includes('subquery'))).toEqual(['SCAN stage_run', 'SCAN video'])
  expect(plan).toContainEqual(expect.stringMatching(/^SEARCH scene USING INDEX \S+ \(video_id=\?\)$/))
})

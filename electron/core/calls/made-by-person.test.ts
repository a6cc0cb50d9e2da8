import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sqlite } from '../../../native/sqlite/open.ts'
import type { AppEvent } from '../../contract/events.ts'
import { SceneId, VideoId } from '../../contract/ids.ts'
import type { NewTrayClip } from '../../contract/tray.ts'
import { TrayClipId } from '../../contract/tray.ts'
import { realTools } from '../../hosts/real-tools.ts'
import { createApp } from '../app.ts'
import type { App } from '../handlers.ts'
import type { Library } from '../store/database.ts'
import { openLibrary } from '../store/database.ts'
import { addFrame, addScene } from '../store/scenes.ts'
import { testClock, testFolder, testMedia, testVideo } from '../store/test-library.ts'
import { setFacts } from '../store/videos.ts'

const never = { signal: new AbortController().signal }

let folder: string
let app: App
let library: Library
let video: VideoId
let events: AppEvent[]

beforeEach(async () => {
  folder = testFolder()
  events = []
  app = await createApp({ folder, access: 'write', tools: realTools(folder) })
  app.subscribe((event) => { events.push(event) })
  library = await openLibrary(folder, sqlite, testClock)
  video = testVideo(library, 'A day at sea') // of ten seconds
})
afterEach(async () => {
  library.close()
  await app.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('the tray', () => {
  const add = async (...clips: NewTrayClip[]) => app.handlers['tray.add']({ clips, position: null }, never)

  test('names a clip after its video and where it begins', async () => {
    const { clips } = await add({ videoId: video, start: 2.5, end: 4 })
    expect(clips).toMatchObject([{ videoId: video, videoTitle: 'A day at sea', title: 'A day at sea 00.02', start: 2.5, end: 4 }])
  })

  test('cuts a clip at the end of its video, and refuses one that lies behind it or ends before it begins', async () => {
    expect((await add({ videoId: video, start: 9, end: 99 })).clips).toMatchObject([{ start: 9, end: 10 }])
    await expect(add({ videoId: video, start: 10, end: 11 })).rejects.toMatchObject({ code: 'USAGE' })
    await expect(add({ videoId: video, start: 5, end: 5 })).rejects.toMatchObject({ code: 'USAGE' })
    const [clip] = (await app.handlers['tray.list']({}, never)).clips
    await expect(app.handlers['tray.change']({ id: clip!.id, end: 1 }, never)).rejects.toMatchObject({ code: 'USAGE' })
  })

  test('takes all clips of a call or none', async () => {
    await expect(add({ videoId: video, start: 1, end: 2 }, { videoId: VideoId.parse(99), start: 1, end: 2 })).rejects.toMatchObject({ code: 'NOTHING_TO_DO' })
    expect((await app.handlers['tray.list']({}, never)).clips).toEqual([])
  })

  test('tells everybody of each change, with the whole tray', async () => {
    const { clips } = await add({ videoId: video, start: 1, end: 2 }, { videoId: video, start: 3, end: 4 })
    const ids = clips.map(({ id }) => id)
    await app.handlers['tray.order']({ ids: ids.toReversed() }, never)
    const after = await app.handlers['tray.remove']({ ids: [ids[0]!] }, never)
    const told = events.filter((event) => event.type === 'tray-changed')
    expect(told.map(({ tray }) => tray.clips.map(({ id }) => id))).toEqual([ids, ids.toReversed(), [ids[1]]])
    expect(told.at(-1)?.tray).toEqual(after)
    await expect(app.handlers['tray.change']({ id: TrayClipId.parse(99), end: 1 }, never)).rejects.toMatchObject({ code: 'NOTHING_TO_DO' })
  })
})

describe('searches and settings', () => {
  test('are told of when they change, without spaces around them', async () => {
    const saved = await app.handlers['searches.save']({ name: ' Boats ', query: ' boat  OR ship ' }, never)
    expect(saved.saved).toMatchObject([{ name: 'Boats', query: 'boat  OR ship' }])
    await app.handlers['searches.used']({ query: ' boat ' }, never)
    await app.handlers['settings.change']({ theme: 'light' }, never)
    expect(events.slice(-2)).toMatchObject([{ type: 'searches-changed', searches: { recent: ['boat'] } }, { type: 'settings-changed', settings: { theme: 'light', cores: null } }])
    expect((await app.handlers['network.log']({}, never))).toEqual({ allowed: true, requests: [] })
  })

  test('that are only spaces are refused, and not remembered', async () => {
    await expect(app.handlers['searches.save']({ name: '  ', query: 'boat' }, never)).rejects.toMatchObject({ code: 'USAGE' })
    expect((await app.handlers['searches.used']({ query: '  ' }, never)).recent).toEqual([])
  })
})

describe('where media lie', () => {
  test('is told of a video and of the key frame of a scene, and not of what is not there', async () => {
    const scene = addScene(library.db, video, { startPts: 500, endPts: 900, keyframePts: 600, motion: 0, brightness: 0, colours: [] })
    const bare = addScene(library.db, video, { startPts: 900, endPts: 1000, keyframePts: null, motion: 0, brightness: 0, colours: [] })
    setFacts(library.db, video, { ...testMedia, container: 'mov,mp4,m4a,3gp,3g2,mj2' })
    const locate = app.handlers['media.locate']
    expect(await locate({ kind: 'video', video }, never)).toEqual({ path: '/videos/A day at sea.mp4', contentType: 'video/mp4' })
    expect(await locate({ kind: 'frame', scene }, never)).toEqual({ path: path.join(folder, 'artifacts', String(video), 'keyframe-600.webp'), contentType: 'image/webp' })
    addFrame(library.db, video, { sceneId: scene, pts: 800 })
    const pictureAt = async (atMs: number): Promise<string> => path.basename((await locate({ kind: 'picture', video, atMs }, never)).path)
    expect([await pictureAt(0), await pictureAt(190), await pictureAt(210), await pictureAt(90_000)]).toEqual(['keyframe-600.webp', 'keyframe-600.webp', 'keyframe-800.webp', 'keyframe-800.webp'])
    for (const wanted of [{ kind: 'video', video: VideoId.parse(99) }, { kind: 'picture', video: VideoId.parse(99), atMs: 0 }, { kind: 'frame', scene: SceneId.parse(99) }, { kind: 'frame', scene: bare }] as const) {
      await expect(locate(wanted, never)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    }
  })
})

describe('the facts of a library', () => {
  test('count what is there, what it takes on the disk and what is left of that', async () => {
    addScene(library.db, video, { startPts: 500, endPts: 900, keyframePts: 600, motion: 0, brightness: 0, colours: [] })
    mkdirSync(path.join(folder, 'artifacts', String(video)))
    writeFileSync(path.join(folder, 'artifacts', String(video), 'keyframe-600.webp'), Buffer.alloc(1234))
    const facts = await app.handlers['library.facts']({}, never)
    expect(facts).toMatchObject({ folder, videos: 1, scenes: 1, seconds: 10, artifactBytes: 1234 })
    expect(Math.min(facts.databaseBytes, facts.freeBytes, facts.cores)).toBeGreaterThan(0)
    expect(facts.version).toMatch(/^\d+\.\d+\.\d+$/)
    expect((await app.handlers['library.details']({ video }, never)).artifactBytes).toBe(1234)
  })
})

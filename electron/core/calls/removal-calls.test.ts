import { existsSync, rmSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { mediaFolder, plainVideo } from '../../../e2e/fixtures/make-media.ts'
import { sqlite } from '../../../native/sqlite/open.ts'
import type { AppEvent } from '../../contract/events.ts'
import { VideoId } from '../../contract/ids.ts'
import { realTools } from '../../hosts/real-tools.ts'
import { createApp } from '../app.ts'
import type { App } from '../handlers.ts'
import { aged } from '../import/test-folder.ts'
import { openLibrary } from '../store/database.ts'
import { testClock, testFolder, testVideo } from '../store/test-library.ts'

const never = { signal: new AbortController().signal }

let folder: string
let app: App
let events: AppEvent[]

async function open(): Promise<void> {
  app = await createApp({ folder, access: 'write', tools: realTools(folder) })
  app.subscribe((event) => { events.push(event) })
}

beforeEach(async () => {
  folder = testFolder()
  events = []
  await open()
})
afterEach(async () => {
  await app.close()
  rmSync(folder, { recursive: true, force: true })
})

const told = (type: AppEvent['type']): number => events.filter((event) => event.type === type).length
const scenesOf = async (video: VideoId) => app.handlers['library.scenes']({ video }, never)
const remove = async (video: VideoId) => app.handlers['library.remove']({ video, canBeUndone: true }, never)

async function manyVideos(count: number): Promise<VideoId[]> {
  const library = await openLibrary(folder, sqlite, testClock)
  const ids = library.db.transaction(() => Array.from({ length: count }, (_, at) => testVideo(library, `Video ${at}`)))
  library.close()
  return ids
}

describe('removing a video so that it can be undone', () => {
  const media = mediaFolder('removal')
  const file = path.join(media.folder, 'plain.mp4')

  test('takes it out, leaves its file, and puts all back, also after a restart and by importing the file again', async () => {
    plainVideo(file)
    aged(file)
    const { added } = await app.handlers['library.import']({ paths: [file], fast: false }, never)
    const id = added[0]!.id
    await app.handlers['jobs.idle']({ videos: [], until: 'done' }, never)
    await app.handlers['tray.add']({ clips: [{ videoId: id, start: 0.5, end: 1 }], position: null }, never)
    const before = await scenesOf(id)
    const keyframe = path.join(folder, before.scenes[0]!.keyframe!.file)
    expect(existsSync(keyframe)).toBe(true)

    const { freedBytes } = await remove(id)
    expect(freedBytes).toBeGreaterThan(0)
    expect([existsSync(file), existsSync(keyframe)]).toEqual([true, false])
    expect((await app.handlers['tray.list']({}, never)).clips).toEqual([])
    await expect(scenesOf(id)).rejects.toMatchObject({ code: 'NOTHING_TO_DO' })

    await app.close()
    await open()
    expect((await app.handlers['library.removed']({}, never)).videos).toMatchObject([{ id, title: 'plain' }])
    expect(await app.handlers['library.restore']({ videos: [id, VideoId.parse(99)] }, never)).toEqual({ restored: [id] })
    expect(await scenesOf(id)).toEqual(before)
    expect(existsSync(keyframe)).toBe(true)
    expect((await app.handlers['tray.list']({}, never)).clips).toMatchObject([{ videoId: id, start: 0.5, end: 1 }])

    await remove(id)
    expect(await app.handlers['library.import']({ paths: [file], fast: false }, never)).toMatchObject({ added: [{ id, path: file }], known: [] })
    expect(await scenesOf(id)).toEqual(before)
    media.remove()
  })

  test('of two hundred one after the other does not make anybody ask for all videos two hundred times', async () => {
    const ids = await manyVideos(200)
    const begun = performance.now()
    for (const id of ids.slice(1)) await remove(id)
    const before = told('library-changed')
    await remove(ids[0]!)
    // Also of the last one it is told.
    await expect.poll(() => told('library-changed')).toBeGreaterThan(before)
    expect(told('library-changed')).toBeLessThanOrEqual(2 + (performance.now() - begun) / 300)
    expect((await app.handlers['library.restore']({ videos: ids }, never)).restored).toEqual(ids)
  })

  test('for good leaves nothing to put back', async () => {
    const [id] = await manyVideos(1)
    await app.handlers['library.remove']({ video: id!, canBeUndone: false }, never)
    expect((await app.handlers['library.removed']({}, never)).videos).toEqual([])
    expect(await app.handlers['library.restore']({ videos: [id!] }, never)).toEqual({ restored: [] })
  })

  test('stops a piece of its proxy that is being made, and leaves nothing of it', async () => {
    const own = mediaFolder('removal-proxy')
    const watched = path.join(own.folder, 'plain.mp4')
    plainVideo(watched)
    aged(watched)
    const { added } = await app.handlers['library.import']({ paths: [watched], fast: false }, never)
    const id = added[0]!.id
    await app.handlers['jobs.idle']({ videos: [], until: 'done' }, never)
    const begun = new Promise<void>((resolve) => { app.subscribe(({ type }) => { if (type === 'proxy-progress') resolve() }) })
    const refused = expect(app.handlers['player.proxy']({ video: id, at: 0 }, never)).rejects.toMatchObject({ code: 'NOTHING_TO_DO' })
    await begun
    await app.handlers['library.remove']({ video: id, canBeUndone: false }, never)
    await refused
    expect(existsSync(path.join(folder, 'artifacts', String(id)))).toBe(false)
    own.remove()
  })
})

import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sqlite } from '../../../native/sqlite/open.ts'
import type { AppEvent } from '../../contract/events.ts'
import type { ModelState } from '../../contract/models.ts'
import { realTools } from '../../hosts/real-tools.ts'
import { createApp } from '../app.ts'
import type { App } from '../handlers.ts'
import type { TestHub, Trick } from '../models/install/test-hub.ts'
import { hubFiles, networkWith, seededBytes, testHub, testSpec } from '../models/install/test-hub.ts'
import { noInference } from '../models/install/test-install.ts'
import type { Catalog } from '../models/model-spec.ts'
import type { Network } from '../ports.ts'
import { openLibrary } from '../store/database.ts'
import { takeModel } from '../store/model-locks.ts'
import { addScene } from '../store/scenes.ts'
import { testClock, testFolder, testVideo } from '../store/test-library.ts'
import { putVector } from '../store/vectors.ts'
import type { AppTools } from './context.ts'

const shared = process.env['SCENEDEX_SHARED'] ?? path.join(import.meta.dirname, '..', '..', '..', '..', 'shared')
const never = { signal: new AbortController().signal }
const files = { 'weights.bin': seededBytes(300_000, 1) }
const ears = { 'ears.bin': seededBytes(2000, 2) }
const catalog: Catalog = {
  updated: '2026-11-21',
  models: [testSpec('talker', files, { requires: ['ears'] }), testSpec('ears', ears, { task: 'voice', title: 'Ears', tier: null })],
}

let folder: string
let hub: TestHub
let apps: App[]
let events: AppEvent[]
beforeEach(async () => {
  folder = testFolder()
  events = []
  apps = []
  hub = await testHub({ ...hubFiles('talker', files), ...hubFiles('ears', ears) })
})
afterEach(async () => {
  await Promise.all(apps.map(({ close }) => close()))
  await hub.close()
  rmSync(folder, { recursive: true, force: true })
})

async function open(change: Partial<AppTools> = {}): Promise<App> {
  const network: Network = networkWith({ 'huggingface.co': hub })
  const real = realTools(folder)
  const app = await createApp({ folder, access: 'write', tools: { ...real, network, catalog, inference: { ...real.inference, ...noInference() }, ...change } })
  app.subscribe((event) => { events.push(event) })
  apps.push(app)
  return app
}

/** Sends the weights so slowly that there is a middle to do something in. */
const slowly: Trick = (request, response, file) => {
  if (request.url !== '/talker/weights.bin' || file === undefined) return false
  const range = /(\d+)-(\d+)/.exec(request.headers.range ?? '')
  response.writeHead(206, { 'content-range': `bytes ${range?.[1]}-${Number(range?.[2])}/${file.length}` })
  response.write(file.subarray(Number(range?.[1]), Number(range?.[1]) + 1000))
  return true
}

const install = (app: App, id = 'talker', signal = never.signal) => app.handlers['models.install']({ id, variants: null }, { signal })
const stateOf = async (app: App, id = 'talker'): Promise<ModelState> => (await app.handlers['models.overview']({}, never)).models.find((model) => model.id === id)!.state

async function until(app: App, is: (state: ModelState) => boolean): Promise<void> {
  while (!is(await stateOf(app))) await sleep(20)
}
const isFetching = (state: ModelState): boolean => state.kind === 'installing' && state.phase === 'fetching' && state.doneBytes > 0

describe('without any model', () => {
  test('each task says what it would add, what to install and how large that is', async () => {
    const app = await open()
    const library = await openLibrary(folder, sqlite, testClock)
    testVideo(library)
    library.close()
    const { tasks, models, networkAllowed, folder: shown } = await app.handlers['models.overview']({}, never)
    expect(tasks.map(({ task, state, waiting, done }) => [task, state, waiting, done])).toEqual([['pictures', 'missing', 1, 0], ['speech', 'missing', 1, 0], ['text', 'missing', 1, 0]])
    expect(tasks[1]).toMatchObject({ offer: { id: 'talker', bytes: 302_000 }, hint: 'Install "Test model talker": scenedex models install talker' })
    expect(tasks[0]).toMatchObject({ offer: null })
    expect(models).toMatchObject([{ id: 'talker', state: { kind: 'not-installed' }, downloadBytes: 300_000, requires: ['ears'], isChosen: false }, { id: 'ears', task: 'voice' }])
    expect([networkAllowed, shown]).toEqual([true, path.join(folder, 'models')])
  })
})

describe('an install', () => {
  test('is planned without asking anybody, brings what it requires, and is told of', async () => {
    const app = await open()
    const plan = await app.handlers['models.plan']({ id: 'talker', variants: null }, never)
    expect(plan).toMatchObject({ totalBytes: 302_000, toFetchBytes: 302_000, isEnoughRoom: true, hosts: ['huggingface.co'], models: [{ id: 'ears', bytes: 2000 }, { id: 'talker', bytes: 300_000, licence: 'MIT' }] })
    expect(hub.requests).toEqual([])
    const card = await install(app)
    expect(card).toMatchObject({ id: 'talker', isChosen: true, state: { kind: 'installed', bytes: 300_000, variant: 'fp32', from: 'network', measures: [{ itemsPerSecond: 10 }] } })
    expect(await stateOf(app, 'ears')).toMatchObject({ kind: 'installed' })
    const told = events.flatMap((event) => event.type === 'models-changed' ? [event.models.models[0]!.state.kind] : [])
    expect(told.at(-1)).toBe('installed')
    const after = await app.handlers['models.plan']({ id: 'talker', variants: null }, never)
    expect(after).toMatchObject({ totalBytes: 0, toFetchBytes: 0, hosts: [] })
    expect((await app.handlers['network.log']({}, never)).requests).toHaveLength(2)
  })

  test('goes on when nobody waits any more, and a second one waits for it', async () => {
    hub.trick = slowly
    const app = await open()
    const leave = new AbortController()
    const left = install(app, 'talker', leave.signal)
    await until(app, isFetching)
    leave.abort(new Error('gone'))
    await expect(left).rejects.toThrow('gone')
    const second = expect(install(app)).rejects.toMatchObject({ code: 'CANCELLED' })
    expect(await stateOf(app)).toMatchObject({ kind: 'installing', phase: 'fetching', totalBytes: 300_000 })
    await app.handlers['models.cancel']({ id: 'talker', discard: false }, never)
    await second
  })

  test('that was cancelled keeps what came, also when the app was closed, and goes on from there', async () => {
    hub.trick = slowly
    const app = await open()
    const waiting = install(app)
    const failed = expect(waiting).rejects.toMatchObject({ code: 'CANCELLED' })
    await until(app, isFetching)
    await app.close()
    await failed
    apps = []
    hub.trick = null
    const again = await open()
    const state = await stateOf(again)
    expect(state).toMatchObject({ kind: 'partial', totalBytes: 300_000, error: null })
    const doneBytes = state.kind === 'partial' ? state.doneBytes : 0
    expect(doneBytes).toBeGreaterThan(0)
    expect((await again.handlers['models.plan']({ id: 'talker', variants: null }, never)).toFetchBytes).toBe(300_000 - doneBytes)
    expect(await install(again)).toMatchObject({ state: { kind: 'installed' } })
  })

  test('that is thrown away leaves nothing', async () => {
    hub.trick = slowly
    const app = await open()
    const failed = expect(install(app)).rejects.toMatchObject({ code: 'CANCELLED' })
    await until(app, isFetching)
    await app.handlers['models.cancel']({ id: 'talker', discard: true }, never)
    await failed
    expect(readdirSync(path.join(folder, 'models'))).toEqual(['ears'])
    expect(await stateOf(app)).toEqual({ kind: 'not-installed' })
  })

  test('is not begun with the network switched off, and stops when it is switched off', async () => {
    hub.trick = slowly
    const app = await open()
    await app.handlers['settings.change']({ networkAllowed: false }, never)
    await expect(install(app)).rejects.toMatchObject({ code: 'NETWORK_OFF', message: 'The network is switched off in the settings.' })
    expect(hub.requests).toEqual([])
    await app.handlers['settings.change']({ networkAllowed: true }, never)
    const failed = expect(install(app)).rejects.toMatchObject({ code: 'NETWORK_OFF' })
    await until(app, isFetching)
    await app.handlers['settings.change']({ networkAllowed: false }, never)
    await failed
    expect(await stateOf(app)).toMatchObject({ kind: 'partial', error: { code: 'NETWORK_OFF' } })
  })

  test('asks the mirror that the person has named, and the hub for what that does not have', async () => {
    const mirror = await testHub(hubFiles('ears', ears))
    try {
      const app = await open()
      await app.handlers['settings.change']({ modelMirror: mirror.origin }, never)
      expect((await app.handlers['models.plan']({ id: 'talker', variants: null }, never))).toMatchObject({ hosts: [mirror.host], otherHosts: ['huggingface.co'] })
      await install(app)
      expect(mirror.requests.map(({ url }) => url)).toEqual(['/ears/ears.bin', '/talker/weights.bin'])
      expect(new Set(hub.requests.map(({ url }) => url))).toEqual(new Set(['/talker/weights.bin']))
    } finally {
      await mirror.close()
    }
  })

  test('that another Scenedex has begun is waited for, and not done twice', async () => {
    const [one, two] = [await open(), await open()]
    const cards = await Promise.all([install(one, 'ears'), install(two, 'ears')])
    expect(cards).toMatchObject([{ state: { kind: 'installed' } }, { state: { kind: 'installed' } }])
    expect(hub.sentBytes).toBe(2000)
  })

  test('that another process is at work on is neither stopped nor removed from here, and that is said', async () => {
    const app = await open()
    const library = await openLibrary(folder, sqlite, testClock)
    takeModel(library.db, 'talker', { self: { pid: process.ppid, host: hostname(), token: 'another', heartbeatMs: Date.now() }, isAtWork: () => false })
    library.close()
    const busy = { code: 'LIBRARY_BUSY', message: 'Another Scenedex is at work on "talker".' }
    for (const discard of [true, false]) await expect(app.handlers['models.cancel']({ id: 'talker', discard }, never)).rejects.toMatchObject(busy)
    await expect(app.handlers['models.remove']({ id: 'talker', vectors: false }, never)).rejects.toMatchObject(busy)
  })

  test('that was begun is removed like one that is here', async () => {
    hub.trick = slowly
    const app = await open()
    const failed = expect(install(app)).rejects.toMatchObject({ code: 'CANCELLED' })
    await until(app, isFetching)
    await app.handlers['models.cancel']({ id: 'talker', discard: false }, never)
    await failed
    expect((await app.handlers['models.remove']({ id: 'talker', vectors: false }, never)).freedBytes).toBeGreaterThan(0)
    expect(await stateOf(app)).toEqual({ kind: 'not-installed' })
  })

  test.each(['x/../../precious', '../models/x', 'x/../.'])('that is called "%s" leads nowhere: nothing is deleted', async (id) => {
    const app = await open()
    const precious = path.join(folder, 'precious')
    mkdirSync(precious)
    await install(app, 'ears')
    await expect(app.handlers['models.remove']({ id, vectors: false }, never)).rejects.toMatchObject({ code: 'USAGE' })
    await expect(app.handlers['models.cancel']({ id, discard: true }, never)).rejects.toMatchObject({ code: 'USAGE' })
    expect([existsSync(precious), readdirSync(path.join(folder, 'models'))]).toEqual([true, ['ears']])
  })

  test('of what nobody knows is refused', async () => {
    const app = await open()
    await expect(install(app, 'nobody')).rejects.toMatchObject({ code: 'USAGE' })
    await expect(app.handlers['models.install']({ id: 'ears', variants: ['q4'] }, never)).rejects.toMatchObject({ code: 'USAGE', hint: 'There are: fp32.' })
  })
})

describe('an installed model', () => {
  test('is verified, and said to be changed or missing when it is', async () => {
    const app = await open()
    await install(app)
    const verify = async () => (await app.handlers['models.verify']({ id: 'talker' }, never)).models[0]!
    const state = await stateOf(app)
    await sleep(2)
    expect(await verify()).toMatchObject({ isWhole: true, files: [{ path: 'weights.bin', state: 'whole', bytes: 300_000 }] })
    expect(await stateOf(app)).toMatchObject({ kind: 'installed', verifiedMs: expect.toSatisfy((ms: number) => state.kind === 'installed' && ms > state.verifiedMs!) as number })
    const file = path.join(folder, 'models/talker/weights.bin')
    const bytes = readFileSync(file)
    bytes[5]! ^= 1
    writeFileSync(file, bytes)
    expect(await verify()).toMatchObject({ isWhole: false, files: [{ state: 'changed' }] })
    rmSync(file)
    expect(await verify()).toMatchObject({ isWhole: false, files: [{ state: 'missing' }] })
    expect(await stateOf(app)).toMatchObject({ kind: 'broken', error: { code: 'MODEL_DAMAGED', message: 'The model "talker" is not whole: "weights.bin" is missing or was changed.' } })
    expect((await app.handlers['models.overview']({}, never)).tasks[1]).toMatchObject({ state: 'broken', id: null, offer: { id: 'talker' } })
    expect(await install(app)).toMatchObject({ state: { kind: 'installed' } })
  })

  test('is removed with its files, and its vectors stay until they are to go', async () => {
    const app = await open()
    await install(app)
    const library = await openLibrary(folder, sqlite, testClock)
    const scene = addScene(library.db, testVideo(library), { startPts: 500, endPts: 900, keyframePts: 600, motion: 0, brightness: 0, colours: [] })
    putVector(library.db, { sceneId: scene, model: 'talker/fp32', modality: 'text', part: 0, atSeconds: 0, vector: new Float32Array([1]) })
    library.close()
    expect(await app.handlers['models.remove']({ id: 'talker', vectors: false }, never)).toMatchObject({ deletedVectors: 0 })
    expect(existsSync(path.join(folder, 'models/talker'))).toBe(false)
    expect((await app.handlers['models.overview']({}, never)).models[0]).toMatchObject({ state: { kind: 'not-installed' }, vectors: 1 })
    expect(await app.handlers['models.remove']({ id: 'talker', vectors: true }, never)).toEqual({ freedBytes: 0, deletedVectors: 1 })
    await expect(app.handlers['models.remove']({ id: 'talker', vectors: true }, never)).rejects.toMatchObject({ code: 'USAGE' })
  })

  test.skipIf(!existsSync(shared))('works: taken from a folder, tried with real work, chosen and removed (skipped without the shared models)', async () => {
    const app = await open({ inference: realTools(folder).inference })
    for (const name of ['sentence-standin', 'picture-text-standin', 'vad', 'whisper']) {
      const card = await app.handlers['models.import']({ path: path.join(shared, 'models', name) }, never)
      expect(card).toMatchObject({ id: name, tier: null, isChosen: true, state: { kind: 'installed', from: 'disk' } })
      expect(card.state.kind === 'installed' && card.state.measures.some(({ itemsPerSecond }) => itemsPerSecond !== null && itemsPerSecond > 0)).toBe(true)
    }
    const { tasks } = await app.handlers['models.choose']({ task: 'text', id: 'sentence-standin' }, never)
    expect(tasks.map(({ id, state, hint }) => [id, state, hint])).toEqual([['picture-text-standin', 'installed', ''], ['whisper', 'installed', ''], ['sentence-standin', 'installed', '']])
    expect((await app.handlers['settings.get']({}, never)).models).toEqual({ pictures: null, speech: null, text: 'sentence-standin' })
    await expect(app.handlers['models.choose']({ task: 'speech', id: 'sentence-standin' }, never)).rejects.toMatchObject({ code: 'USAGE' })
    expect((await app.handlers['models.remove']({ id: 'sentence-standin', vectors: false }, never)).freedBytes).toBeGreaterThan(7_000_000)
    expect(hub.requests).toEqual([])
  })
})


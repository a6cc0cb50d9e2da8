import { spawnSync } from 'node:child_process'
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { calls } from '../../electron/contract/calls.ts'
import type { ModelCard } from '../../electron/contract/models.ts'
import type { ModelHub } from '../model-hub.ts'
import { keepSettings, MODEL_ID, sentenceModel, startModelHub } from '../model-hub.ts'
import type { Finished, Started } from '../scenedex.ts'
import { scenedex, startScenedex, temporaryFolder } from '../scenedex.ts'

const { folder, remove } = temporaryFolder('models')
const hasModel = existsSync(sentenceModel)

afterAll(remove)

describe.skipIf(!hasModel)('models on the command line (skipped without the shared models)', () => {
  let hub: ModelHub
  let library: string
  let count = 0

  beforeAll(async () => {
    hub = await startModelHub(folder)
    library = path.join(folder, 'empty library')
    mkdirSync(library)
    await models('verify')
    keepSettings(library, { modelMirror: hub.origin })
  })
  afterAll(async () => { await hub.close() })
  beforeEach(() => {
    library = path.join(folder, `library ${String(++count)}`)
    cpSync(path.join(folder, 'empty library'), library, { recursive: true })
    Object.assign(hub, { mostBytes: Infinity, sentBytes: 0, requests: [], instead: null })
  })
  afterEach(() => { hub.mostBytes = Infinity })

  const env = (): Record<string, string> => ({ SCENEDEX_MODEL_CATALOG: hub.catalogFile, SCENEDEX_LIBRARY: library })
  const models = (...args: string[]): Promise<Finished> => scenedex(['models', ...args], env())
  const start = (...args: string[]): Started => startScenedex(['models', ...args], env())
  const card = async (): Promise<ModelCard | undefined> => {
    const { stdout } = await models('--json')
    return calls['models.overview'].output.parse(JSON.parse(stdout)).models.find(({ id }) => id === MODEL_ID)
  }

  it('nothing is fetched before somebody said yes, and what would be is shown', async () => {
    const asked = await models('install', MODEL_ID)
    expect(asked.code).toBe(2)
    expect(asked.stderr).toContain(`To fetch: ${(hub.modelBytes / 1e6).toFixed(1)} MB from ${hub.host} (huggingface.co where that does not have it).`)
    expect(asked.stderr).toContain('Say yes beforehand with --yes.')
    expect(hub.requests).toEqual([])
  })

  it('an install is checked, tried out and used; verify finds a byte that was changed, and remove takes it away', async () => {
    const done = await models('install', MODEL_ID, '--yes', '--json')
    expect(done).toMatchObject({ code: 0 })
    expect(calls['models.install'].output.parse(JSON.parse(done.stdout))).toMatchObject({ id: MODEL_ID, isChosen: true, state: { kind: 'installed', from: 'network', variant: 'fp32' } })
    expect((await models()).stdout).toMatch(/\*\s+words-small\s+text\s+small\s+6\.8 MB\s+installed \(fp32\)/)
    expect((await scenedex(['doctor'], env())).stdout).toMatch(/text model\s+ok\s+Words, small \(words-small\), fp32 on cpu, [\d.]+ texts a second/)

    const file = path.join(library, 'models', MODEL_ID, 'onnx', 'model.onnx')
    const content = readFileSync(file)
    content.writeUInt8(content.readUInt8(5000) ^ 1, 5000)
    writeFileSync(file, content)
    const damaged = await models('verify', MODEL_ID)
    expect(damaged.code).toBe(5)
    expect(damaged.stdout).toContain('changed  onnx/model.onnx')

    expect((await models('remove', MODEL_ID)).code).toBe(2)
    expect(await models('remove', MODEL_ID, '--yes')).toMatchObject({ code: 0 })
    expect(existsSync(file)).toBe(false)
  })

  it('an install that was killed goes on from what is here, with the variant that was asked for', async () => {
    hub.mostBytes = 3_000_000
    const { child, finished } = start('install', MODEL_ID, '--yes', '--variant', 'q8')
    await expect.poll(() => hub.sentBytes, { timeout: 60_000 }).toBe(3_000_000)
    expect((await card())?.state.kind).toBe('installing')
    child.kill('SIGKILL')
    await finished
    hub.mostBytes = Infinity
    const { code, stderr } = await models('install', MODEL_ID, '--yes')
    expect(code).toBe(0)
    expect((await card())?.state).toMatchObject({ kind: 'installed', variants: ['q8'] })
    expect(stderr).toMatch(/To fetch: .* The rest of 6\.8 MB is here\./)
    expect(hub.sentBytes).toBeLessThan(hub.modelBytes + 3_000_000)
  })

  it('Ctrl-C stops an install, keeps what was fetched and says how it goes on', async () => {
    hub.mostBytes = 3_000_000
    const { child, finished } = start('install', MODEL_ID, '--yes')
    await expect.poll(() => hub.sentBytes, { timeout: 60_000 }).toBe(3_000_000)
    child.kill('SIGINT')
    const { code, stderr } = await finished
    expect(stderr).toContain(`scenedex models install ${MODEL_ID}`)
    expect(code).toBe(130)
    expect((await card())?.state.kind).toBe('partial')
    hub.mostBytes = Infinity
    expect(await models('install', MODEL_ID, '--yes')).toMatchObject({ code: 0 })
    expect(hub.requests.some(({ range }) => range !== null && !range.startsWith('bytes=0-'))).toBe(true)
    expect(hub.sentBytes).toBeLessThan(hub.modelBytes + 3_000_000)
  })

  it('what can not be had is said: network switched off 4, another file 5, an unknown model 2', async () => {
    keepSettings(library, { modelMirror: hub.origin, networkAllowed: false })
    const off = await models('install', MODEL_ID, '--yes')
    expect(off.code).toBe(4)
    expect(hub.requests).toEqual([])

    keepSettings(library, { modelMirror: hub.origin })
    hub.instead = Buffer.alloc(readFileSync(path.join(sentenceModel, 'onnx', 'model.onnx')).length, 7)
    expect((await models('install', MODEL_ID, '--yes')).code).toBe(5)
    expect((await card())?.state.kind).not.toBe('installed')

    const unknown = await models('install', 'no-such-model', '--yes')
    expect(unknown.code).toBe(2)
    expect(unknown.stderr).toContain('no-such-model')
  })

  it('a folder and a tar are taken in without the network', async () => {
    keepSettings(library, { networkAllowed: false })
    const carried = path.join(folder, `carried ${String(count)}`)
    cpSync(sentenceModel, carried, { recursive: true })
    const fromFolder = await models('import', carried, '--json')
    expect(fromFolder).toMatchObject({ code: 0 })
    const { id, state } = calls['models.import'].output.parse(JSON.parse(fromFolder.stdout))
    expect(state).toMatchObject({ kind: 'installed', from: 'disk' })
    expect(await models('use', 'text', id)).toMatchObject({ code: 0 })
    expect((await models('use', 'texts', id)).code).toBe(2)
    expect(await models('remove', id, '--yes')).toMatchObject({ code: 0 })

    const tar = path.join(folder, `carried-${String(count)}.tar`)
    expect(spawnSync('tar', ['-cf', tar, '-C', carried, '.']).status).toBe(0)
    expect(await models('import', tar)).toMatchObject({ code: 0 })
    const none = path.join(folder, 'none.zip')
    copyFileSync(path.join(carried, 'config.json'), none)
    const refused = await models('import', none)
    expect(refused.code).not.toBe(0)
    expect(refused.stderr).not.toMatch(/^\s+at .*:\d+:\d+/m)
  })
})

it('the models that can be had are listed before there is a library, and none is made by that', async () => {
  const library = path.join(folder, 'not yet')
  const listed = await scenedex(['models', 'list', '--library', library])
  expect(listed).toMatchObject({ code: 0, stdout: expect.stringMatching(/whisper-base +speech +small +[\d.]+ MB +not installed/) as string })
  expect(existsSync(library)).toBe(false)
})

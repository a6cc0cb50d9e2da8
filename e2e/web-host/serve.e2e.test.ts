import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import type { HostEvent } from '../../electron/contract/host.ts'
import type { AppEvent } from '../../electron/contract/events.ts'
import { engineProtocol } from '../../electron/contract/protocol.ts'
import { RemoteError, createClient } from '../../electron/rpc/client.ts'
import { startServer } from '../app/app-fixture.ts'
import { scenedex, startScenedex, temporaryFolder } from '../scenedex.ts'
import { openClient, served } from './web-client.ts'

const { folder, remove } = temporaryFolder('serve')
const library = path.join(folder, 'library')
let server: Awaited<ReturnType<typeof startServer>> | undefined
afterEach(async () => {
  await server?.stop()
  server = undefined
})
afterAll(remove)

/** The engine of a server is its only child. */
function engineOf(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim())
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

describe('scenedex serve', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('ends with 0 on %s, and its engine with it', async (signal) => {
    const { child, finished } = startScenedex(['serve', '--json', '--library', library])
    const line = await new Promise<string>((resolve) => { child.stdout?.once('data', resolve) })
    const shown = JSON.parse(line) as { address: string, port: number }
    const client = await openClient(served(shown.address))
    expect(await client.engine.call('library.list', {})).toEqual({ videos: [] })
    expect(shown.port).toBe(served(shown.address).port)
    const engine = process.platform === 'linux' ? engineOf(child.pid ?? 0) : 0
    child.kill(signal)
    expect(await finished).toMatchObject({ code: 0, signal: null, stderr: '' })
    // Not by force: the engine has put its library in order.
    expect(readdirSync(library).filter((name) => name.endsWith('-wal'))).toEqual([])
    if (engine > 0) expect(isAlive(engine)).toBe(false)
    client.close()
  })

  it('takes pictures of 10 MB, and refuses larger ones than it can look at in words', async () => {
    server = await startServer(library)
    const client = await openClient(served(server.address))
    const code = (data: string): Promise<unknown> => client.engine.call('search.similar', { like: { kind: 'picture', data } }).catch((error: unknown) => error instanceof RemoteError ? error.code : error)
    // A head of a JPEG: it comes through whole, and there is no model to look at it.
    expect(await code('/9j/'.repeat(3_500_000))).toBe('MODEL_MISSING')
    expect(await code('/9j/'.repeat(10_500_000))).toBe('PICTURE_TOO_LARGE')
    expect(await client.engine.call('library.list', {})).toEqual({ videos: [] })
    client.close()
  })

  it('says of a library from a newer version that it is, and serves nothing', async () => {
    const newer = path.join(folder, 'newer')
    mkdirSync(newer)
    const database = new Database(path.join(newer, 'library.sqlite'))
    database.pragma('user_version = 9000000')
    database.close()
    const { code, stdout, stderr } = await scenedex(['serve', '--json', '--library', newer])
    expect(code).toBe(5)
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'LIBRARY_TOO_NEW' } })
    expect(stderr).toMatch(/^scenedex: .*newer.*\n$/)
  })

  it('says of a port that is taken that it is, and of one that is none what it may be', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => { other.once('listening', resolve) })
    const { port } = other.address() as AddressInfo
    const taken = await scenedex(['serve', '--port', String(port), '--library', library])
    expect(taken).toMatchObject({ code: 2, stdout: '', stderr: `scenedex: Port ${port} is taken. Choose another with --port, or leave it out for one that is free.\n` })
    other.close()
    for (const wrong of ['x', '-1', '65536', '1e3']) expect(await scenedex(['serve', `--port=${wrong}`, '--library', library])).toMatchObject({ code: 2, stdout: '' })
  })

  it('answers what the host can do, and shows the folders of this machine', async () => {
    server = await startServer(library)
    const client = await openClient(served(server.address))
    expect(await client.host.call('host.info', {})).toMatchObject({ kind: 'web', mediaBase: '/media', can: { pick: false, showInFolder: false, dragOut: false, upload: true } })
    expect((await client.host.call('host.browse', { folder })).entries).toContainEqual(expect.objectContaining({ name: 'library', kind: 'folder' }))
    await expect(client.host.call('host.browse', { folder: path.join(folder, 'none') })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(client.host.call('host.pick', { what: 'videos', title: '' })).rejects.toMatchObject({ code: 'USAGE' })
    client.close()
  })

  it.runIf(process.platform === 'linux')('starts an engine that was killed again; pages hear of it and go on', async () => {
    server = await startServer(library)
    const client = await openClient(served(server.address))
    await client.engine.call('library.list', {})
    const told: HostEvent[] = []
    client.host.onEvent((event) => { told.push(event) })
    const waiting = client.engine.call('jobs.idle', { videos: [], until: 'done' })
    waiting.catch(() => undefined)
    const before = engineOf(server.pid)
    process.kill(before, 'SIGKILL')
    await expect.poll(() => told.map((event) => event.type === 'engine' ? event.state : '')).toEqual(['restarting', 'running'])
    expect(engineOf(server.pid)).not.toBe(before)
    // The lane of before is closed on both sides; the page opens another.
    await expect(client.engine.call('library.list', {})).rejects.toMatchObject({ code: 'CHANNEL_CLOSED' })
    const again = createClient(engineProtocol, client.lanes.open('engine'))
    expect(await again.call('library.list', {})).toEqual({ videos: [] })
    client.close()
  })

  it('tells events of the engine to every page, also to one that has asked for nothing', async () => {
    server = await startServer(library)
    const [one, two] = await Promise.all([openClient(served(server.address)), openClient(served(server.address))])
    const heard: AppEvent['type'][] = []
    two.engine.onEvent(({ type }) => { heard.push(type) })
    await one.engine.call('searches.used', { query: 'boat' }).catch(() => one.engine.call('library.import', { paths: [folder] }))
    await expect.poll(() => heard.length).toBeGreaterThan(0)
    one.close()
    two.close()
  })
})

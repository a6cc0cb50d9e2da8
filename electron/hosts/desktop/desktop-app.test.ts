import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { HostEvent } from '../../contract/host.ts'
import { engineProtocol, hostProtocol } from '../../contract/protocol.ts'
import type { Bridge } from '../../preload/bridge.ts'
import { createBridge } from '../../preload/bridge.ts'
import { LANES_CHANNEL } from '../../preload/channel-names.ts'
import type { ClientOf } from '../../rpc/client.ts'
import { createClient } from '../../rpc/client.ts'
import { splitIntoLanes } from '../../rpc/lanes.ts'
import { PAGE_ADDRESS } from './app-scheme.ts'
import { startDesktop } from './desktop-app.ts'
import type { MenuEntry } from './menu.ts'
import { answers, app, ipcMain, ipcRenderer, lastOf, seen, utilities, webUtils, windows } from './test-electron.ts'

// Electron's binary can not be had everywhere. What stands in for it is the system; the engine, the ports, the preload script and
// every handler are the real ones.
vi.mock('electron', async () => import('./test-electron.ts'))

const folder = mkdtempSync(path.join(tmpdir(), 'scenedex-desktop-'))
const pageFolder = path.join(folder, 'page')
const places = { engineFile: 'engine.js', preloadFile: '/app/out/preload.cjs', pageFolder, iconFolder: '/app/icons' }
mkdirSync(pageFolder)
writeFileSync(path.join(pageFolder, 'index.html'), '<!doctype html>')
answers.userData = path.join(folder, 'user')
Object.assign(process, { resourcesPath: path.join(folder, 'resources') })
vi.stubEnv('SCENEDEX_LIBRARY', path.join(folder, 'library'))
vi.stubEnv('SCENEDEX_USER_DATA', answers.userData)

interface Page {
  bridge: Bridge
  host: ClientOf<typeof hostProtocol>
  hostEvents: HostEvent[]
  engine(): ClientOf<typeof engineProtocol>
  closes: number
}

/** Begins as a page does that is loaded, or loaded again: with a bridge of its own. */
function openPage(): Page {
  ipcRenderer.removeAllListeners()
  const bridge = createBridge(ipcRenderer, (file) => webUtils.getPathForFile(file))
  const lanes = splitIntoLanes({ send: bridge.send, onMessage: bridge.onMessage, onClose: () => undefined })
  const host = createClient(hostProtocol, lanes.open('host'))
  const page: Page = {
    bridge, host, hostEvents: [], closes: 0,
    engine: () => {
      const channel = lanes.open('engine')
      channel.onClose(() => { page.closes += 1 })
      return createClient(engineProtocol, channel)
    },
  }
  host.onEvent((event) => { page.hostEvents.push(event) })
  return page
}

const menuEntry = (label: string): MenuEntry | undefined => {
  const all = (entries: MenuEntry[]): MenuEntry[] => entries.flatMap((entry) => [entry, ...all(entry.submenu ?? [])])
  return all((lastOf('menu')?.[0] ?? []) as MenuEntry[]).find((entry) => entry.label === label)
}

describe('the window', () => {
  let page: Page
  beforeAll(async () => {
    vi.stubEnv('SCENEDEX_QUIT_AT_ONCE', undefined)
    await startDesktop(places)
    page = openPage()
  })
  afterAll(async () => {
    await Promise.all(utilities.map(async ({ worker }) => worker.terminate()))
    rmSync(folder, { recursive: true, force: true })
  })

  it('is made safe before its page is loaded', () => {
    const names = seen.calls.map(([name]) => name)
    expect(names.slice(0, 4)).toEqual(['enableSandbox', 'setAppUserModelId', 'setPath', 'schemes'])
    expect(names).toEqual(expect.arrayContaining(['permissionRequest', 'permissionCheck', 'devicePermission', 'beforeRequest', 'windowOpenHandler']))
    expect(lastOf('setPath')).toEqual(['userData', answers.userData])
    expect(windows[0]?.options).toMatchObject({ webPreferences: { preload: '/app/out/preload.cjs', sandbox: true, contextIsolation: true, nodeIntegration: false } })
    expect(windows[0]?.url).toBe(PAGE_ADDRESS)
  })

  it('answers what the page asks of it, and knows where a dropped file lies', async () => {
    expect(await page.host.call('host.info', {})).toMatchObject({ kind: 'desktop', mediaBase: '/media', can: { pick: true, dragOut: true, upload: false } })
    expect(page.bridge.pathOf(new File([], 'clip.mp4'))).toBe('/dropped/clip.mp4')
  })

  it('lets the page talk with the engine over a port of its own, also when it asks before there is one', async () => {
    const engine = page.engine()
    expect(await engine.call('library.list', {})).toEqual({ videos: [] })
    // Nothing of it went through the main process.
    expect(ipcMain.eventNames()).toContain(LANES_CHANNEL)
    const passed: unknown[] = []
    ipcMain.on(LANES_CHANNEL, (_event: unknown, message: unknown) => { passed.push(message) })
    await engine.call('library.list', {})
    expect(passed).toEqual([])
  })

  it.each([
    ['another window', { sender: {}, senderFrame: { parent: null, url: PAGE_ADDRESS } }],
    ['a frame inside', { senderFrame: { parent: {}, url: PAGE_ADDRESS } }],
    ['another address', { senderFrame: { parent: null, url: 'https://example.org/' } }],
    ['an address that begins alike', { senderFrame: { parent: null, url: `${PAGE_ADDRESS}.evil/` } }],
    ['a frame that is gone', { senderFrame: null }],
  ])('hears nothing from %s', async (_who, event) => {
    answers.files = { canceled: false, filePaths: ['/secret'] }
    const before = seen.calls.filter(([name]) => name === 'openDialog').length
    const message = { lane: 'host', message: { type: 'call', id: 900, name: 'host.pick', input: { what: 'folder', title: 'x' } } }
    const ask = (sending: object): boolean => ipcMain.emit(LANES_CHANNEL, { sender: windows[0]?.webContents, ...sending }, message)
    ask(event)
    await page.host.call('host.info', {})
    expect(seen.calls.filter(([name]) => name === 'openDialog')).toHaveLength(before)
    ask({ senderFrame: { parent: null, url: `${PAGE_ADDRESS}#/library` } })
    await expect.poll(() => seen.calls.filter(([name]) => name === 'openDialog')).toHaveLength(before + 1)
  })

  it('gives the paths that were chosen, and null when the person thought better of it', async () => {
    answers.files = { canceled: false, filePaths: ['/films/a.mp4'] }
    expect(await page.host.call('host.pick', { what: 'videos', title: 'Choose' })).toEqual({ paths: ['/films/a.mp4'] })
    expect(lastOf('openDialog')).toMatchObject([{ title: 'Choose', properties: ['openFile', 'multiSelections'] }])
    await page.host.call('host.pick', { what: 'archive', title: 'Choose' })
    expect(lastOf('openDialog')).toMatchObject([{ properties: ['openFile'], filters: [{ extensions: ['zip', 'tar', 'gz', 'tgz'] }, { extensions: ['*'] }] }])
    answers.files = { canceled: true, filePaths: [] }
    expect(await page.host.call('host.pick', { what: 'folder', title: 'Choose' })).toEqual({ paths: null })
  })

  it('drags files out that are there, shows them in their folder, and refuses others', async () => {
    const clip = path.join(folder, 'clip.mp4')
    writeFileSync(clip, 'x')
    await page.host.call('host.dragOut', { paths: [clip] })
    expect(lastOf('startDrag')).toEqual([{ file: clip, files: [clip], icon: path.join('/app/icons', '64.png') }])
    await page.host.call('host.showInFolder', { path: clip })
    expect(lastOf('showInFolder')).toEqual([clip])
    for (const gone of [path.join(folder, 'none.mp4'), 'clip.mp4', '']) {
      await expect(page.host.call('host.dragOut', { paths: [clip, gone] })).rejects.toMatchObject({ code: 'NOT_FOUND' })
      await expect(page.host.call('host.showInFolder', { path: gone })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    }
  })

  it('refuses a call that is none, and one whose input is wrong', async () => {
    const heard: unknown[] = []
    page.bridge.onMessage((message) => { heard.push(message) })
    page.bridge.send({ lane: 'host', message: { type: 'call', id: 901, name: 'constructor', input: {} } })
    page.bridge.send({ lane: 'host', message: { type: 'call', id: 902, name: 'host.dragOut', input: { paths: [1] } } })
    page.bridge.send({ lane: 'other', message: 'x' })
    page.bridge.send(null)
    await expect.poll(() => heard).toMatchObject([
      { lane: 'host', message: { id: 901, error: { code: 'BAD_MESSAGE' } } }, { lane: 'host', message: { id: 902, error: { code: 'USAGE' } } }, { lane: 'other', closed: true },
    ])
  })

  it('imports what a second start or the system hands over, and comes to the front', async () => {
    const engine = page.engine()
    const refused: string[] = []
    engine.onEvent((event) => { if (event.type === 'refused') refused.push(event.refusal.path) })
    await engine.call('library.list', {})
    // Of the day before: a file that was just written is watched for a while, whether it still grows.
    const fileOf = (name: string, text: string): string => {
      const file = path.join(folder, name)
      writeFileSync(file, text)
      utimesSync(file, Date.now() / 1000 - 86_400, Date.now() / 1000 - 86_400)
      return file
    }
    const film = fileOf('no-film.mp4', 'This is text.')
    seen.calls = seen.calls.filter(([name]) => name !== 'focus')
    app.emit('second-instance', {}, [], '/', { paths: [film] })
    expect(lastOf('focus')).toEqual([])
    await expect.poll(() => refused).toEqual([film])
    const other = fileOf('empty.mp4', '')
    app.emit('open-file', { preventDefault: () => undefined }, other)
    await expect.poll(() => refused).toEqual([film, other])
  })

  it('gives the page a new port after the death of the engine; what waits rejects at once', async () => {
    const engine = page.engine()
    await engine.call('library.list', {})
    const closes = page.closes
    page.hostEvents.length = 0
    // A file that was just written is watched for a while: the answer can not come before the end of the engine.
    const growing = path.join(folder, 'growing.mp4')
    writeFileSync(growing, 'x')
    const rejected = expect(engine.call('library.import', { paths: [growing] })).rejects.toMatchObject({ code: 'CHANNEL_CLOSED' })
    utilities.at(-1)?.kill()
    await rejected
    expect(page.closes).toBeGreaterThan(closes)
    await expect.poll(() => page.hostEvents.filter(({ type }) => type === 'engine')).toMatchObject([{ state: 'restarting' }, { state: 'running' }])
    expect(utilities).toHaveLength(2)
    expect(await page.engine().call('library.list', {})).toEqual({ videos: [] })
  })

  it('tells the page once what is chosen from the menu, also after the page was loaded again', async () => {
    page = openPage()
    await page.host.call('host.info', {})
    menuEntry('Import files…')?.click?.()
    await page.host.call('host.info', {})
    expect(page.hostEvents).toEqual([{ type: 'menu', action: 'import-files' }])
    expect(await page.engine().call('library.list', {})).toEqual({ videos: [] })
  })

  it('serves its page and nothing else over its scheme', async () => {
    const [scheme, handler] = lastOf('handle') as [string, (request: Request) => Promise<Response>]
    expect(scheme).toBe('scenedex')
    expect(await (await handler(new Request(PAGE_ADDRESS))).text()).toBe('<!doctype html>')
    expect((await handler(new Request('scenedex://app/media/video/1'))).status).toBe(404)
  })

  it('keeps its place when it is closed, and ends the engine before the program', async () => {
    windows[0]?.emit('close', { preventDefault: () => undefined })
    expect(JSON.parse(readFileSync(path.join(answers.userData, 'window.json'), 'utf8'))).toEqual({ bounds: { x: 10, y: 20, width: 1000, height: 700 }, isMaximized: false })
    const ended = new Promise<number>((resolve) => { utilities.at(-1)?.worker.once('exit', resolve) })
    app.emit('window-all-closed')
    expect(lastOf('quit-held')).toEqual([])
    expect(await ended).toBe(0)
    await expect.poll(() => seen.quits).toBe(2)
    expect(page.hostEvents.filter(({ type }) => type === 'engine')).toEqual([])
  })
})

describe('a second start', () => {
  it('hands its paths to the first, and ends without a window', async () => {
    answers.isFirst = false
    const argv = process.argv
    process.argv = ['electron', '/app', '/films/a.mp4']
    const before = [windows.length, utilities.length, seen.quits] as const
    await startDesktop(places)
    process.argv = argv
    expect(lastOf('lock')).toEqual([{ paths: ['/films/a.mp4'] }])
    expect([windows.length, utilities.length, seen.quits]).toEqual([before[0], before[1], before[2] + 1])
  })
})

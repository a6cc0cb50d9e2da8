import { describe, expect, it } from 'vitest'
import { PAGE_ADDRESS } from './app-scheme.ts'
import type { GuardedApp, GuardedContents, GuardedSession } from './safety.ts'
import { guardApp, guardContents, guardSession, safePreferences } from './safety.ts'

/** Keeps the handlers that were really given to Electron, by their names. */
function recorder(): { handlers: Map<string, (...given: never[]) => unknown>, contents: GuardedContents, session: GuardedSession, app: GuardedApp } {
  const handlers = new Map<string, (...given: never[]) => unknown>()
  const keep = (name: string) => (handler: (...given: never[]) => unknown): void => { handlers.set(name, handler) }
  const on = (event: string, listener: (...given: never[]) => unknown): void => { handlers.set(event, listener) }
  return {
    handlers,
    contents: { on, setWindowOpenHandler: keep('window-open') },
    session: {
      setPermissionRequestHandler: keep('permission-request'), setPermissionCheckHandler: keep('permission-check'), setDevicePermissionHandler: keep('device-permission'),
      setSpellCheckerEnabled: (isEnabled) => { handlers.set('spell-checker', () => isEnabled) }, setSpellCheckerLanguages: () => undefined,
      webRequest: { onBeforeRequest: ({ urls }, listener) => { handlers.set('before-request', listener); handlers.set('request-filter', () => urls) } },
    },
    app: { on },
  }
}

function call(handlers: ReturnType<typeof recorder>['handlers'], name: string, ...given: unknown[]): unknown {
  const handler = handlers.get(name)
  if (handler === undefined) throw new Error(`nobody handles ${name}`)
  return Reflect.apply(handler, undefined, given)
}

const elsewhere = [
  'https://example.org/', 'http://127.0.0.1:8080/', 'file:///etc/passwd', 'data:text/html,x', 'javascript:alert(1)', 'about:blank', 'blob:scenedex://app/1', 'devtools://devtools/x',
  'scenedex://app/', 'scenedex://app/media/video/1', 'scenedex://app/index.html.evil', 'scenedex://app/index.html?x', 'scenedex://evil/index.html', 'scenedex://app.evil/index.html',
  'scenedex://app@evil/index.html', 'SCENEDEX://app/index.html', 'https://scenedex://app/index.html', '',
]

describe('a page', () => {
  const { handlers, contents } = recorder()
  const opened: string[] = []
  guardContents(contents, (url) => { opened.push(url) })
  const isStopped = (event: string, url: string): boolean => {
    let stopped = false
    call(handlers, event, { url, preventDefault: () => { stopped = true } })
    return stopped
  }

  it.each(elsewhere)('can not go to %j, by itself, in a frame or by a redirect', (url) => {
    for (const event of ['will-navigate', 'will-frame-navigate', 'will-redirect']) expect(isStopped(event, url)).toBe(true)
  })

  it('can be loaded again where it is', () => {
    for (const url of [PAGE_ADDRESS, `${PAGE_ADDRESS}#/player/1/2.500`]) expect(isStopped('will-navigate', url)).toBe(false)
  })

  it.each([...elsewhere, PAGE_ADDRESS, 'https://ffmpeg.org.evil/', 'https://ffmpeg.org/../x', 'https://ffmpeg.org/download.html?x'])('opens no window for %j, and no browser', (url) => {
    expect(call(handlers, 'window-open', { url })).toEqual({ action: 'deny' })
    expect(opened).toEqual([])
  })

  it('opens a link to ffmpeg in the browser of the person, and no window', () => {
    expect(call(handlers, 'window-open', { url: 'https://ffmpeg.org/download.html' })).toEqual({ action: 'deny' })
    expect(opened.splice(0)).toEqual(['https://ffmpeg.org/download.html'])
  })

  it('can hold no other page', () => {
    expect(isStopped('will-attach-webview', PAGE_ADDRESS)).toBe(true)
  })
})

describe('a session', () => {
  const { handlers, session } = recorder()
  guardSession(session)
  const ours = { isMainFrame: true, requestingUrl: PAGE_ADDRESS }
  const asked = (permission: string, details: object): boolean[] => {
    const answers: boolean[] = []
    call(handlers, 'permission-request', null, permission, (isGranted: boolean) => { answers.push(isGranted) }, details)
    answers.push(call(handlers, 'permission-check', null, permission, 'scenedex://app', details) === true)
    return answers
  }

  it.each([
    'media', 'display-capture', 'geolocation', 'notifications', 'midi', 'midiSysex', 'pointerLock', 'openExternal', 'clipboard-read', 'hid', 'serial', 'usb', 'idle-detection',
    'fileSystem', 'window-management', 'storage-access', 'local-fonts', 'unknown',
  ])('refuses %s when it is asked and when it is looked up', (permission) => {
    expect(asked(permission, ours)).toEqual([false, false])
  })

  it.each(['clipboard-sanitized-write', 'fullscreen'])('grants %s to our page and to no other', (permission) => {
    expect(asked(permission, ours)).toEqual([true, true])
    expect(asked(permission, { ...ours, isMainFrame: false })).toEqual([false, false])
    expect(asked(permission, { ...ours, requestingUrl: 'https://example.org/' })).toEqual([false, false])
    expect(asked(permission, {})).toEqual([false, false])
  })

  it('hands out no device and fetches no dictionary', () => {
    expect(call(handlers, 'device-permission', {})).toBe(false)
    expect(call(handlers, 'spell-checker')).toBe(false)
  })

  it('asks nothing of the network and of files', () => {
    expect(call(handlers, 'request-filter')).toEqual(expect.arrayContaining(['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*', 'file:///*']))
    const answers: unknown[] = []
    call(handlers, 'before-request', {}, (answer: unknown) => { answers.push(answer) })
    expect(answers).toEqual([{ cancel: true }])
  })
})

describe('the app', () => {
  it('takes no certificate that does not hold, shows none, and gives no password', () => {
    const { handlers, app } = recorder()
    guardApp(app)
    let stopped = 0
    const trusted: boolean[] = []
    const event = { preventDefault: () => { stopped += 1 } }
    call(handlers, 'certificate-error', event, null, 'https://example.org/', 'expired', {}, (isTrusted: boolean) => { trusted.push(isTrusted) })
    call(handlers, 'select-client-certificate', event)
    call(handlers, 'login', event)
    expect([trusted, stopped]).toEqual([[false], 3])
  })

  it('has no developer tools once it is packaged, and a page without Node in a sandbox in any case', () => {
    const no = { nodeIntegration: false, nodeIntegrationInWorker: false, nodeIntegrationInSubFrames: false, webviewTag: false, spellcheck: false }
    const always = { ...no, contextIsolation: true, sandbox: true, webSecurity: true }
    expect(safePreferences({ preload: '/p.cjs', isPackaged: true })).toMatchObject({ ...always, devTools: false, preload: '/p.cjs' })
    expect(safePreferences({ preload: '/p.cjs', isPackaged: false })).toMatchObject({ ...always, devTools: true })
  })
})

import { isPageAddress } from './app-scheme.ts'

/** The only addresses that a link may open in the person's browser. */
const openedOutside: ReadonlySet<string> = new Set(['https://ffmpeg.org/', 'https://ffmpeg.org/download.html', 'https://www.electronjs.org/'])

interface Stoppable { preventDefault(): void }
interface Navigation extends Stoppable { url: string }

/** What of Electron's WebContents is guarded. */
export interface GuardedContents {
  on(event: 'will-navigate' | 'will-frame-navigate' | 'will-redirect', listener: (navigation: Navigation) => void): unknown
  on(event: 'will-attach-webview', listener: (event: Stoppable) => void): unknown
  setWindowOpenHandler(handler: (details: { url: string }) => { action: 'deny' }): void
}

interface Asking { isMainFrame?: boolean, requestingUrl?: string }

// Electron gives its listeners more than three things, in this order.
type PermissionRequest = [contents: unknown, permission: string, callback: (isGranted: boolean) => void, details: Asking]
type PermissionCheck = [contents: unknown, permission: string, origin: string, details: Asking]
type CertificateError = [event: Stoppable, contents: unknown, url: string, error: string, certificate: unknown, callback: (isTrusted: boolean) => void]

/** What of Electron's Session is guarded. */
export interface GuardedSession {
  setPermissionRequestHandler(handler: (...request: PermissionRequest) => void): void
  setPermissionCheckHandler(handler: (...check: PermissionCheck) => boolean): void
  setDevicePermissionHandler(handler: () => boolean): void
  setSpellCheckerEnabled(isEnabled: boolean): void
  setSpellCheckerLanguages(languages: string[]): void
  webRequest: { onBeforeRequest(filter: { urls: string[] }, listener: (details: unknown, callback: (response: { cancel: boolean }) => void) => void): void }
}

/** What of Electron's App concerns strangers. */
export interface GuardedApp {
  on(event: 'certificate-error', listener: (...error: CertificateError) => void): unknown
  on(event: 'select-client-certificate' | 'login', listener: (event: Stoppable) => void): unknown
}

/** A page stays where it is, opens no windows and holds no other pages. */
export function guardContents(contents: GuardedContents, openOutside: (url: string) => void): void {
  for (const event of ['will-navigate', 'will-frame-navigate', 'will-redirect'] as const) {
    contents.on(event, (navigation) => { if (!isPageAddress(navigation.url)) navigation.preventDefault() })
  }
  contents.on('will-attach-webview', (event) => { event.preventDefault() })
  contents.setWindowOpenHandler(({ url }) => {
    if (openedOutside.has(url)) openOutside(url)
    return { action: 'deny' }
  })
}

// To copy a time or a report, and to watch a film on the whole screen.
const granted: ReadonlySet<string> = new Set(['clipboard-sanitized-write', 'fullscreen'])

const isGranted = (permission: string, { isMainFrame, requestingUrl }: Asking): boolean => (
  granted.has(permission) && isMainFrame === true && isPageAddress(requestingUrl ?? '')
)

// Nothing of the page comes from there and nothing of it goes there, also where its policy had a hole.
const elsewhere = ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*', 'file:///*']

/** Every permission is refused but two, and so is every request to the network and to files. */
export function guardSession(session: GuardedSession): void {
  session.setPermissionRequestHandler((...[, permission, callback, details]) => { callback(isGranted(permission, details)) })
  session.setPermissionCheckHandler((...[, permission, , details]) => isGranted(permission, details))
  session.setDevicePermissionHandler(() => false)
  // Dictionaries would be fetched from the network.
  session.setSpellCheckerEnabled(false)
  session.setSpellCheckerLanguages([])
  session.webRequest.onBeforeRequest({ urls: elsewhere }, (_details, callback) => { callback({ cancel: true }) })
}

/** No certificate is taken that does not hold, none is shown, and no password is given. */
export function guardApp(app: GuardedApp): void {
  app.on('certificate-error', (...[event, , , , , callback]) => { event.preventDefault(); callback(false) })
  app.on('select-client-certificate', (event) => { event.preventDefault() })
  app.on('login', (event) => { event.preventDefault() })
}

/** What every window of ours is made with. */
export function safePreferences({ preload, isPackaged }: { preload: string, isPackaged: boolean }) {
  return {
    preload,
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    navigateOnDragDrop: false,
    webviewTag: false,
    spellcheck: false,
    devTools: !isPackaged,
    // What a person started plays; nothing else does.
    autoplayPolicy: 'no-user-gesture-required',
  } as const
}

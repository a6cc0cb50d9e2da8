import { EventEmitter } from 'node:events'
import path from 'node:path'
import { MessageChannel, Worker } from 'node:worker_threads'
import type { MessagePort } from 'node:worker_threads'

// As much of Electron as the desktop host and the preload script touch, without its binary: the window, the system and the page's
// process are stand-ins, the engine is the real one in a thread, and the ports between them are real ports.

/** What was done to the system. */
export const seen = {
  calls: [] as unknown[][],
  quits: 0,
  exits: [] as number[],
}

/** What the system and the person answer. */
export const answers = {
  userData: '',
  isFirst: true,
  onBattery: false,
  isFocused: true,
  files: { canceled: true, filePaths: [] as string[] },
  button: 1,
}

const note = (name: string) => (...given: unknown[]): void => { seen.calls.push([name, ...given]) }

/** What was given to the last call of this name. */
export function lastOf(name: string): unknown[] | undefined {
  return seen.calls.findLast(([called]) => called === name)?.slice(1)
}

class App extends EventEmitter {
  isPackaged = false
  enableSandbox = note('enableSandbox')
  setAppUserModelId = note('setAppUserModelId')
  setPath = note('setPath')
  getPath(): string { return answers.userData }
  getAppPath(): string { return '/app' }
  requestSingleInstanceLock(data: unknown): boolean { note('lock')(data); return answers.isFirst }
  whenReady(): Promise<void> { return Promise.resolve() }
  exit(code: number): void { seen.exits.push(code) }
  quit(): void {
    seen.quits += 1
    this.emit('will-quit', { preventDefault: note('quit-held') })
  }
}
export const app = new App()

export const ipcMain = new EventEmitter()

class Utility extends EventEmitter {
  readonly worker: Worker
  constructor(args: string[]) {
    super()
    this.worker = new Worker(path.join(import.meta.dirname, 'test-utility-engine.ts'), { argv: args })
    this.worker.on('message', (message) => { this.emit('message', message) })
    this.worker.on('exit', (code) => { this.emit('exit', code) })
    utilities.push(this)
  }

  postMessage(data: unknown, ports: MessagePort[] = []): void { this.worker.postMessage({ data, ports }, ports) }
  kill(): boolean { void this.worker.terminate(); return true }
}
export const utilities: Utility[] = []
export const utilityProcess = { fork: (_file: string, args: string[]) => new Utility(args) }

export const MessageChannelMain = MessageChannel

/** The page's side of the wire, as the preload script has it. */
export const ipcRenderer = Object.assign(new EventEmitter(), {
  send: (channel: string, message?: unknown): void => {
    const [window] = windows.slice(-1)
    const event = { sender: window?.webContents, senderFrame: { parent: null, url: window?.url ?? '' } }
    setImmediate(() => { ipcMain.emit(channel, event, structuredClone(message)) })
  },
})
export const contextBridge = { exposeInMainWorld: note('expose') }
export const webUtils = { getPathForFile: (file: { name: string }) => `/dropped/${file.name}` }

class Contents extends EventEmitter {
  isDestroyed(): boolean { return false }
  send(channel: string, message: unknown): void { this.postMessage(channel, message, []) }
  postMessage(channel: string, message: unknown, ports: MessagePort[]): void { setImmediate(() => { ipcRenderer.emit(channel, { ports }, message) }) }
  setWindowOpenHandler = note('windowOpenHandler')
  startDrag = note('startDrag')
  reload = note('reload')
}

export class BrowserWindow extends EventEmitter {
  readonly webContents = new Contents()
  readonly options: unknown
  url = ''
  constructor(options: unknown) {
    super()
    this.options = options
    windows.push(this)
    app.emit('web-contents-created', {}, this.webContents)
  }

  // The page's preload script has begun when an address is loaded.
  async loadURL(url: string): Promise<void> { this.url = url; await Promise.resolve() }
  isDestroyed(): boolean { return false }
  isFocused(): boolean { return answers.isFocused }
  isMinimized(): boolean { return false }
  isMaximized(): boolean { return false }
  getNormalBounds(): object { return { x: 10, y: 20, width: 1000, height: 700 } }
  maximize = note('maximize')
  show = note('show')
  focus = note('focus')
  setProgressBar = note('progress')
}
const windows: BrowserWindow[] = []
export { windows }

const area = { x: 0, y: 0, width: 1920, height: 1080 }
export const screen = { getPrimaryDisplay: () => ({ id: 1, workArea: area }), getAllDisplays: () => [{ id: 1, workArea: area }] }

export const protocol = { registerSchemesAsPrivileged: note('schemes'), handle: note('handle') }
export const session = {
  defaultSession: {
    setPermissionRequestHandler: note('permissionRequest'), setPermissionCheckHandler: note('permissionCheck'), setDevicePermissionHandler: note('devicePermission'),
    setSpellCheckerEnabled: note('spellChecker'), setSpellCheckerLanguages: note('languages'), webRequest: { onBeforeRequest: note('beforeRequest') },
  },
}
export const Menu = { buildFromTemplate: (template: unknown) => template, setApplicationMenu: note('menu') }
export const dialog = {
  showOpenDialog: async (_window: unknown, options: unknown) => { note('openDialog')(options); return Promise.resolve(answers.files) },
  showMessageBox: async (_window: unknown, options: unknown) => { note('question')(options); return Promise.resolve({ response: answers.button }) },
  showErrorBox: note('errorBox'),
}
export const shell = { showItemInFolder: note('showInFolder'), openExternal: note('openExternal') }
export const powerMonitor = Object.assign(new EventEmitter(), { get onBatteryPower() { return answers.onBattery } })
export const powerSaveBlocker = { start: (kind: string) => { note('keepAwake')(kind); return 7 }, stop: note('letSleep') }
export const nativeTheme = { themeSource: '' }
export class Notification extends EventEmitter {
  constructor(options: unknown) { super(); note('notification')(options) }
  static isSupported(): boolean { return true }
  show(): void { note('notificationShown')() }
}

import { app, dialog, ipcMain, Menu, MessageChannelMain, powerMonitor, protocol, session, shell, utilityProcess } from 'electron'
import type { BrowserWindow, MessagePortMain } from 'electron'
import { homedir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { libraryFolder } from '../../core/library-folder.ts'
import type { EngineSupervisor } from '../engine-supervisor.ts'
import { superviseEngine } from '../engine-supervisor.ts'
import { createMediaLocator } from '../media-locator.ts'
import { readStaticFiles } from '../static-files.ts'
import { APP_SCHEME, appSchemeHandler, privilegedScheme } from './app-scheme.ts'
import { bugLog } from './bug-log.ts'
import { closeGuard } from './close-guard.ts'
import type { UtilityEngine } from './engine-process.ts'
import { engineEnvironment, utilityEngine } from './engine-process.ts'
import type { MenuAction } from './host-service.ts'
import { hostService } from './host-service.ts'
import { importQueue } from './import-queue.ts'
import { loadPage, openMainWindow, showWindow } from './main-window.ts'
import { menuTemplate } from './menu.ts'
import { linkPage } from './page-link.ts'
import { tellPower } from './power.ts'
import { asksToQuit, asksToTryAgain } from './questions.ts'
import { guardApp, guardContents, guardSession } from './safety.ts'
import type { SecondStart } from './start-paths.ts'
import { pathsOfSecondStart, startPaths } from './start-paths.ts'
import { systemSigns } from './system-signs.ts'
import { watchWork } from './work-watch.ts'

const APP_ID = 'app.scenedex.desktop'

/** Where the parts of the program lie. */
export interface Places {
  engineFile: string
  preloadFile: string
  pageFolder: string
  iconFolder: string
}

function forkEngine(engineFile: string, library: string): ReturnType<typeof utilityProcess.fork> {
  const env = engineEnvironment({ env: process.env, platform: process.platform, resourcesFolder: process.resourcesPath })
  return utilityProcess.fork(engineFile, [library], { serviceName: 'Scenedex engine', env })
}

/** Everything that is made once, when Electron is ready and before there is a window. */
interface Program { places: Places, engine: EngineSupervisor, ports: UtilityEngine<MessagePortMain>, onBug(where: string, error: unknown): void }

function startProgram(places: Places): Program {
  const library = libraryFolder(undefined, { platform: process.platform, env: process.env, home: homedir() })
  const ports = utilityEngine<MessagePortMain>(() => forkEngine(places.engineFile, library))
  return { places, engine: superviseEngine(ports.launch), ports, onBug: bugLog(path.join(app.getPath('userData'), 'errors.log')) }
}

function openWindow({ places, onBug }: Program): BrowserWindow {
  const stateFile = path.join(app.getPath('userData'), 'window.json')
  return openMainWindow({ stateFile, preload: places.preloadFile, icon: path.join(places.iconFolder, '512.png'), isPackaged: app.isPackaged, onBug })
}

/** What the page asks of the window, and what the menu tells the page. */
function joinPage(window: BrowserWindow, { places, engine, ports, onBug }: Program): void {
  const menuListeners = new Set<(action: MenuAction) => void>()
  const choose = (action: MenuAction): void => { for (const listener of menuListeners) listener(action) }
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate({ platform: process.platform, isPackaged: app.isPackaged, choose })))
  const dragIcon = path.join(places.iconFolder, '64.png')
  const host = hostService({
    engine,
    onMenu: (listener) => { menuListeners.add(listener); return () => { menuListeners.delete(listener) } },
    desktop: {
      home: homedir(), platform: process.platform,
      chooseFiles: (options) => dialog.showOpenDialog(window, options),
      showInFolder: (file) => { shell.showItemInFolder(file) },
      startDrag: (files) => { window.webContents.startDrag({ file: files[0] ?? '', files, icon: dragIcon }) },
    },
  })
  linkPage({ ipc: ipcMain, contents: window.webContents, engine, handOver: ports.handOver, newChannel: () => new MessageChannelMain(), host, onBug })
}

function askWhenGivenUp(window: BrowserWindow, engine: EngineSupervisor): void {
  const ask = async (): Promise<void> => {
    const isWanted = await asksToTryAgain(window, engine.error())
    // Given up once more it asks once more.
    if (isWanted) engine.start().catch(() => undefined)
    else app.quit()
  }
  engine.onState((state) => { if (state === 'given-up' && !window.isDestroyed()) void ask() })
}

function endWithEngine(engine: EngineSupervisor): void {
  let hasStopped = false
  app.on('will-quit', (event) => {
    if (hasStopped) return
    event.preventDefault()
    void engine.stop().finally(() => {
      hasStopped = true
      app.quit()
    })
  })
  // Without its window the program does nothing that a person could see, on a Mac either.
  app.on('window-all-closed', () => { app.quit() })
}

async function run(places: Places, paths: readonly string[]): Promise<void> {
  let window: BrowserWindow | null = null
  const early: string[] = [...paths]
  let take = (more: readonly string[]): void => { early.push(...more) }
  app.on('second-instance', (...[, , , data]) => { take(pathsOfSecondStart(data)); showWindow(window) })
  app.on('open-file', (event, file) => { event.preventDefault(); take([file]); showWindow(window) })
  app.on('web-contents-created', (_event, contents) => { guardContents(contents, (url) => { void shell.openExternal(url) }) })
  guardApp(app)
  await app.whenReady()

  guardSession(session.defaultSession)
  const program = startProgram(places)
  const { engine, onBug } = program
  protocol.handle(APP_SCHEME, appSchemeHandler(await readStaticFiles(places.pageFolder), createMediaLocator(engine.client)))
  const opened = openWindow(program)
  window = opened
  joinPage(opened, program)
  const work = watchWork(engine, systemSigns(opened))
  if (process.env['SCENEDEX_QUIT_AT_ONCE'] === undefined) opened.on('close', closeGuard(work, (about) => asksToQuit(opened, about), () => { app.quit() }))
  tellPower(powerMonitor, engine.client, (listener) => engine.onState(listener))
  askWhenGivenUp(opened, engine)
  endWithEngine(engine)
  const imports = importQueue(engine.client, engine, (error) => { onBug('importing what the program was started with', error) })
  take = imports.add
  imports.add(early)
  // Both at once: the window is there before the library is open. What keeps the engine from starting is asked about above.
  engine.start().catch((error: unknown) => { onBug('starting the engine', error) })
  await loadPage(opened)
}

/** Starts the app, or hands what it was started with to the one that runs already. Resolves when its page is there. */
export async function startDesktop(places: Places): Promise<void> {
  app.enableSandbox()
  app.setAppUserModelId(APP_ID)
  const userData = process.env['SCENEDEX_USER_DATA']
  if (userData !== undefined && userData !== '') app.setPath('userData', path.resolve(userData))
  protocol.registerSchemesAsPrivileged([privilegedScheme])
  const paths = startPaths({ argv: process.argv, workingFolder: process.cwd(), isPackaged: app.isPackaged, appFolder: app.getAppPath() })
  if (app.requestSingleInstanceLock({ paths } satisfies SecondStart)) {
    await run(places, paths)
  } else {
    app.quit()
  }
}

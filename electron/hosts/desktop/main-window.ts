import { BrowserWindow, screen } from 'electron'
import { PAGE_ADDRESS } from './app-scheme.ts'
import { safePreferences } from './safety.ts'
import { placeWindow, readWindowState, SMALLEST, writeWindowState } from './window-state.ts'

export interface MainWindowOptions {
  stateFile: string
  preload: string
  icon: string
  isPackaged: boolean
  onBug(where: string, error: unknown): void
}

const RELOADS_AT_MOST = 3
const COUNTED_MS = 60_000
// The canvas of the dark theme: nothing flashes before the page is there.
const BEFORE_PAGE = '#121315'

function openAsBefore({ stateFile, preload, icon, isPackaged }: MainWindowOptions): BrowserWindow {
  const main = screen.getPrimaryDisplay()
  const others = screen.getAllDisplays().filter(({ id }) => id !== main.id).map(({ workArea }) => workArea)
  const { bounds, isMaximized } = placeWindow(readWindowState(stateFile), [main.workArea, ...others])
  const window = new BrowserWindow({
    ...bounds, minWidth: SMALLEST.width, minHeight: SMALLEST.height, show: false, backgroundColor: BEFORE_PAGE, icon,
    webPreferences: safePreferences({ preload, isPackaged }),
  })
  if (isMaximized) window.maximize()
  return window
}

/** The page is loaded again when its process dies, unless it dies again and again. */
function keepPage(window: BrowserWindow, onBug: MainWindowOptions['onBug']): void {
  let deaths: number[] = []
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return
    onBug('the page', new Error(`its process ended: ${reason}`))
    const now = Date.now()
    deaths = [...deaths.filter((time) => time > now - COUNTED_MS), now]
    if (deaths.length <= RELOADS_AT_MOST) window.webContents.reload()
  })
}

/** Opens the window where it was the last time. Its page is still to be loaded. */
export function openMainWindow(options: MainWindowOptions): BrowserWindow {
  const window = openAsBefore(options)
  keepPage(window, options.onBug)
  window.once('ready-to-show', () => { window.show() })
  window.on('close', () => {
    try {
      writeWindowState(options.stateFile, { bounds: window.getNormalBounds(), isMaximized: window.isMaximized() })
    } catch (error) {
      options.onBug('keeping the place of the window', error)
    }
  })
  return window
}

/** Loads the page; resolves when it is there. */
export async function loadPage(window: BrowserWindow): Promise<void> {
  await window.loadURL(PAGE_ADDRESS)
}

/** Brings the window before the person. */
export function showWindow(window: BrowserWindow | null): void {
  if (window === null || window.isDestroyed()) return
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}

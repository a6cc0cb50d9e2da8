import { messages } from '../../../renderer/messages.ts'
import type { MenuAction } from './host-service.ts'

type Role = 'about' | 'hide' | 'hideOthers' | 'unhide' | 'quit' | 'close' | 'undo' | 'redo' | 'cut' | 'copy' | 'paste' | 'selectAll'
  | 'resetZoom' | 'zoomIn' | 'zoomOut' | 'togglefullscreen' | 'minimize' | 'zoom' | 'front' | 'reload' | 'toggleDevTools' | 'windowMenu'

/** One entry of a menu, in Electron's terms. */
export interface MenuEntry {
  label?: string
  role?: Role
  type?: 'separator'
  accelerator?: string
  registerAccelerator?: boolean
  click?: () => void
  submenu?: MenuEntry[]
}

export interface MenuOptions {
  platform: NodeJS.Platform
  /** Shows what a developer needs. */
  isPackaged: boolean
  choose(action: MenuAction): void
}

const text = messages.desktop.menu
const line: MenuEntry = { type: 'separator' }

/** The menu of the window, or of the program on a Mac. What is chosen in it is told to the page. */
export function menuTemplate({ platform, isPackaged, choose }: MenuOptions): MenuEntry[] {
  const isMac = platform === 'darwin'
  const entry = (label: string, action: MenuAction, accelerator?: string): MenuEntry => (
    { label, click: () => { choose(action) }, ...accelerator === undefined ? {} : { accelerator } }
  )
  // The page has these keys itself, and one that both took would do it twice.
  const pageEntry = (label: string, action: MenuAction, accelerator: string): MenuEntry => ({ ...entry(label, action, accelerator), registerAccelerator: false })
  const settings = pageEntry(text.settings, 'settings', 'CmdOrCtrl+,')
  const about = entry(text.about, 'about')
  const program: MenuEntry[] = isMac
    ? [{ label: messages.common.appName, submenu: [about, line, settings, line, { role: 'hide' }, { role: 'hideOthers' }, { role: 'unhide' }, line, { role: 'quit' }] }]
    : []
  return [
    ...program,
    {
      label: text.file,
      submenu: [
        entry(text.importFiles, 'import-files', 'CmdOrCtrl+O'), entry(text.importFolder, 'import-folder', 'CmdOrCtrl+Shift+O'), line,
        ...isMac ? [] : [settings, line],
        { role: 'close' },
      ],
    },
    { label: text.edit, submenu: [{ role: 'undo' }, { role: 'redo' }, line, { role: 'cut' }, { role: 'copy' }, { role: 'paste' }, { role: 'selectAll' }] },
    {
      label: text.view,
      submenu: [
        pageEntry(messages.navigation.library, 'library', 'Alt+1'), pageEntry(messages.navigation.search, 'search', 'CmdOrCtrl+K'),
        pageEntry(messages.navigation.tray, 'tray', 'Alt+3'), pageEntry(messages.navigation.activity, 'activity', 'Alt+4'), line,
        { role: 'resetZoom' }, { role: 'zoomIn' }, { role: 'zoomOut' }, line, { role: 'togglefullscreen' },
        ...isPackaged ? [] : [line, { role: 'reload' } satisfies MenuEntry, { role: 'toggleDevTools' } satisfies MenuEntry],
      ],
    },
    { label: text.window, submenu: [{ role: 'minimize' }, { role: 'zoom' }, ...isMac ? [line, { role: 'front' } satisfies MenuEntry] : []] },
    { label: text.help, submenu: [{ ...entry(text.shortcuts, 'shortcuts', 'CmdOrCtrl+/'), registerAccelerator: false }, ...isMac ? [] : [line, about]] },
  ]
}

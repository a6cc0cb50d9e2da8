import { accessSync, constants, existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

const nodeModules = path.resolve(import.meta.dirname, '..', '..', 'node_modules')

function canRun(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function onPath(names: readonly string[]): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter(Boolean)
  return names.flatMap((name) => folders.map((folder) => path.join(folder, name))).find(canRun)
}

const usual: Partial<Record<NodeJS.Platform, string[]>> = {
  darwin: ['/Applications/Chromium.app/Contents/MacOS/Chromium', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'],
  win32: ['C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe', 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe'],
}

/** The browser that the stories are told in; undefined where there is none. The same places as set-up looks at. */
export function chromiumProgram(): string | undefined {
  const own = process.env['SCENEDEX_CHROMIUM']
  if (own !== undefined && canRun(own)) return own
  return usual[process.platform]?.find(canRun) ?? onPath(['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'])
}

/** Electron's own program; undefined where its package came without it. Never asks the network for it. */
export function electronProgram(): string | undefined {
  const stated = path.join(nodeModules, 'electron', 'path.txt')
  if (!existsSync(stated)) return undefined
  const program = path.join(nodeModules, 'electron', 'dist', readFileSync(stated, 'utf8').trim())
  return canRun(program) ? program : undefined
}

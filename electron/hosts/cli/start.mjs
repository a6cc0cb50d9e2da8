// What `npm start` ends with: the app, in a window of its own where Electron's program can be had, else in the browser.
import path from 'node:path'
import { electronProgram, runInForeground } from '../../../native/processes/electron-program.ts'

const top = path.resolve(import.meta.dirname, '..', '..', '..')
const FETCH_MS = 60_000
// A window that ends with an error so soon was never shown: something of the system is missing.
const NEVER_SHOWN_MS = 5000

const hasScreen = process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY'])

function say(/** @type {string} */ text) {
  process.stdout.write(`${text}\n`)
}

/** Null when the window was shown and is closed, else why there was none. */
async function openWindow() {
  if (!hasScreen) return 'there is no screen here to open a window on'
  const electron = await electronProgram({ packageFolder: path.join(top, 'node_modules', 'electron'), limitMs: FETCH_MS })
  if ('why' in electron) return electron.why
  say('Scenedex opens in a window of its own: Electron is here.')
  const begun = Date.now()
  const code = await runInForeground(electron.program, [top])
  if (code === 0 || Date.now() - begun > NEVER_SHOWN_MS) {
    process.exitCode = code ?? 1
    return null
  }
  return 'Electron did not start'
}

const why = await openWindow()
if (why !== null) {
  say(`Scenedex opens in the browser: ${why}.`)
  process.argv.splice(2, Infinity, 'serve', '--open')
  await import('./scenedex.mjs')
}

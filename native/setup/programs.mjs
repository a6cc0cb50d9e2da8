import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { run, SetupError, step } from './step.mjs'

/**
 * Where a program of this name is.
 * @param {string} name
 */
export function onPath(name) {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter(Boolean)
  return folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file))
}

/** Whether what is missing can be installed without asking. */
export const canUseApt = () => process.platform === 'linux' && process.getuid?.() === 0 && onPath('apt-get') !== undefined

// Debian's and Ubuntu's package lists may be old or absent in a fresh container; another apt may be at work.
const PATIENCE = ['-o', 'DPkg::Lock::Timeout=300', '-o', 'Acquire::Retries=1', '-o', 'Acquire::http::Timeout=30']

/**
 * @param {string[]} names
 * @returns {Promise<string>} what apt-get complained of
 */
export async function aptInstall(...names) {
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  await run('apt-get', [...PATIENCE, 'update'], { env })
  const { output } = await run('apt-get', [...PATIENCE, 'install', '-y', '--no-install-recommends', ...names], { env })
  // Whether it is there now is looked at afterwards; this is for saying why it is not.
  return /^E: (.*)$/m.exec(output)?.[1] ?? ''
}

/** The command that a person on this system types to get ffmpeg. */
function ffmpegCommand() {
  if (process.platform === 'darwin') return 'brew install ffmpeg'
  if (process.platform === 'win32') return 'winget install Gyan.FFmpeg'
  const system = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : ''
  if (/^ID(_LIKE)?=.*(fedora|rhel)/m.test(system)) return 'sudo dnf install ffmpeg'
  if (/^ID(_LIKE)?=.*arch/m.test(system)) return 'sudo pacman -S ffmpeg'
  if (/^ID(_LIKE)?=.*suse/m.test(system)) return 'sudo zypper install ffmpeg'
  if (/^ID(_LIKE)?=.*alpine/m.test(system)) return 'sudo apk add ffmpeg'
  return 'sudo apt-get update && sudo apt-get install -y ffmpeg'
}

/**
 * @param {string} node
 * @returns {Promise<{ found?: string, problem?: string }>}
 */
async function lookForFfmpeg(node) {
  const { code, output } = await run(node, ['--no-warnings', fileURLToPath(new URL('tools.ts', import.meta.url))])
  if (code !== 0) throw new SetupError('It could not be found out whether ffmpeg is here.', `Run: "${node}" native/setup/tools.ts`)
  return JSON.parse(output)
}

/**
 * ffmpeg and ffprobe, installed if that can be done without asking.
 * @param {string} node
 */
export async function ensureFfmpeg(node) {
  const before = await lookForFfmpeg(node)
  if (before.found !== undefined) return before.found
  const byHand = (why = '') => new SetupError(`${before.problem ?? 'ffmpeg was not found.'} ${why}`.trim(), `Install it with: ${ffmpegCommand()}  Then run the same command again.`)
  const chosen = process.env['SCENEDEX_FFMPEG'] ?? process.env['SCENEDEX_FFPROBE']
  if (chosen !== undefined && chosen !== '') throw new SetupError(before.problem ?? `${chosen} does not work.`, 'Set SCENEDEX_FFMPEG and SCENEDEX_FFPROBE to the two programs, or unset them.')
  if (!canUseApt()) throw byHand()
  const complaint = await step('installing ffmpeg (apt-get install ffmpeg)', () => aptInstall('ffmpeg'))
  const after = await lookForFfmpeg(node)
  if (after.found === undefined) throw byHand(complaint)
  return after.found
}

const BROWSERS = {
  linux: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
  darwin: ['/Applications/Chromium.app/Contents/MacOS/Chromium', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'],
  win32: ['C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe', 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe'],
}

function lookForBrowser() {
  const own = process.env['SCENEDEX_CHROMIUM']
  if (own !== undefined && existsSync(own)) return own
  const names = process.platform === 'darwin' || process.platform === 'win32' ? BROWSERS[process.platform] : BROWSERS.linux
  return names.map((name) => path.isAbsolute(name) ? name : onPath(name)).find((file) => file !== undefined && existsSync(file))
}

/** A browser for the tests. Without one, the tests that need it skip and say so. */
export async function ensureBrowser() {
  if (lookForBrowser() === undefined && canUseApt()) {
    await step('installing a browser for the tests (apt-get install chromium)', () => aptInstall('chromium'))
  }
  const browser = lookForBrowser()
  return browser === undefined ? 'no browser: tests that need one are skipped' : path.basename(browser)
}

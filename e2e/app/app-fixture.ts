import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { _electron as electron, chromium } from 'playwright-core'
import { afterEach, describe } from 'vitest'
import { messages } from '../../renderer/messages.ts'
import { startScenedex, temporaryFolder } from '../scenedex.ts'
import { chromiumProgram, electronProgram } from './programs.ts'

const text = messages.library.picker

export interface OpenOptions {
  /** A library that is there already; a new one of its own otherwise. */
  library?: string
  width?: number
  height?: number
  /** 2 is 200 % zoom: half as many CSS pixels, each drawn with twice as many. */
  zoom?: number
  colorScheme?: 'dark' | 'light'
  /** Of the app's own process. */
  env?: Record<string, string>
}

/** The app as a person has it before them. */
export interface OpenedApp {
  page: Page
  library: string
  /** What the page complained of: errors of scripts, of the console, of the content security policy. */
  complaints: string[]
  /** Answers what `ask` asks for with a folder: in the app's own picker, or in the system's dialog that a window has. */
  pickFolder(folder: string, ask: () => Promise<void>): Promise<void>
  close(): Promise<void>
}

export type OpenApp = (options?: OpenOptions) => Promise<OpenedApp>

// As Chromium is started in containers and by root: nothing here goes to the network, and every run has a profile of its own.
export const chromiumFlags = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
  '--autoplay-policy=no-user-gesture-required',
]

function listenTo(page: Page): string[] {
  const complaints: string[] = []
  page.on('pageerror', (error) => { complaints.push(String(error)) })
  page.on('console', (message) => { if (message.type() === 'error') complaints.push(message.text()) })
  return complaints
}

/** Starts `scenedex serve` on a library and gives the address it prints. */
export async function startServer(library: string, env: Record<string, string> = {}): Promise<{ address: string, pid: number, stop(): Promise<void> }> {
  const { child, finished } = startScenedex(['serve', '--port', '0', '--library', library], env)
  const address = await new Promise<string>((resolve, reject) => {
    let text = ''
    child.stdout?.on('data', (part: string) => {
      text += part
      const found = /http:\/\/127\.0\.0\.1:\d+\/#token=[0-9a-f]{64}/.exec(text)?.[0]
      if (found !== undefined) resolve(found)
    })
    void finished.then(({ code, stderr }) => { reject(new Error(`scenedex serve ended with ${String(code)}: ${stderr}`)) }, reject)
  })
  return { address, pid: child.pid ?? -1, stop: async () => { child.kill('SIGTERM'); await finished } }
}

/** Begins where the person was last, as the picker does, and takes that folder. All with the keyboard. */
async function pickInPage(page: Page, folder: string, ask: () => Promise<void>): Promise<void> {
  await page.evaluate((start) => { localStorage.setItem('scenedex-last-folder', start) }, folder)
  await ask()
  const picker = page.getByRole('dialog').filter({ has: page.getByRole('listbox', { name: text.entries }) })
  await picker.getByRole('button', { name: path.basename(folder), exact: true }).and(picker.locator('[aria-current=location]')).waitFor()
  await picker.getByRole('button', { name: text.useFolder }).press('Enter')
  await picker.waitFor({ state: 'hidden' })
}

function screenOf({ width = 1280, height = 800, zoom = 1, colorScheme = 'dark' }: OpenOptions) {
  return { viewport: { width: Math.round(width / zoom), height: Math.round(height / zoom) }, deviceScaleFactor: zoom, colorScheme }
}

function libraryFor(options: OpenOptions): { library: string, remove(): void } {
  if (options.library !== undefined) return { library: options.library, remove: () => undefined }
  const { folder, remove } = temporaryFolder('app')
  return { library: path.join(folder, 'library'), remove }
}

async function openInBrowser(options: OpenOptions): Promise<OpenedApp> {
  const { library, remove } = libraryFor(options)
  const server = await startServer(library, options.env)
  let browser: Browser | undefined
  try {
    browser = await chromium.launch({ executablePath: chromiumProgram() ?? '', args: chromiumFlags })
    const page = await browser.newPage({ ...screenOf(options), acceptDownloads: false })
    const complaints = listenTo(page)
    await page.goto(server.address)
    const open = browser
    return { page, library, complaints, pickFolder: (folder, ask) => pickInPage(page, folder, ask), close: async () => { await open.close(); await server.stop(); remove() } }
  } catch (error) {
    await browser?.close()
    await server.stop()
    throw error
  }
}

async function openInWindow(options: OpenOptions): Promise<OpenedApp> {
  const { library, remove } = libraryFor(options)
  const userData = mkdtempSync(path.join(tmpdir(), 'scenedex-user-'))
  const app = await electron.launch({
    executablePath: electronProgram() ?? '', args: [path.resolve(import.meta.dirname, '..', '..'), '--no-sandbox'], colorScheme: options.colorScheme ?? 'dark',
    env: { ...process.env, SCENEDEX_LIBRARY: library, SCENEDEX_USER_DATA: userData, SCENEDEX_QUIT_AT_ONCE: '1', ...options.env },
  })
  const page = await app.firstWindow()
  await page.setViewportSize(screenOf(options).viewport)
  const pickFolder = async (folder: string, ask: () => Promise<void>): Promise<void> => {
    await app.evaluate(({ dialog }, chosen) => { dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] }) }, folder)
    await ask()
  }
  return { page, library, complaints: listenTo(page), pickFolder, close: async () => { await app.close(); rmSync(userData, { recursive: true, force: true }); remove() } }
}

/**
 * Stories about the app, told on every host that is here: the web host in a real browser, and the window where Electron's
 * binary is present. What was opened is closed after each story.
 */
export function stories(name: string, tell: (open: OpenApp) => void): void {
  const on = (open: (options: OpenOptions) => Promise<OpenedApp>) => () => {
    const opened: OpenedApp[] = []
    afterEach(async () => { for (const app of opened.splice(0)) await app.close() })
    tell(async (options = {}) => {
      const app = await open(options)
      opened.push(app)
      return app
    })
  }
  const noBrowser = chromiumProgram() === undefined
  describe.skipIf(noBrowser)(`${name}, in the browser${noBrowser ? ' (skipped: no Chromium here)' : ''}`, on(openInBrowser))
  const noWindow = electronProgram() === undefined
  describe.skipIf(noWindow)(`${name}, in the window${noWindow ? ' (skipped: Electron came without its binary)' : ''}`, on(openInWindow))
}

// npm run pictures: the pictures of the README, of the real page on real videos, in dark and light.
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { chromium } from 'playwright-core'
import sharp from 'sharp'
import { messages } from '../renderer/messages.ts'
import { chromiumFlags, startServer } from './app/app-fixture.ts'
import { chromiumProgram } from './app/programs.ts'
import { card, goTo, hits, importInto, playing, search } from './app/steps.ts'
import { temporaryFolder } from './scenedex.ts'
import { sharedFolder, sharedMedia } from './shared-media.ts'

const target = path.join(import.meta.dirname, '..', 'resources', 'readme')
const SIZE = { width: 1280, height: 800 }
const LONG = { timeout: 60_000 }

type Scheme = 'dark' | 'light'

async function keep(page: Page, name: string, scheme: Scheme): Promise<void> {
  // Until pictures that were asked for have come.
  await page.waitForTimeout(4000)
  const png = await page.screenshot()
  const webp = await sharp(png).webp({ quality: 72, effort: 6, smartSubsample: true }).toBuffer()
  writeFileSync(path.join(target, `${name}-${scheme}.webp`), webp)
  process.stdout.write(`${name}-${scheme}.webp  ${Math.round(webp.length / 1000)} kB\n`)
}

async function play(page: Page, seconds: number): Promise<void> {
  await page.waitForFunction(() => (document.querySelector('video')?.readyState ?? 0) >= 2, undefined, LONG)
  if ((await playing(page)).paused) await page.keyboard.press('Space')
  await page.waitForTimeout(seconds * 1000)
  await page.keyboard.press('Space')
}

async function gather(page: Page): Promise<void> {
  await search(page, 'color:teal')
  await hits(page).first().waitFor(LONG)
  await page.keyboard.press('ArrowDown')
  for (const key of ['ArrowRight', 'ArrowRight']) {
    await page.keyboard.press('E')
    await page.keyboard.press(key)
  }
}

async function takeAll(page: Page, scheme: Scheme): Promise<void> {
  await card(page, 'nasa_13013').waitFor(LONG)
  await keep(page, 'library', scheme)
  await search(page, 'color:teal')
  await hits(page).first().waitFor(LONG)
  await keep(page, 'search', scheme)
  await search(page, 'telescope')
  await hits(page).first().waitFor(LONG)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await play(page, 3)
  await keep(page, 'player', scheme)
  if (scheme === 'dark') {
    await page.keyboard.press('E')
    await gather(page)
    // Until what was said of it is gone.
    await page.waitForTimeout(9000)
  }
  await goTo(page, 'tray')
  await page.getByText(messages.tray.willBe).waitFor(LONG)
  await keep(page, 'tray', scheme)
  await goTo(page, 'activity')
  await keep(page, 'activity', scheme)
  await goTo(page, 'settings')
  await page.getByRole('link', { name: messages.settings.names.models }).or(page.getByRole('tab', { name: messages.settings.names.models })).first().click()
  await keep(page, 'settings', scheme)
}

const { folder, remove } = temporaryFolder('pictures')
// Not the home of whoever takes the pictures.
process.env['HOME'] = path.join(folder, 'home')
mkdirSync(path.join(folder, 'home', 'Videos'), { recursive: true })
const library = path.join(folder, 'library')
mkdirSync(target, { recursive: true })
mkdirSync(path.join(library, 'models'), { recursive: true })
cpSync(path.join(sharedFolder, 'models', 'picture-text-standin'), path.join(library, 'models', 'picture-text-standin'), { recursive: true })
await importInto(library, [sharedMedia('videos')])
const server = await startServer(library)
const browser = await chromium.launch({ executablePath: chromiumProgram() ?? '', args: chromiumFlags })
try {
  for (const scheme of ['dark', 'light'] as const) {
    const page = await browser.newPage({ viewport: SIZE, colorScheme: scheme })
    await page.goto(server.address)
    await takeAll(page, scheme)
    await page.close()
  }
} finally {
  await browser.close()
  await server.stop()
  remove()
}

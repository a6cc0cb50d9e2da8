import { mkdirSync } from 'node:fs'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { messages } from '../../renderer/messages.ts'
import { temporaryFolder } from '../scenedex.ts'
import { hasSharedMedia, sharedMedia } from '../shared-media.ts'
import type { OpenedApp } from './app-fixture.ts'
import { stories } from './app-fixture.ts'
import { filesIn, framesOf, secondsOf } from './exported-files.ts'
import { choose, goTo, hits, importInto, LATER, openVideo, playing, search, SOON } from './steps.ts'

const text = messages.tray
const NASA = sharedMedia('videos', 'nasa_13013.mp4')
const RABBIT = sharedMedia('videos', 'rabbit.webm')
const LAKE = sharedMedia('videos', 'lake_test_video.mp4')
// Of both videos, and a little for the rounding of times in files.
const FRAME = 1 / 29.97 + 0.001

const titles = (page: Page): Promise<string[]> => page.getByRole('list', { name: text.list }).locator('li').getByRole('button', { name: /^Rename / }).allTextContents()

/** Writes a time where one is asked for. */
async function write(page: Page, label: string, value: string): Promise<void> {
  await page.getByRole('textbox', { name: label }).fill(value)
  await page.getByRole('textbox', { name: label }).press('Enter')
}

async function chooseFolder({ page, pickFolder }: OpenedApp, out: string): Promise<void> {
  mkdirSync(out)
  await pickFolder(out, () => page.getByRole('button', { name: text.changeFolder }).click())
  await page.getByText(out).first().waitFor(SOON)
}

/** Two seconds of the video that is open, by keys: from one second on, without snapping. */
async function selectTwoSeconds(page: Page): Promise<void> {
  await page.keyboard.press('Home')
  for (const key of ['ArrowRight', 'Alt+I', 'ArrowRight', 'ArrowRight', 'Alt+O']) await page.keyboard.press(key)
  const bar = page.getByRole('group', { name: messages.player.range })
  await expect.poll(() => bar.getByTitle(messages.player.length).textContent(), SOON).toMatch(/^0:0(2\.0|1\.9)/)
}

async function gather(page: Page, query: string): Promise<void> {
  await search(page, query)
  await hits(page).first().waitFor(SOON)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('e')
  await page.getByText(text.added(1)).last().waitFor(SOON)
}

stories(`clips are gathered and exported${hasSharedMedia ? '' : ' (skipped: no shared media here)'}`, (open) => {
  it.skipIf(!hasSharedMedia)('three clips, one moved, one named and one trimmed, are on the disk as they were planned, and nothing else is', async () => {
    const { folder, remove } = temporaryFolder('exported')
    try {
      const library = path.join(folder, 'library')
      await importInto(library, [NASA, RABBIT])
      const app = await open({ library })
      const { page, complaints } = app
      await openVideo(page, 'rabbit')
      await selectTwoSeconds(page)
      await page.keyboard.press('e')
      await page.getByText(text.added(1)).waitFor(SOON)
      await gather(page, 'telescope')
      await gather(page, 'in:rabbit longer:1s')

      await goTo(page, 'tray')
      await expect.poll(async () => (await titles(page)).length, SOON).toBe(3)
      const before = await titles(page)
      await page.getByRole('button', { name: text.look(before[0] ?? '') }).first().click()
      await page.keyboard.press('Alt+ArrowDown')
      await expect.poll(() => titles(page), SOON).toEqual([before[1], before[0], before[2]])
      await page.keyboard.press('F2')
      await page.keyboard.type('Rabbit: take 2?')
      await page.keyboard.press('Enter')
      await expect.poll(() => titles(page), SOON).toEqual([before[1], 'Rabbit: take 2?', before[2]])
      await page.getByRole('button', { name: text.look(before[2] ?? '') }).first().click()
      await write(page, text.start, '0:02')
      await write(page, text.end, '0:03.5')
      await page.getByText('0:01.500').first().waitFor(SOON)

      const out = path.join(folder, 'out')
      await chooseFolder(app, out)
      const rows = page.getByRole('list', { name: text.list }).locator('li')
      await expect.poll(() => rows.getByTitle(/\.(mp4|webm)$/).count(), SOON).toBe(3)
      const names = await rows.getByTitle(/\.(mp4|webm)$/).allTextContents()
      await page.getByRole('button', { name: text.exportCount(3) }).click()
      await page.getByRole('progressbar', { name: text.exportProgress }).waitFor(SOON)

      const report = page.getByRole('region', { name: text.report })
      await report.getByText(text.done(3)).waitFor(LATER)
      for (const said of [text.verified.first, text.verified.last, text.verified.decoded]) expect(await report.getByText(said).filter({ visible: true }).count()).toBe(3)

      expect(filesIn(out)).toEqual(names.toSorted())
      expect(names[1]).toMatch(/^Rabbit.* take 2.*\.(mp4|webm)$/)
      const [, rabbit, trimmed] = names.map((name) => secondsOf(path.join(out, name)))
      expect(Math.abs(Number(rabbit) - 2)).toBeLessThanOrEqual(FRAME)
      expect(Math.abs(Number(trimmed) - 1.5)).toBeLessThanOrEqual(FRAME)
      for (const name of names) expect(await report.getByText(text.verified.frames(framesOf(path.join(out, name)))).count()).toBeGreaterThan(0)
      expect(complaints).toEqual([])
    } finally {
      remove()
    }
  })

  it.skipIf(!hasSharedMedia)('two videos become one reel with captions in the picture, which plays; the same again waits for it', async () => {
    const { folder, remove } = temporaryFolder('reel')
    try {
      const library = path.join(folder, 'library')
      await importInto(library, [NASA, RABBIT])
      const app = await open({ library })
      const { page, complaints } = app
      for (const title of ['nasa_13013', 'rabbit']) {
        await openVideo(page, title)
        await selectTwoSeconds(page)
        await page.keyboard.press('e')
        await page.getByText(text.added(1)).last().waitFor(SOON)
      }
      await goTo(page, 'tray')
      const out = path.join(folder, 'out')
      await chooseFolder(app, out)
      // Which mode is taken and why is said before anything is written.
      await page.getByText(/^(Copy|Smart|Exact): ./).first().waitFor(SOON)
      await choose(page, messages.export.into, messages.export.intos.reel)
      await choose(page, text.captions, text.captionKinds.burned)
      await page.getByRole('button', { name: messages.export.more }).click()
      await page.getByRole('textbox', { name: messages.export.reelNameLabel }).fill('Best of')
      await page.getByRole('button', { name: messages.export.done }).click()

      await page.getByRole('button', { name: text.exportReel }).evaluate((button: HTMLElement) => { button.click(); button.click() })
      const exports = page.getByRole('region', { name: text.report }).getByRole('article')
      await exports.nth(1).getByText(text.waitingReel('Best of')).waitFor(SOON)
      await exports.nth(1).getByText(text.doneReel('Best of')).waitFor(LATER)
      expect(await exports.nth(0).getByText(text.doneReel('Best of')).count()).toBe(1)
      expect(await exports.nth(1).getByText(text.parts(2)).count()).toBe(1)

      expect(filesIn(out)).toEqual(['Best of (2).mp4', 'Best of.mp4'])
      const reel = path.join(out, 'Best of.mp4')
      expect(Math.abs(secondsOf(reel) - 4)).toBeLessThanOrEqual(2 * FRAME)
      expect(framesOf(path.join(out, 'Best of (2).mp4'))).toBe(framesOf(reel))
      await importInto(library, [reel])
      await openVideo(page, 'Best of')
      await page.keyboard.press('Space')
      await expect.poll(async () => (await playing(page)).currentTime, SOON).toBeGreaterThan(2.5)
      expect(complaints).toEqual([])
    } finally {
      remove()
    }
  })

  it.skipIf(!hasSharedMedia)('an export that is cancelled in the middle leaves whole files or none', async () => {
    const { folder, remove } = temporaryFolder('cancelled')
    try {
      const library = path.join(folder, 'library')
      await importInto(library, [LAKE])
      const app = await open({ library })
      const { page } = app
      await openVideo(page, 'lake_test_video')
      await page.keyboard.press('Alt+I')
      await page.keyboard.press('End')
      await page.keyboard.press('Alt+O')
      await page.keyboard.press('Shift+E')
      await page.getByRole('list', { name: text.list }).waitFor(SOON)
      const out = path.join(folder, 'out')
      await chooseFolder(app, out)
      // Copied, it would be there before anybody can cancel.
      await choose(page, text.mode, text.modes.exact)
      await page.getByRole('button', { name: text.exportCount(1) }).click()
      const report = page.getByRole('region', { name: text.report })
      const share = async (): Promise<number> => Number(await report.getByRole('progressbar', { name: text.exportProgress }).getAttribute('aria-valuenow'))
      await expect.poll(share, SOON).toBeGreaterThan(1)
      await report.getByRole('button', { name: text.cancelExport }).click()
      await report.getByText(text.cancelled(0, 1)).waitFor(SOON)
      await expect.poll(() => filesIn(out), SOON).toEqual([])
    } finally {
      remove()
    }
  })
})

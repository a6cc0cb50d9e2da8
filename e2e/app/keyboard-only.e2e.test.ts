import { copyFileSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { messages } from '../../renderer/messages.ts'
import { temporaryFolder } from '../scenedex.ts'
import { hasSharedMedia, sharedMedia } from '../shared-media.ts'
import { stories } from './app-fixture.ts'
import { filesIn, framesOf } from './exported-files.ts'
import { hits, LATER, SOON, untilFound, untilShown } from './steps.ts'

/** Tab, as often as it takes, until what has this name has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let tries = 0; tries < 60; tries++) {
    const focused = await page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '')
    if (focused === name) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not come to ${name}`)
}

/** What a mouse was used for, which must be nothing. */
function forbidMouse(page: Page): Promise<void> {
  return page.evaluate(() => {
    for (const type of ['pointerdown', 'mousedown', 'wheel']) addEventListener(type, () => { throw new Error(`a ${type}`) }, true)
  })
}

stories(`with the keyboard alone${hasSharedMedia ? '' : ' (skipped: no shared media here)'}`, (open) => {
  it.skipIf(!hasSharedMedia)('from an empty library to a clip on the disk', async () => {
    const { folder, remove } = temporaryFolder('keyboard')
    try {
      const media = path.join(folder, 'media')
      const out = path.join(folder, 'out')
      mkdirSync(media)
      mkdirSync(out)
      copyFileSync(sharedMedia('videos', 'nasa_13013.mp4'), path.join(media, 'nasa.mp4'))
      const { page, pickFolder, complaints } = await open()
      await forbidMouse(page)
      await page.getByRole('heading', { name: messages.library.empty.title }).waitFor(SOON)
      await pickFolder(media, async () => {
        await tabTo(page, messages.library.empty.folder)
        await page.keyboard.press('Enter')
      })
      await page.getByRole('option').waitFor(LATER)
      await page.keyboard.press('Alt+4')
      await page.getByText(messages.jobs.allDone, { exact: true }).waitFor(LATER)

      await page.keyboard.press('/')
      await page.keyboard.type('telescope')
      await untilFound(page)
      await hits(page).first().waitFor(SOON)
      await page.keyboard.press('Enter')
      await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-hit')), SOON).toBe('0')
      await page.keyboard.press('Enter')
      await untilShown(page)
      await page.keyboard.press('k')
      await page.keyboard.press('x')
      for (const key of ['Home', 'Alt+I', 'ArrowRight', 'Alt+O', 'Shift+E']) await page.keyboard.press(key)

      await page.getByRole('list', { name: messages.tray.list }).waitFor(SOON)
      await pickFolder(out, async () => {
        await tabTo(page, messages.tray.changeFolder)
        await page.keyboard.press('Enter')
      })
      await page.getByText(out).first().waitFor(SOON)
      await page.keyboard.press('Control+Enter')
      await page.getByRole('region', { name: messages.tray.report }).getByText(messages.tray.done(1)).waitFor(LATER)
      const [name, ...others] = filesIn(out)
      expect(others).toEqual([])
      expect(framesOf(path.join(out, name ?? ''))).toBe(30)
      expect(complaints).toEqual([])
    } finally {
      remove()
    }
  })
})

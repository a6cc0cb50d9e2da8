import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { messages } from '../../renderer/messages.ts'
import { hasSharedMedia, sharedMedia } from '../shared-media.ts'
import { temporaryFolder } from '../scenedex.ts'
import { stories } from './app-fixture.ts'
import { card, goTo, importInto, LATER, SOON } from './steps.ts'

const text = messages.library
const names = ['nasa_13013.mp4', 'frog.webm', 'crystal.webm']
const MARKUP = '<img src=x onerror=document.title=1>'

/** A folder with videos of which one has markup for a name, and one that is none. */
function mediaIn(folder: string): { media: string, videos: string[] } {
  const media = path.join(folder, 'media')
  mkdirSync(media)
  const videos = names.map((name) => path.join(media, name))
  for (const [at, name] of names.entries()) copyFileSync(sharedMedia('videos', name), videos[at]!)
  const named = path.join(media, `${MARKUP}.webm`)
  copyFileSync(sharedMedia('videos', 'rabbit.webm'), named)
  writeFileSync(path.join(media, 'empty.mp4'), '')
  return { media, videos: [...videos, named] }
}

async function seriousFaults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id }) => id)
}

const countLine = (page: Page, count: number) => page.getByText(text.count(count), { exact: true })

stories(`the library${hasSharedMedia ? '' : ' (skipped: no shared media here)'}`, (open) => {
  it.skipIf(!hasSharedMedia)('a folder is chosen by keyboard in the picker, what is no video is told with its reason, and the work is watched to its end', async () => {
    const { folder, remove } = temporaryFolder('library')
    try {
      const { media } = mediaIn(folder)
      const { page } = await open()
      await page.getByRole('button', { name: text.empty.files }).waitFor(SOON)
      await page.evaluate((start) => { localStorage.setItem('scenedex-last-folder', start) }, folder)
      await page.getByRole('button', { name: text.empty.files }).press('Enter')
      const picker = page.getByRole('dialog', { name: text.importing.chooseFiles })
      await picker.getByRole('option', { name: path.basename(media) }).waitFor(SOON)
      await picker.locator('[role=listbox]:focus').waitFor(SOON)
      await page.keyboard.press('Enter')
      await picker.getByRole('option', { name: 'frog.webm' }).waitFor(SOON)
      await picker.getByRole('button', { name: text.picker.addFolder }).press('Enter')

      const report = page.getByRole('dialog', { name: text.importing.report })
      await report.waitFor(LATER)
      await report.getByText(text.importing.refused(1)).waitFor(SOON)
      await report.getByText('empty.mp4').first().waitFor(SOON)
      await report.getByRole('button', { name: messages.common.close }).last().click()
      await report.waitFor({ ...SOON, state: 'hidden' })
      await countLine(page, 4).waitFor(SOON)

      await goTo(page, 'activity')
      await page.getByText(messages.jobs.allDone).waitFor(LATER)
      expect(await seriousFaults(page)).toEqual([])
    } finally {
      remove()
    }
  })

  it.skipIf(!hasSharedMedia)('videos are selected by keyboard, removed after a question that says what goes, and put back', async () => {
    const { folder, remove } = temporaryFolder('library')
    try {
      const { videos } = mediaIn(folder)
      const library = path.join(folder, 'library')
      await importInto(library, videos)
      const { page, complaints } = await open({ library })
      await countLine(page, 4).waitFor(SOON)
      await expect.poll(() => card(page, MARKUP).count(), SOON).toBe(1)
      expect(await page.title()).toBe(messages.common.appName)
      expect(await seriousFaults(page)).toEqual([])

      await card(page, 'nasa_13013').focus()
      await page.keyboard.press('Space')
      await page.keyboard.press('Shift+ArrowLeft')
      await page.getByText(text.selection.count(2)).waitFor(SOON)
      await page.keyboard.press('Escape')
      await page.keyboard.press('Control+A')
      await page.getByText(text.selection.count(4)).waitFor(SOON)
      await page.keyboard.press('Escape')

      await card(page, 'nasa_13013').click()
      await page.keyboard.press('Delete')
      const question = page.getByRole('dialog', { name: text.removing.title(1, 'nasa_13013') })
      await question.getByText(text.removing.words(38)).waitFor(SOON)
      await question.getByText(text.removing.fileStays(1)).waitFor(SOON)
      await question.locator('button:focus').waitFor(SOON)
      await page.keyboard.press('Enter')
      await countLine(page, 3).waitFor(SOON)
      expect(existsSync(videos[0]!)).toBe(true)
      await page.getByRole('button', { name: messages.common.undo }).click()
      await countLine(page, 4).waitFor(SOON)
      await expect.poll(() => card(page, 'nasa_13013').textContent(), SOON).toContain('100 %')
      expect(complaints).toEqual([])
    } finally {
      remove()
    }
  })

  it.skipIf(!hasSharedMedia)('the pointer goes through the key frames of a poster, which opens at the one that is shown; the filter finds it again', async () => {
    const { folder, remove } = temporaryFolder('library')
    try {
      const { videos } = mediaIn(folder)
      const library = path.join(folder, 'library')
      await importInto(library, videos)
      const { page } = await open({ library })
      const video = card(page, 'nasa_13013')
      await video.waitFor(SOON)
      const box = await video.boundingBox()
      const x = box?.x ?? 0
      const [width, y] = [box?.width ?? 0, (box?.y ?? 0) + 30]
      await page.mouse.move(x + width * 0.3, y)
      await expect.poll(async () => { await page.mouse.move(x + width * 0.95, y); return video.locator('img').count() }, SOON).toBe(2)
      await video.press('Enter')
      await expect.poll(() => Number(/#\/player\/\d+\/([\d.]+)/.exec(page.url())?.[1]), SOON).toBeGreaterThan(5)

      await page.goBack()
      await page.keyboard.press('Control+F')
      await page.keyboard.type('NASA media')
      await page.getByText(text.countOf(1, 4)).waitFor(SOON)
      await expect.poll(() => page.getByRole('option').count(), SOON).toBe(1)
    } finally {
      remove()
    }
  })
})

import { execFileSync } from 'node:child_process'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { locateTools } from '../../native/ffmpeg/locate.ts'
import { messages } from '../../renderer/messages.ts'
import { temporaryFolder } from '../scenedex.ts'
import { hasSharedMedia, sharedMedia } from '../shared-media.ts'
import { stories } from './app-fixture.ts'
import { card, goTo, hits, importInto, search, sidewaysPixels, SOON, untilShown } from './steps.ts'

const MARKUP = '<img src=x onerror=window.hacked=1>'
// Right-to-left marks and letters, a joiner, and no place for a line to break.
const LONG = `\u202Eעברית\u2066${'W'.repeat(180)}\u200Dend of name`

/** A short video with this for its file name and for its title tag. */
function named(folder: string, name: string): string {
  const file = path.join(folder, `${process.platform === 'win32' ? name.replaceAll(/[<>:"|?*]/g, '_') : name}.mp4`)
  execFileSync(locateTools().ffmpeg, ['-v', 'error', '-i', sharedMedia('videos', 'nasa_13013.mp4'), '-map', '0', '-c', 'copy', '-t', '8', '-metadata', `title=${name}`, file])
  return file
}

/** What came of a title on this view that must not. */
async function harm(page: Page): Promise<string[]> {
  const sideways = await sidewaysPixels(page)
  const [hacked, images] = await page.evaluate(() => [(window as { hacked?: unknown }).hacked, document.querySelectorAll('img[src=x], img[src$="/x"]').length] as const)
  return [...hacked === undefined ? [] : ['the title ran'], ...images === 0 ? [] : ['the title became an image'], ...sideways <= 0 ? [] : [`${sideways} pixels too wide`]]
}

stories(`a hostile title${hasSharedMedia ? '' : ' (skipped: no shared media here)'}`, (open) => {
  it.skipIf(!hasSharedMedia).each([['markup', MARKUP, 'img src=x onerror=window.hacked=1'], ['200 characters with marks of direction', LONG, 'W'.repeat(100)]])('of %s stays text in every view and breaks no layout', async (_, name, shown) => {
    const { folder, remove } = temporaryFolder('hostile')
    try {
      const library = path.join(folder, 'library')
      await importInto(library, [named(folder, name)])
      const { page, complaints } = await open({ library })
      await card(page, shown).click()
      const details = page.getByRole('complementary', { name: messages.library.facts.label })
      if (!await details.isVisible()) await page.keyboard.press('i')
      await details.getByRole('heading').filter({ hasText: shown }).waitFor(SOON)
      expect(await harm(page)).toEqual([])

      await card(page, shown).press('Delete')
      await page.getByRole('dialog').getByText(shown).first().waitFor(SOON)
      expect(await harm(page)).toEqual([])
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ ...SOON, state: 'hidden' })

      await goTo(page, 'activity')
      await page.getByText(shown).first().waitFor(SOON)
      expect(await harm(page)).toEqual([])

      await search(page, 'longer:1s')
      await hits(page).filter({ hasText: shown }).first().waitFor(SOON)
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('e')
      expect(await harm(page)).toEqual([])
      await page.keyboard.press('Enter')
      await page.getByRole('heading').filter({ hasText: shown }).waitFor(SOON)
      await untilShown(page)
      expect(await harm(page)).toEqual([])

      await goTo(page, 'tray')
      await page.getByRole('list', { name: messages.tray.list }).getByText(shown).first().waitFor(SOON)
      expect(await harm(page)).toEqual([])
      expect(complaints).toEqual([])
    } finally {
      remove()
    }
  })
})

import { expect, it } from 'vitest'
import { messages } from '../../renderer/messages.ts'
import { hasSharedMedia, sharedMedia } from '../shared-media.ts'
import { temporaryFolder } from '../scenedex.ts'
import { stories } from './app-fixture.ts'
import { hits, importInto, playing, search, searchBox } from './steps.ts'

const NASA = sharedMedia('videos', 'nasa_13013.mp4')
const LAKE = sharedMedia('videos', 'lake_test_video.mp4')

/** As long as a person waits before they think that it hangs. */
const SOON = { timeout: 10_000 }

stories(`a moment is searched and opened${hasSharedMedia ? '' : ' (skipped: no shared media here)'}`, (open) => {
  it.skipIf(!hasSharedMedia)('by words, by a filter, and not at all when nothing is good; the hit plays from its scene', async () => {
    const { folder, remove } = temporaryFolder('found')
    try {
      await importInto(`${folder}/library`, [NASA, LAKE])
      const { page, complaints } = await open({ library: `${folder}/library` })
      await page.keyboard.press('/')
      await page.keyboard.type('telescope')
      await hits(page).first().waitFor(SOON)
      expect(await hits(page).count()).toBe(1)
      expect(await hits(page).first().locator('mark').allTextContents()).toEqual(['telescope'])

      await search(page, 'color:teal')
      await expect.poll(() => hits(page).count(), SOON).toBe(3)
      await page.getByRole('button', { name: messages.common.removeNamed('colour teal') }).click()
      expect(await searchBox(page).inputValue()).toBe('')

      await search(page, 'xylophone')
      await page.getByText(messages.search.foundNone).first().waitFor(SOON)
      expect(await hits(page).count()).toBe(0)

      await search(page, 'color:teal')
      await hits(page).nth(1).waitFor(SOON)
      await searchBox(page).press('ArrowDown')
      await page.keyboard.press('ArrowRight')
      const name = await hits(page).nth(1).innerText()
      await page.keyboard.press('Enter')
      await page.locator('video').waitFor(SOON)
      const [minutes, seconds] = (/(\d+):(\d+\.\d)/.exec(name) ?? []).slice(1).map(Number)
      const start = (minutes ?? 0) * 60 + (seconds ?? 0)
      await expect.poll(async () => (await playing(page)).width, SOON).toBeGreaterThan(0)
      const begun = await playing(page)
      // What is shown on the hit is cut to tenths.
      expect(start).toBeGreaterThan(15)
      expect(begun.currentTime).toBeGreaterThanOrEqual(start)
      if (begun.paused) await page.keyboard.press('Space')
      await expect.poll(async () => (await playing(page)).frames, SOON).toBeGreaterThan(5)
      expect(complaints).toEqual([])
    } finally {
      remove()
    }
  })
})

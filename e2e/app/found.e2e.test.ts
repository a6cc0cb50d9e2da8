import { expect, it } from 'vitest'
import { messages } from '../../renderer/messages.ts'
import { hasSharedMedia, sharedMedia } from '../shared-media.ts'
import { scenedex, temporaryFolder } from '../scenedex.ts'
import { stories } from './app-fixture.ts'
import { card, goTo, hits, hitsOf, importInto, LATER, playing, search, searchBox, SOON, untilFound } from './steps.ts'

const NASA = sharedMedia('videos', 'nasa_13013.mp4')
const text = messages.search.nothing
const LAKE = sharedMedia('videos', 'lake_test_video.mp4')

stories(`a moment is searched and opened${hasSharedMedia ? '' : ' (skipped: no shared media here)'}`, (open) => {
  it.skipIf(!hasSharedMedia)('by words, by a filter, and not at all when nothing is good; the hit plays from its scene', async () => {
    const { folder, remove } = temporaryFolder('found')
    try {
      const library = `${folder}/library`
      await importInto(library, [NASA, LAKE])
      const { page, complaints } = await open({ library })
      await searchBox(page).waitFor(SOON)
      await page.keyboard.press('/')
      await page.keyboard.type('telescope')
      await untilFound(page)
      expect(await hits(page).count()).toBe(1)
      expect(await hits(page).first().locator('mark').allTextContents()).toEqual(['telescope'])
      const keyToPaint = (): Promise<number> => page.evaluate(() => performance.getEntriesByName('search-key-to-paint').at(-1)?.duration ?? -1)
      await expect.poll(keyToPaint, SOON).toBeGreaterThan(0)
      // Under 100 on a quiet machine. Here others may be at work: it is told, and nothing is asked of it.
      process.stdout.write(`from the last key to the picture of its hits: ${(await keyToPaint()).toFixed(0)} ms\n`)

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
      await page.evaluate(() => {
        document.addEventListener('playing', ({ target }) => { document.body.dataset['began'] ??= String((target as HTMLVideoElement).currentTime) }, true)
      })
      await page.keyboard.press('Enter')
      await page.locator('video').waitFor(SOON)
      // The exact start: what is shown on the hit is cut to tenths.
      const start = (await hitsOf(library, 'color:teal'))[1]?.start ?? 0
      expect(start).toBeGreaterThan(15)
      if ((await playing(page)).paused) await page.keyboard.press('Space')
      await expect.poll(async () => (await playing(page)).frames, SOON).toBeGreaterThan(5)
      // Where it began to play, however long ago that is by now.
      const began = Number(await page.locator('body').getAttribute('data-began'))
      expect(Math.abs(began - start)).toBeLessThanOrEqual(0.1)
      expect((await playing(page)).width).toBeGreaterThan(0)
      expect(complaints).toEqual([])
    } finally {
      remove()
    }
  })

  it.skipIf(!hasSharedMedia)('in a library that is still being read, of which it is said that more may come, and then it is there', async () => {
    const { folder, remove } = temporaryFolder('still-read')
    try {
      const library = `${folder}/library`
      expect(await scenedex(['jobs', 'pause', '--library', library])).toMatchObject({ code: 0 })
      await importInto(library, [NASA])
      const { page, complaints } = await open({ library })
      await search(page, 'telescope')
      await page.getByRole('heading', { name: text.reading }).waitFor(SOON)
      await page.getByText(text.readingText(1)).waitFor(SOON)
      expect(await hits(page).count()).toBe(0)
      await page.getByRole('button', { name: text.activity }).click()
      await expect.poll(() => page.url(), SOON).toContain('#/activity')

      expect(await scenedex(['jobs', 'resume', '--library', library])).toMatchObject({ code: 0 })
      await goTo(page, 'library')
      await expect.poll(() => card(page, 'nasa_13013').textContent(), LATER).toContain('100 %')
      await search(page, 'telescope mirror')
      await hits(page).first().waitFor(SOON)
      await search(page, 'said:xylophone')
      await page.getByText(messages.search.foundNone).first().waitFor(SOON)
      expect(await page.getByText(text.readingText(1)).count() + await page.getByText(text.stillRead(1)).count()).toBe(0)
      expect(complaints).toEqual([])
    } finally {
      remove()
    }
  })
})

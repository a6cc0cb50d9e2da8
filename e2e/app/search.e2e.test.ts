import AxeBuilder from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { messages } from '../../renderer/messages.ts'
import { hasSharedMedia, sharedMedia } from '../shared-media.ts'
import { temporaryFolder } from '../scenedex.ts'
import { stories } from './app-fixture.ts'
import { hits, importInto, playing, search, searchBox, SOON, untilFound } from './steps.ts'

const videos = ['nasa_13013.mp4', 'lake_test_video.mp4', 'frog.webm'].map((name) => sharedMedia('videos', name))
const text = messages.search

function focused(page: Page): Promise<string> {
  return page.evaluate(() => document.activeElement?.getAttribute('data-hit') ?? document.activeElement?.id ?? '')
}

async function seriousFaults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).include('main').include('search').analyze()
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id }) => id)
}

stories(`searching by keyboard${hasSharedMedia ? '' : ' (skipped: no shared media here)'}`, (open) => {
  it.skipIf(!hasSharedMedia)('arrow keys move, Space previews, Enter plays and Back comes back to the same hit, E gathers, the search is kept', async () => {
    const { folder, remove } = temporaryFolder('search')
    try {
      await importInto(`${folder}/library`, videos)
      const { page, complaints } = await open({ library: `${folder}/library` })
      await searchBox(page).waitFor(SOON)
      await page.keyboard.press('Control+K')
      await page.keyboard.type('longer:2s')
      await untilFound(page)
      await expect.poll(() => hits(page).count(), SOON).toBeGreaterThan(6)
      await expect.poll(() => page.evaluate(() => performance.getEntriesByName('search-key-to-paint').length), SOON).toBe(1)
      expect(await seriousFaults(page)).toEqual([])

      await page.keyboard.press('ArrowDown')
      await expect.poll(() => focused(page), SOON).toBe('0')
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('ArrowRight')
      const columns = Number(await page.getByRole('grid').getAttribute('aria-colcount'))
      await expect.poll(() => focused(page), SOON).toBe(String(columns + 1))

      const count = await hits(page).count()
      await page.keyboard.press('Space')
      await expect.poll(async () => (await playing(page)).frames, SOON).toBeGreaterThan(3)
      await page.keyboard.press('ArrowLeft')
      await page.getByText(text.ofAll(columns + 1, count)).waitFor(SOON)
      await page.keyboard.press('Space')
      await expect.poll(() => focused(page), SOON).toBe(String(columns))

      await page.keyboard.press('Enter')
      await expect.poll(() => page.url(), SOON).toContain('#/player/')
      await page.goBack()
      await expect.poll(() => focused(page), SOON).toBe(String(columns))
      expect(await searchBox(page).inputValue()).toBe('longer:2s')

      await page.keyboard.press('x')
      await page.keyboard.press('Shift+ArrowRight')
      await page.keyboard.press('e')
      await page.getByText(messages.tray.added(2)).waitFor(SOON)
      await page.keyboard.press('Escape')
      await page.keyboard.press('Escape')
      await expect.poll(() => focused(page), SOON).toBe('search-box')

      await page.getByRole('button', { name: text.save }).click()
      await page.getByRole('dialog', { name: text.saveTitle }).locator('input:focus').waitFor(SOON)
      await page.keyboard.type('Long scenes')
      await page.keyboard.press('Enter')
      await page.getByRole('dialog', { name: new RegExp(`^(${text.saveTitle}|${text.isSaved})$`) }).waitFor({ ...SOON, state: 'detached' })
      await page.keyboard.press('/')
      await page.keyboard.press('Escape')
      await page.getByRole('region', { name: text.kept }).getByRole('button', { name: /^Long scenes/ }).click()
      expect(await searchBox(page).inputValue()).toBe('longer:2s')
      expect(complaints).toEqual([])
    } finally {
      remove()
    }
  })

  it.skipIf(!hasSharedMedia)('filters are chips that are written into the query and taken out of it; what is not good stands apart', async () => {
    const { folder, remove } = temporaryFolder('search-filters')
    try {
      await importInto(`${folder}/library`, videos)
      const { page } = await open({ library: `${folder}/library` })
      await search(page, 'telescope OR lake')
      await page.getByRole('button', { name: text.filters.add }).click()
      await page.getByRole('button', { name: text.filters.colours.blue }).click()
      await page.keyboard.press('Escape')
      expect(await searchBox(page).inputValue()).toBe('(telescope OR lake) color:blue')
      await page.getByRole('button', { name: messages.common.removeNamed('colour blue') }).click()
      expect(await searchBox(page).inputValue()).toBe('telescope OR lake')

      await search(page, 'webb telescope banana')
      await page.getByRole('heading', { name: text.nothing.nearest }).waitFor(SOON)
      expect(await seriousFaults(page)).toEqual([])
      await page.getByRole('button', { name: text.help }).click()
      await page.getByRole('button', { name: 'color:blue,teal', exact: true }).click()
      expect(await searchBox(page).inputValue()).toBe('color:blue,teal')
    } finally {
      remove()
    }
  })
})

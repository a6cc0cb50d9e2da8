import path from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { messages } from '../../renderer/messages.ts'
import { makeBigLibrary } from '../bench/ui/big-library.ts'
import { temporaryFolder } from '../scenedex.ts'
import { stories } from './app-fixture.ts'
import { hits, search, searchBox, SOON, untilFound } from './steps.ts'

const text = messages.search
const { folder, remove } = temporaryFolder('pages')
const library = path.join(folder, 'library')

// Without a media file behind any of them: what is looked at are the hits. Each of the 40 videos has scenes at the same seconds.
beforeAll(() => makeBigLibrary(library, { videos: 40, scenesEach: 24 }))
afterAll(remove)

/** What each hit that is drawn is, by its number. */
async function drawn(page: Page): Promise<Map<string, string>> {
  const all = await hits(page).evaluateAll((cells) => cells.map((cell) => [cell.getAttribute('data-hit') ?? '', `${cell.querySelector('p')?.textContent ?? ''} ${cell.querySelector('time')?.textContent ?? ''}`] as const))
  return new Map(all)
}

async function shownCount(page: Page): Promise<number> {
  const found = page.locator('main [role=status]').filter({ hasText: /hits/ })
  return Number(/\d+/.exec(await found.textContent() ?? '')?.[0])
}

stories('a search that finds much', (open) => {
  it('goes on while one scrolls or moves down by keys, repeats nothing, and what is chosen and has the focus stays so', async () => {
    const { page } = await open({ library })
    await search(page, 'motion:>0')
    await page.getByText(text.found(60, true)).waitFor(SOON)
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('x')
    const first = (await drawn(page)).get('0')
    const seen = new Map<string, string>()
    // To the end of the list as it is, again and again: each time the next page is on its way.
    for (let pages = 2; pages <= 4; pages++) {
      await page.keyboard.press('End')
      await expect.poll(() => shownCount(page), SOON).toBeGreaterThanOrEqual(pages * 50)
      for (const [at, hit] of await drawn(page)) {
        expect(seen.get(at) ?? hit).toBe(hit)
        seen.set(at, hit)
      }
    }
    expect(new Set(seen.values()).size).toBe(seen.size)
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('gridcell')
    await page.getByText(text.selected(1)).waitFor(SOON)
    await page.keyboard.press('Home')
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-hit')), SOON).toBe('0')
    expect((await drawn(page)).get('0')).toBe(first)
    expect(await hits(page).first().getAttribute('aria-selected')).toBe('true')
  })

  it('shows the best five of a video, and all of it when asked', async () => {
    const { page } = await open({ library })
    await search(page, 'motion:>0')
    const more = page.getByRole('button', { name: text.moreOfVideo })
    await more.first().waitFor(SOON)
    await more.first().click()
    await untilFound(page)
    expect(await searchBox(page).inputValue()).toMatch(/^motion:>0 in:\d+$/)
    await expect.poll(() => shownCount(page), SOON).toBeGreaterThan(5)
    expect(await more.count()).toBe(0)
  })

  it('is ordered by what the person says counts: a slider by keys, at once, kept over a reload, and back with one press', async () => {
    const { page } = await open({ library })
    await search(page, 'goal')
    await untilFound(page)
    const before = await drawn(page)
    await page.getByRole('button', { name: text.weights.label, exact: true }).press('Enter')
    const slider = page.getByRole('slider', { name: text.weights.names.said })
    await slider.press('Home')
    await untilFound(page)
    expect(await slider.getAttribute('aria-valuetext')).toBe(text.weights.steps[0])
    const changed = text.weights.chip(text.weights.change(text.weights.names.said, text.weights.steps[0]))
    await page.getByText(changed).waitFor(SOON)
    await expect.poll(async () => JSON.stringify([...await drawn(page)]) === JSON.stringify([...before]), SOON).toBe(false)
    await page.reload()
    await search(page, 'goal')
    await page.getByText(changed).waitFor(SOON)
    await page.getByRole('button', { name: messages.common.removeNamed(text.weights.chipRemove) }).click()
    await untilFound(page)
    await expect.poll(() => drawn(page), SOON).toEqual(before)
  })
})

import { expect, it } from 'vitest'
import { messages } from '../../renderer/messages.ts'
import { stories } from './app-fixture.ts'
import { goTo, hits, LATER, search, SOON, untilAllDone } from './steps.ts'

const text = messages.library

stories('the first start', (open) => {
  it('an empty library says what the app is for; one click on the sample, and its words are found', async () => {
    const { page, complaints } = await open()
    await page.getByRole('heading', { name: text.empty.title }).waitFor(SOON)
    for (const point of text.empty.points) expect(await page.getByText(point).isVisible()).toBe(true)

    await page.getByRole('button', { name: text.empty.sample }).click()
    await page.getByText(text.count(1), { exact: true }).waitFor(LATER)
    await untilAllDone(page)
    await goTo(page, 'library')
    const sample = page.getByRole('listbox', { name: text.grid }).getByRole('option')
    await expect.poll(() => sample.locator('[data-kind=speech]').textContent(), SOON).toContain('100 %')
    await expect.poll(() => sample.locator('[data-state]').count(), SOON).toBe(0)
    await expect.poll(() => sample.locator('img').first().evaluate((image: HTMLImageElement) => image.naturalWidth), SOON).toBeGreaterThan(0)

    await search(page, 'frozen river')
    await expect.poll(() => hits(page).count(), SOON).toBe(1)
    expect(await hits(page).locator('mark').allTextContents()).toEqual(['frozen', 'river'])
    expect(complaints).toEqual([])
  })
})

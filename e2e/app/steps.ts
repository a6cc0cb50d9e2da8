import { readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { calls } from '../../electron/contract/calls.ts'
import type { SearchHit } from '../../electron/contract/search.ts'
import { messages } from '../../renderer/messages.ts'
import { scenedex, scenedexJson } from '../scenedex.ts'

/** As long as a person waits before they think that it hangs, on a machine that has other things to do too. */
export const SOON = { timeout: 30_000 }
/** For work on videos. */
export const LATER = { timeout: 90_000 }

// What a person does again and again in the stories.

/** A library that the command line has filled to the end. */
export async function importInto(library: string, paths: readonly string[]): Promise<void> {
  const { code, stderr } = await scenedex(['import', ...paths, '--wait', '--library', library])
  if (code !== 0 && code !== 3) throw new Error(`the import ended with ${String(code)}: ${stderr}`)
}

/** Lets files fall onto the window, as the browser gives them to the page. */
export async function dropFiles(page: Page, files: readonly string[]): Promise<void> {
  const given = files.map((file) => ({ name: path.basename(file), base64: readFileSync(file).toString('base64'), modified: statSync(file).mtimeMs }))
  const transfer = await page.evaluateHandle((all) => {
    const held = new DataTransfer()
    for (const { name, base64, modified } of all) {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
      held.items.add(new File([bytes], name, { lastModified: modified }))
    }
    return held
  }, given)
  const target = page.locator('body')
  for (const type of ['dragenter', 'dragover', 'drop']) await target.dispatchEvent(type, { dataTransfer: transfer })
}

/** A card of the library by its title. */
export function card(page: Page, title: string): Locator {
  return page.getByRole('listbox', { name: messages.library.grid }).getByRole('option').filter({ hasText: title })
}

/** Takes one of several values, as the app offers them. */
export async function choose(page: Page, label: string, value: string): Promise<void> {
  await page.getByRole('combobox', { name: new RegExp(`^${label}`) }).click()
  await page.getByRole('option', { name: new RegExp(`^${value}`) }).click()
  await page.getByRole('listbox').waitFor({ ...SOON, state: 'hidden' })
}

/** Goes to a view with the rail at the left. */
export async function goTo(page: Page, view: 'library' | 'search' | 'tray' | 'activity' | 'settings'): Promise<void> {
  await page.getByRole('navigation', { name: messages.navigation.label }).getByRole('link', { name: messages.navigation[view] }).click()
}

export function searchBox(page: Page): Locator {
  return page.getByRole('searchbox', { name: messages.search.box })
}

/** Types a query as a person does, letter by letter, and waits for what it finds. */
export async function search(page: Page, query: string): Promise<void> {
  await searchBox(page).click()
  await searchBox(page).fill('')
  await searchBox(page).pressSequentially(query)
  await untilFound(page)
}

/** Until what is shown is the answer to all that was typed: on the way there, the first letters have answers of their own. */
export async function untilFound(page: Page): Promise<void> {
  await page.locator('[aria-busy=false]').filter({ has: page.getByRole('heading', { name: messages.search.results }) }).waitFor(SOON)
}

/** How the video on the page is playing. */
export function playing(page: Page): Promise<{ currentTime: number, frames: number, width: number, paused: boolean }> {
  return page.locator('video').first().evaluate((video: HTMLVideoElement) => ({
    currentTime: video.currentTime, frames: video.getVideoPlaybackQuality().totalVideoFrames, width: video.videoWidth, paused: video.paused,
  }))
}

/** The hits of a search, the nearest that are not good among them. */
export function hits(page: Page): Locator {
  return page.getByRole('grid', { name: messages.search.results }).locator('[role=gridcell][data-hit]')
}

/** The same search, asked on the command line: exact times. */
export async function hitsOf(library: string, query: string): Promise<SearchHit[]> {
  return (await scenedexJson(calls['search.query'].output, ['search', query, '--library', library])).hits
}

/** Waits in the activity until all work is done. */
export async function untilAllDone(page: Page): Promise<void> {
  await goTo(page, 'activity')
  await page.getByText(messages.jobs.allDone, { exact: true }).waitFor(LATER)
}

/** Opens a video of the library in the player, to its first picture. */
export async function openVideo(page: Page, title: string): Promise<void> {
  await goTo(page, 'library')
  await card(page, title).waitFor(SOON)
  await card(page, title).press('Enter')
  await untilShown(page)
}

/** Until the player shows a picture of the video. */
export async function untilShown(page: Page): Promise<void> {
  await page.waitForFunction(() => (document.querySelector('video')?.readyState ?? 0) >= 2, undefined, LATER)
}

/** How far a page can be scrolled sideways, in pixels: 0 is how it should be. */
export function sidewaysPixels(page: Page): Promise<number> {
  return page.evaluate(() => {
    const { scrollWidth } = document.documentElement
    return Math.max(scrollWidth, document.body.scrollWidth) - innerWidth
  })
}

/** Closes what is said at the edge of the window, as a person does who is in a hurry. */
export async function closeToasts(page: Page): Promise<void> {
  // Hidden from screen readers until one goes to them.
  const close = page.getByRole('region', { name: messages.common.notices }).getByRole('button', { name: messages.common.close, includeHidden: true })
  await close.evaluateAll((buttons: HTMLElement[]) => { for (const button of buttons) button.click() })
  await close.first().waitFor({ ...SOON, state: 'detached' })
}

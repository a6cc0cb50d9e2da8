import path from 'node:path'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { calls } from '../../electron/contract/calls.ts'
import { sqlite } from '../../native/sqlite/open.ts'
import { messages } from '../../renderer/messages.ts'
import { hasSharedMedia, sharedMedia } from '../shared-media.ts'
import { scenedexJson } from '../scenedex.ts'
import { stories } from './app-fixture.ts'
import { card, dropFiles, goTo, LATER, SOON } from './steps.ts'

const FILES = ['lake_test_video.mp4', 'issue-195-aspect-ratio.mp4', 'testvideo.mp4'].map((name) => sharedMedia('videos', name))

/** The process that works on the library: the engine writes its number into it. */
function enginePid(library: string): number {
  const db = sqlite.openForReading(path.join(library, 'library.sqlite'))
  try {
    const holder = db.get('SELECT pid FROM engine', z.object({ pid: z.number() }))
    if (holder === undefined) throw new Error('nobody works on the library')
    return holder.pid
  } finally {
    db.close()
  }
}

/** How far all work is. */
async function percent(page: Page): Promise<number> {
  return Number(await page.getByRole('progressbar', { name: messages.jobs.overall }).getAttribute('aria-valuenow'))
}

stories(`an import is watched, rests, and outlives its engine${hasSharedMedia ? '' : ' (skipped: no shared media here)'}`, (open) => {
  it.skipIf(!hasSharedMedia)('percent moves and stands still while it is paused; the engine that is killed comes back by itself, goes on, and ends with everything', async () => {
    const { page, library } = await open()
    await dropFiles(page, FILES)
    await card(page, 'testvideo').waitFor()
    await goTo(page, 'activity')
    await expect.poll(() => percent(page), LATER).toBeGreaterThan(0)
    const early = await percent(page)
    await expect.poll(() => percent(page), LATER).toBeGreaterThan(early)

    await page.getByRole('button', { name: messages.jobs.pauseAll }).click()
    await page.getByText(messages.jobs.paused, { exact: true }).first().waitFor(SOON)
    await expect.poll(() => page.getByText(messages.jobs.counts.running(1)).count(), SOON).toBe(0)
    const resting = await percent(page)
    expect(resting).toBeLessThan(100)
    // That nothing happens can only be seen by waiting for it.
    await page.waitForTimeout(1500)
    expect(await percent(page)).toBe(resting)
    await page.getByRole('button', { name: messages.jobs.resumeAll }).click()
    await page.getByText(messages.jobs.working, { exact: true }).first().waitFor(SOON)

    // What is said while it comes back may be gone before anybody looks: all of it is kept.
    await page.evaluate(() => {
      new MutationObserver(() => {
        const now = [...document.querySelectorAll('[role=status]')].map(({ textContent }) => textContent).join('\n')
        document.body.dataset['said'] = `${document.body.dataset['said'] ?? ''}\n${now}`
      }).observe(document.body, { subtree: true, childList: true, characterData: true })
    })
    process.kill(enginePid(library), 'SIGKILL')
    await expect.poll(() => page.locator('body').getAttribute('data-said'), SOON).toContain(messages.connection.engineGone)
    await page.getByText(messages.connection.engineGone).waitFor({ ...SOON, state: 'detached' })

    await page.getByText(messages.jobs.allDone).first().waitFor(LATER)
    expect(await percent(page)).toBe(100)
    const { videos } = await scenedexJson(calls['library.list'].output, ['library', '--library', library])
    expect(videos.map(({ title, state }) => `${title} ${state}`).sort()).toEqual(['issue-195-aspect-ratio ready', 'lake_test_video ready', 'testvideo ready'])
  })
})

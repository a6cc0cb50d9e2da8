import { execFileSync } from 'node:child_process'
import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { messages } from '../../renderer/messages.ts'
import { temporaryFolder } from '../scenedex.ts'
import { stories } from './app-fixture.ts'
import { importInto, openVideo, SOON } from './steps.ts'

const { folder, remove } = temporaryFolder('words')
const library = path.join(folder, 'library')
const film = path.join(folder, 'films', 'words.mp4')
const text = messages.player

beforeAll(async () => {
  mkdirSync(path.dirname(film), { recursive: true })
  execFileSync('ffmpeg', ['-v', 'error', '-nostdin', '-f', 'lavfi', '-i', 'testsrc2=size=320x180:rate=25:duration=8', '-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', film])
  writeFileSync(path.join(folder, 'films', 'words.srt'), '1\n00:00:01,000 --> 00:00:05,000\nlanterns cleanrooms largest harbours winter\n')
  await importInto(library, [film])
})
afterAll(remove)

async function dragOverWords(page: Page, { from, startsAt, to }: { from: string, startsAt: number, to: string }): Promise<void> {
  const [first, last] = [await page.locator('[data-line]', { hasText: from }).boundingBox(), await page.locator('[data-line]', { hasText: to }).boundingBox()]
  if (first === null || last === null) throw new Error('The words are not on the page.')
  await page.mouse.move(first.x + startsAt, first.y + first.height / 2)
  await page.mouse.down()
  await page.mouse.move(last.x + last.width * 0.7, last.y + last.height / 2, { steps: 4 })
  await page.mouse.up()
}

stories('words of the player', (open) => {
  it('are selected whole wherever in the first letter the drag begins', async () => {
    const { page, complaints } = await open({ library })
    await openVideo(page, 'words')
    await page.locator('[data-word]').first().waitFor(SOON)
    for (const startsAt of [1, 2, 3, 4, 5, 6]) {
      await page.evaluate(() => { getSelection()?.removeAllRanges() })
      await dragOverWords(page, { from: 'cleanrooms', startsAt, to: 'harbours' })
      await page.getByRole('group', { name: text.selectedWords(3) }).waitFor(SOON)
      expect(await page.evaluate(() => String(getSelection()).trim())).toBe('cleanrooms largest harbours')
    }
    expect(complaints).toEqual([])
  })

  it('a file that was moved away is told of, and goes on by itself when it is back', async () => {
    const { page } = await open({ library })
    renameSync(film, `${film}.away`)
    await page.evaluate(() => { location.hash = '#/player/1/2' })
    await page.getByRole('alert').getByRole('button', { name: messages.library.relink }).waitFor(SOON)
    renameSync(`${film}.away`, film)
    await page.waitForFunction(() => (document.querySelector('video')?.readyState ?? 0) >= 2, undefined, SOON)
    await page.getByRole('alert').waitFor({ state: 'detached' })
  })
})

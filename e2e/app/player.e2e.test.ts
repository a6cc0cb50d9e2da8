import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { messages } from '../../renderer/messages.ts'
import { temporaryFolder } from '../scenedex.ts'
import { stories } from './app-fixture.ts'
import { importInto, playing, SOON } from './steps.ts'

const { folder, remove } = temporaryFolder('player')
const library = path.join(folder, 'library')
const text = messages.player

/** Two shots of 12 seconds, 25 pictures a second. */
function film(name: string, codec: readonly string[]): string {
  const file = path.join(folder, 'films', name)
  const inputs = ['testsrc2=size=320x180:rate=25:duration=12', 'smptebars=size=320x180:rate=25:duration=12'].flatMap((source) => ['-f', 'lavfi', '-i', source])
  execFileSync('ffmpeg', ['-v', 'error', '-nostdin', ...inputs, '-f', 'lavfi', '-i', 'sine=duration=24', '-filter_complex', '[0][1]concat=n=2[v]', '-map', '[v]', '-map', '2', ...codec, '-c:a', 'aac', file])
  return file
}

beforeAll(async () => {
  mkdirSync(path.join(folder, 'films'), { recursive: true })
  // Video 1 plays in every browser, video 2 in hardly any.
  await importInto(library, [film('plain.mp4', ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'])])
  await importInto(library, [film('mpeg2.mov', ['-c:v', 'mpeg2video', '-q:v', '4'])])
})
afterAll(remove)

async function openAt(page: Page, place: string): Promise<void> {
  await page.evaluate((hash) => { location.hash = hash }, `#/player/${place}`)
  await expect.poll(async () => (await playing(page)).frames, SOON).toBeGreaterThan(0)
}

const inPoint = (page: Page) => page.getByRole('textbox', { name: text.inPoint })
const outPoint = (page: Page) => page.getByRole('textbox', { name: text.outPoint })

stories('the player', (open) => {
  it('goes on by exactly one picture, and sets an in point at the cut that is near', async () => {
    const { page, complaints } = await open({ library })
    await openAt(page, '1/3.000')
    expect(Math.abs((await playing(page)).currentTime - 3)).toBeLessThan(0.1)
    await page.keyboard.press('.')
    await page.getByText(text.frame(76), { exact: true }).waitFor()
    await page.keyboard.press('End')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press(',')
    await page.getByText(text.frame(299), { exact: true }).waitFor()
    await page.keyboard.press('i')
    await expect.poll(() => inPoint(page).inputValue()).toBe('0:00:12.000')
    await page.getByText(text.snapped.shot).waitFor()
    expect(complaints).toEqual([])
  })

  it('stands on the beginning of a picture after it was played backwards, so that points are set there', async () => {
    const { page } = await open({ library })
    await openAt(page, '1/6.000')
    await page.keyboard.press('j')
    await page.getByText(text.shuttle(-1)).waitFor()
    await expect.poll(async () => (await playing(page)).currentTime, SOON).toBeLessThan(5.6)
    await page.keyboard.press('k')
    await page.getByText(text.shuttle(-1)).waitFor({ state: 'detached' })
    await page.keyboard.press('ArrowRight')
    // As long as it takes that something else would have come between.
    await page.waitForTimeout(300)
    await page.keyboard.press('Alt+I')
    const milliseconds = Math.round(Number((await inPoint(page).inputValue()).slice(-6)) * 1000)
    expect(milliseconds % 40).toBe(0)
  })

  it('opens with the span it was given as its selection, and gathers it with one key', async () => {
    const { page } = await open({ library })
    await openAt(page, '1/2.000/5.000')
    expect([await inPoint(page).inputValue(), await outPoint(page).inputValue()]).toEqual(['0:00:02.000', '0:00:05.000'])
    await page.keyboard.press('e')
    await page.getByText(messages.tray.added(1), { exact: true }).waitFor()
  })

  it('plays what the browser can not decode through a preview, over the joint of two pieces', async () => {
    const { page, complaints } = await open({ library })
    await openAt(page, '2/9.000/14.000')
    await page.getByText(text.preview, { exact: true }).waitFor()
    await expect.poll(async () => (await playing(page)).currentTime, SOON).toBeGreaterThan(10.5)
    expect((await playing(page)).width).toBe(320)
    expect(complaints).toEqual([])
  })
})

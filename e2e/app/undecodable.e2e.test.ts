import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { expect, it } from 'vitest'
import { locateTools } from '../../native/ffmpeg/locate.ts'
import { messages } from '../../renderer/messages.ts'
import { temporaryFolder } from '../scenedex.ts'
import { stories } from './app-fixture.ts'
import { importInto, openVideo, playing, SOON } from './steps.ts'

const text = messages.player
const { ffmpeg } = locateTools()
const encoders = execFileSync(ffmpeg, ['-hide_banner', '-encoders'], { encoding: 'utf8' })

stories('a video that the browser can not decode', (open) => {
  it.for([
    ['ProRes', 'mov', 'prores_ks', ['-profile:v', '0', '-pix_fmt', 'yuv422p10le']],
    ['HEVC', 'mp4', 'libx265', ['-preset', 'ultrafast', '-tag:v', 'hvc1', '-x265-params', 'log-level=error', '-pix_fmt', 'yuv420p']],
  ] as const)('%s plays all the same, from a preview that is made for where one is', async ([codec, kind, encoder, more], { skip }) => {
    skip(!encoders.includes(` ${encoder} `), `this ffmpeg makes no ${codec}`)
    const { folder, remove } = temporaryFolder('undecodable')
    try {
      const file = path.join(folder, `camera.${kind}`)
      execFileSync(ffmpeg, ['-v', 'error', '-f', 'lavfi', '-i', 'testsrc2=s=480x270:r=25:d=17', '-f', 'lavfi', '-i', 'sine=d=17', '-c:v', encoder, ...more, '-c:a', 'aac', file])
      const library = path.join(folder, 'library')
      await importInto(library, [file])
      const { page } = await open({ library })
      // What is said of the preview while it is made comes and goes quickly: all of it is kept.
      await page.evaluate(() => {
        const keep = (): void => {
          const now = [...document.querySelectorAll('[role=status]')].map(({ textContent }) => textContent).filter((one) => document.body.dataset['said']?.includes(one) !== true)
          if (now.length > 0) document.body.dataset['said'] = [document.body.dataset['said'] ?? '', ...now].join('\n')
        }
        new MutationObserver(keep).observe(document.body, { subtree: true, childList: true, characterData: true })
      })
      await openVideo(page, 'camera')
      await page.getByText(text.preview, { exact: true }).waitFor(SOON)
      const said = await page.locator('body').getAttribute('data-said')
      expect(said).toContain(text.makingFirst)
      expect(said).toContain(codec)

      await page.keyboard.press('Space')
      await expect.poll(async () => (await playing(page)).frames, SOON).toBeGreaterThan(10)
      expect((await playing(page)).width).toBeGreaterThan(0)
      await page.keyboard.press('Space')
      await page.keyboard.press('End')
      await page.keyboard.press('Shift+ArrowLeft')
      await expect.poll(async () => page.locator('video').evaluate((video: HTMLVideoElement) => video.readyState >= 2 && !video.seeking ? video.currentTime : 0), SOON).toBeGreaterThan(11)
      const before = await playing(page)
      await page.keyboard.press('Space')
      await expect.poll(async () => (await playing(page)).frames, SOON).toBeGreaterThan(before.frames + 10)
      expect((await playing(page)).currentTime).toBeGreaterThan(before.currentTime)
    } finally {
      remove()
    }
  })
})

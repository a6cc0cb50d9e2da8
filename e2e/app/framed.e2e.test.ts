import path from 'node:path'
import { expect, it } from 'vitest'
import { messages } from '../../renderer/messages.ts'
import { temporaryFolder } from '../scenedex.ts'
import { hasSharedMedia, sharedMedia } from '../shared-media.ts'
import { stories } from './app-fixture.ts'
import { choose, goTo, importInto, openVideo, SOON } from './steps.ts'

const text = messages.framing

stories(`clips are framed${hasSharedMedia ? '' : ' (skipped: no shared media here)'}`, (open) => {
  it.skipIf(!hasSharedMedia)('a frame is moved with the mouse and with keys, two parts are set on the picture, and all of it is kept', async () => {
    const { folder, remove } = temporaryFolder('framed')
    try {
      const library = path.join(folder, 'library')
      await importInto(library, [sharedMedia('videos', 'rabbit.webm')])
      const { page, complaints } = await open({ library })
      await openVideo(page, 'rabbit')
      for (const key of ['Home', 'Alt+I', 'ArrowRight', 'ArrowRight', 'Alt+O', 'e']) await page.keyboard.press(key)
      await page.getByText(messages.tray.added(1)).waitFor(SOON)
      await goTo(page, 'tray')

      await choose(page, text.shape, text.shapes['9:16'])
      await page.getByText(text.follows).waitFor(SOON)
      await choose(page, text.how, text.hows.hand)
      const window = page.getByRole('slider', { name: text.window })
      await expect.poll(() => window.getAttribute('aria-valuenow'), SOON).toBe('31')
      await window.focus()
      for (let press = 0; press < 5; press++) await page.keyboard.press('ArrowLeft')
      await expect.poll(() => window.getAttribute('aria-valuenow'), SOON).toBe('26')
      const box = await window.boundingBox()
      if (box === null) throw new Error('the frame is not shown')
      await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
      await page.mouse.down()
      await page.mouse.move(box.x + 2000, box.y + box.height / 2, { steps: 4 })
      await page.mouse.up()
      // 270 of 720 pixels wide, at the right edge.
      await expect.poll(() => window.getAttribute('aria-valuenow'), SOON).toBe('63')

      await choose(page, text.how, text.hows.split)
      const below = page.getByRole('group', { name: new RegExp(`^${text.below}`) })
      await below.focus()
      await page.keyboard.press('ArrowUp')
      await page.keyboard.press('Shift+ArrowLeft')
      const words = text.region(text.below, { left: 70, top: 64, width: 29, height: 35 })
      await page.getByRole('group', { name: words }).waitFor(SOON)
      // Who goes elsewhere at once has changed it all the same.
      await goTo(page, 'library')
      await goTo(page, 'tray')
      await page.getByRole('group', { name: words }).waitFor(SOON)
      await page.reload()
      await page.getByRole('group', { name: words }).waitFor(SOON)
      expect(complaints).toEqual([])
    } finally {
      remove()
    }
  })
})

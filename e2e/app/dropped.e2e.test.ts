import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { messages } from '../../renderer/messages.ts'
import { temporaryFolder } from '../scenedex.ts'
import { hasSharedMedia, sharedMedia } from '../shared-media.ts'
import { stories } from './app-fixture.ts'
import { card, dropFiles, goTo, LATER, SOON, untilAllDone } from './steps.ts'

const text = messages.library
const GOOD = sharedMedia('videos', 'rabbit.webm')

/** Two good videos, one of them twice, and three that only look like one. */
function mixed(folder: string): string[] {
  const at = (name: string): string => path.join(folder, name)
  copyFileSync(GOOD, at('rabbit.webm'))
  copyFileSync(GOOD, at('the same rabbit.webm'))
  copyFileSync(sharedMedia('videos', 'realshort.mp4'), at('realshort.mp4'))
  writeFileSync(at('empty.mp4'), '')
  writeFileSync(at('letter.mp4'), 'Dear Sir or Madam, this is a letter and no video.\n'.repeat(40))
  copyFileSync(sharedMedia('pictures', 'coco', '000000000139.jpg'), at('photo.mp4'))
  return ['rabbit.webm', 'the same rabbit.webm', 'realshort.mp4', 'empty.mp4', 'letter.mp4', 'photo.mp4'].map(at)
}

stories(`good and bad files are dropped together${hasSharedMedia ? '' : ' (skipped: no shared media here)'}`, (open) => {
  it.skipIf(!hasSharedMedia)('each one\'s outcome is shown, what is no video with its reason, and the good ones become ready', async () => {
    const { folder, remove } = temporaryFolder('dropped')
    try {
      const { page } = await open()
      await page.getByRole('heading', { name: text.empty.title }).waitFor(SOON)
      await dropFiles(page, mixed(folder))

      const report = page.getByRole('dialog', { name: text.importing.report })
      await report.waitFor(LATER)
      await report.getByText(text.importing.refused(3)).waitFor(SOON)
      await report.getByText(text.importing.added(2)).waitFor(SOON)
      await report.getByText(text.importing.known(1)).waitFor(SOON)
      const reasonOf = (name: string): Promise<string | null> => report.locator('div').filter({ has: page.getByRole('listitem').filter({ hasText: name }) }).last().locator('p').first().textContent()
      const reasons = await Promise.all(['empty.mp4', 'letter.mp4', 'photo.mp4'].map(reasonOf))
      expect(reasons).toEqual(['Is empty.', 'Is no video, whatever its name says.', 'Is a picture and no video.'])
      await report.getByRole('button', { name: messages.common.close }).last().click()

      await untilAllDone(page)
      await goTo(page, 'library')
      await expect.poll(() => page.getByRole('option').count(), SOON).toBe(2)
      for (const title of ['rabbit', 'realshort']) await expect.poll(() => card(page, title).locator('[data-state]').count(), SOON).toBe(0)
    } finally {
      remove()
    }
  })

  it.skipIf(!hasSharedMedia)('a folder is chosen with the keyboard, and everything good in it is taken in', async () => {
    const { folder, remove } = temporaryFolder('folder')
    try {
      const trip = path.join(folder, 'trip', 'day one')
      mkdirSync(trip, { recursive: true })
      copyFileSync(GOOD, path.join(trip, 'rabbit.webm'))
      writeFileSync(path.join(folder, 'trip', 'notes.txt'), 'no video')
      const { page, pickFolder } = await open()
      const choose = page.getByRole('button', { name: text.empty.folder })
      await choose.waitFor(SOON)
      await pickFolder(path.join(folder, 'trip'), () => choose.press('Enter'))
      await card(page, 'rabbit').waitFor(LATER)
      await expect.poll(() => page.getByRole('option').count(), SOON).toBe(1)
    } finally {
      remove()
    }
  })
})

import { createHash } from 'node:crypto'
import { copyFileSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { messages } from '../../renderer/messages.ts'
import { temporaryFolder } from '../scenedex.ts'
import { hasSharedMedia, sharedMedia } from '../shared-media.ts'
import { stories } from './app-fixture.ts'
import { card, goTo, hits, importInto, search, SOON } from './steps.ts'

const text = messages.library.removing

const hashOf = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex')

stories(`a video is removed and put back${hasSharedMedia ? '' : ' (skipped: no shared media here)'}`, (open) => {
  it.skipIf(!hasSharedMedia)('it is asked for, not found while it is gone and found again after; its file is never touched', async () => {
    const { folder, remove } = temporaryFolder('removed')
    try {
      const file = path.join(folder, 'nasa.mp4')
      copyFileSync(sharedMedia('videos', 'nasa_13013.mp4'), file)
      const hash = hashOf(file)
      const library = path.join(folder, 'library')
      await importInto(library, [file, sharedMedia('videos', 'rabbit.webm')])
      const { page, complaints } = await open({ library })
      await search(page, 'telescope')
      await hits(page).first().waitFor(SOON)

      await goTo(page, 'library')
      await card(page, 'nasa').click()
      await page.keyboard.press('Delete')
      const question = page.getByRole('dialog', { name: text.title(1, 'nasa') })
      await question.getByText(text.fileStays(1)).waitFor(SOON)
      await question.getByText(text.undo).waitFor(SOON)
      await question.getByRole('button', { name: messages.common.cancel }).click()
      await question.waitFor({ ...SOON, state: 'hidden' })
      expect(await card(page, 'nasa').count()).toBe(1)

      await card(page, 'nasa').click()
      await page.keyboard.press('Delete')
      await question.getByRole('button', { name: text.remove(1) }).click()
      await card(page, 'nasa').waitFor({ ...SOON, state: 'detached' })
      expect(hashOf(file)).toBe(hash)
      await goTo(page, 'search')
      await expect.poll(() => hits(page).count(), SOON).toBe(0)
      await search(page, 'telescope')
      await page.getByText(messages.search.foundNone).first().waitFor(SOON)

      await goTo(page, 'library')
      await page.getByRole('button', { name: messages.common.undo }).click()
      await card(page, 'nasa').waitFor(SOON)
      await search(page, 'telescope')
      await expect.poll(() => hits(page).count(), SOON).toBe(1)
      expect(hashOf(file)).toBe(hash)
      expect(complaints).toEqual([])
    } finally {
      remove()
    }
  })
})

import path from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { messages } from '../../renderer/messages.ts'
import { temporaryFolder } from '../scenedex.ts'
import { hasSharedMedia, sharedMedia } from '../shared-media.ts'
import { stories } from './app-fixture.ts'
import { card, choose, goTo, hits, importInto, search } from './steps.ts'

const { folder, remove } = temporaryFolder('axe')
const library = path.join(folder, 'library')

// Its other mode opens a page of its own, which a window has no place for.
/** What axe holds to be serious or worse, with the first place of each. */
async function seriousIn(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)
}

beforeAll(async () => { if (hasSharedMedia) await importInto(library, [sharedMedia('videos', 'nasa_13013.mp4')]) })
afterAll(remove)

stories('axe', (open) => {
  for (const colorScheme of ['dark', 'light'] as const) {
    it.skipIf(!hasSharedMedia)(`finds nothing serious in any view, ${colorScheme}`, async () => {
      const { page } = await open({ library, colorScheme })
      // What is half faded has no contrast to speak of.
      await page.emulateMedia({ reducedMotion: 'reduce' })
      const found: Record<string, string[]> = {}
      const look = async (view: string): Promise<void> => { found[view] = await seriousIn(page) }
      await card(page, 'nasa_13013').waitFor()
      await look('library')
      await search(page, 'longer:1s')
      await hits(page).first().waitFor()
      await look('search')
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('e')
      await goTo(page, 'tray')
      await page.getByRole('list', { name: messages.tray.list }).waitFor()
      // What was planned before is half faded while something else is planned.
      await page.locator('dl[aria-busy=false]').waitFor()
      await look('tray')
      await choose(page, messages.export.into, messages.export.intos.reel)
      await choose(page, messages.tray.captions, messages.tray.captionKinds.burned)
      await page.getByRole('button', { name: messages.export.more }).click()
      await page.getByRole('img', { name: messages.export.style.sampleLabel }).waitFor()
      await page.locator('dl[aria-busy=false]').waitFor({ state: 'attached' })
      await look('more choices')
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: messages.editors.button }).click()
      await page.getByRole('radio').first().waitFor()
      await look('for an editor')
      await page.keyboard.press('Escape')
      await goTo(page, 'activity')
      await look('activity')
      await goTo(page, 'settings')
      for (const name of Object.values(messages.settings.names)) {
        await page.getByRole('tab', { name, exact: true }).click()
        await look(`settings, ${name}`)
      }
      await page.getByRole('tab', { name: messages.settings.names.models, exact: true }).click()
      await page.getByRole('button', { name: messages.settings.models.installNamed('') }).first().click()
      await page.getByText(messages.settings.models.plan.nothingSent).waitFor()
      await look('install of a model')
      await page.keyboard.press('Escape')
      await goTo(page, 'library')
      await card(page, 'nasa_13013').dblclick()
      await page.locator('video').first().waitFor()
      await look('player')
      expect(Object.entries(found).filter(([, problems]) => problems.length > 0)).toEqual([])
    })
  }
})

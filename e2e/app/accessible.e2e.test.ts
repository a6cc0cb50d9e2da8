import path from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { messages } from '../../renderer/messages.ts'
import { temporaryFolder } from '../scenedex.ts'
import { hasSharedMedia, sharedMedia } from '../shared-media.ts'
import { stories } from './app-fixture.ts'
import { card, goTo, importInto, search, SOON } from './steps.ts'
import { views } from './views.ts'

const { folder, remove } = temporaryFolder('accessible')
const library = path.join(folder, 'library')

beforeAll(async () => { if (hasSharedMedia) await importInto(library, ['nasa_13013.mp4', 'rabbit.webm'].map((name) => sharedMedia('videos', name))) })
afterAll(remove)

/** What axe holds to be serious or worse, with the first place of each. Its other mode opens a page of its own, which a window has no place for. */
async function seriousIn(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)
}

interface ShownDialog { name: string, show(page: Page): Promise<void> }

const dialogs: readonly ShownDialog[] = [
  {
    name: 'details', show: async (page) => {
      await card(page, 'nasa_13013').click()
      const details = page.getByRole('complementary', { name: messages.library.facts.label })
      if (!await details.isVisible()) await page.keyboard.press('i')
      await details.getByText(messages.library.facts.codec, { exact: true }).waitFor(SOON)
    },
  },
  { name: 'removal', show: async (page) => { await card(page, 'nasa_13013').press('Delete'); await page.getByRole('dialog').getByText(messages.library.removing.fileStays(1)).waitFor(SOON) } },
  {
    name: 'file picker', show: async (page) => {
      await page.evaluate((start) => { localStorage.setItem('scenedex-last-folder', start) }, sharedMedia())
      await page.getByRole('button', { name: messages.library.add, exact: true }).click()
      await page.getByRole('menuitem', { name: messages.library.addFiles }).click()
      await page.getByRole('option', { name: 'videos' }).waitFor(SOON)
    },
  },
  { name: 'recently removed', show: async (page) => {
    await page.getByRole('button', { name: messages.library.add, exact: true }).click()
    await page.getByRole('menuitem', { name: messages.library.removedVideos }).click()
    await page.getByRole('dialog').getByText(messages.library.removed.none).waitFor(SOON)
  } },
  { name: 'query help', show: async (page) => { await page.getByRole('button', { name: messages.search.help }).click(); await page.getByRole('dialog', { name: messages.search.helpTitle }).waitFor(SOON) } },
  { name: 'query help by its key', show: async (page) => { await page.keyboard.press('?'); await page.getByRole('dialog', { name: messages.search.helpTitle }).waitFor(SOON) } },
  { name: 'weights', show: async (page) => {
    await search(page, 'longer:1s')
    await page.getByRole('button', { name: messages.search.weights.label, exact: true }).click()
    await page.getByRole('dialog', { name: messages.search.weights.label }).waitFor(SOON)
  } },
  { name: 'shortcuts', show: async (page) => { await page.keyboard.press('Control+/'); await page.getByRole('dialog', { name: messages.shortcuts.title }).waitFor(SOON) } },
]

/** Goes through the page with Tab, and gives what has the focus without looking so. */
async function focusUnseen(page: Page): Promise<{ seen: number, unseen: string[] }> {
  await page.evaluate(() => { (document.activeElement as HTMLElement | null)?.blur() })
  const kinds = new Set<string>()
  const unseen: string[] = []
  for (let tabs = 0; tabs < 45; tabs++) {
    await page.keyboard.press('Tab')
    const found = await page.evaluate(() => {
      const focused = document.activeElement
      if (!(focused instanceof HTMLElement) || focused === document.body) return null
      const around = [focused, focused.parentElement, focused.parentElement?.parentElement, ...focused.children].filter((one) => one instanceof Element)
      const isEnded = (animation: Animation): boolean => animation.effect?.getComputedTiming().endTime !== Infinity
      const look = (): string => {
        for (const animation of document.getAnimations().filter(isEnded)) animation.finish()
        return looks()
      }
      const looks = (): string => around.flatMap((one) => [null, '::before', '::after'].map((pseudo) => {
        const { outlineStyle, outlineWidth, outlineColor, boxShadow, borderColor, backgroundColor, visibility, opacity } = getComputedStyle(one, pseudo)
        return [outlineStyle === 'none' ? '' : outlineStyle + outlineWidth + outlineColor, boxShadow, borderColor, backgroundColor, visibility, opacity].join()
      })).join('|')
      const withFocus = look()
      const { outlineStyle, outlineWidth } = getComputedStyle(focused)
      const hasOutline = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1
      focused.blur()
      const differs = look() !== withFocus
      focused.focus({ preventScroll: true })
      const kind = `${focused.tagName} ${focused.getAttribute('role') ?? ''} ${focused.className}`
      return { kind, isSeen: hasOutline || differs, name: `${kind}: ${focused.getAttribute('aria-label') ?? focused.textContent.slice(0, 30)}` }
    })
    if (found === null) break
    if (!found.isSeen && !kinds.has(found.kind)) unseen.push(found.name)
    kinds.add(found.kind)
  }
  return { seen: kinds.size, unseen }
}

stories(`accessible${hasSharedMedia ? '' : ' (skipped: no shared media here)'}`, (open) => {
  it.skipIf(!hasSharedMedia).each(['dark', 'light'] as const)('axe finds nothing serious with a dialog open, %s', async (colorScheme) => {
    const { page } = await open({ library, colorScheme })
    // What is half faded has no contrast to speak of.
    await page.emulateMedia({ reducedMotion: 'reduce' })
    const found: string[] = []
    for (const { name, show } of dialogs) {
      await goTo(page, 'library')
      await card(page, 'nasa_13013').waitFor(SOON)
      await show(page)
      found.push(...(await seriousIn(page)).map((fault) => `${name}: ${fault}`))
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ ...SOON, state: 'hidden' })
    }
    expect(found).toEqual([])
  })

  it.skipIf(!hasSharedMedia)('whatever Tab comes to looks as if it had the focus', async () => {
    const { page } = await open({ library })
    await page.emulateMedia({ reducedMotion: 'reduce' })
    const found: string[] = []
    for (const { name, show } of views) {
      await show(page)
      const { seen, unseen } = await focusUnseen(page)
      expect(seen).toBeGreaterThan(2)
      found.push(...unseen.map((one) => `${name}: ${one}`))
    }
    expect(found).toEqual([])
  })
})

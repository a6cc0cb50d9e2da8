import { card, goTo, hits, openVideo, search, searchBox, SOON } from './steps.ts'
import type { Page } from 'playwright-core'
import { messages } from '../../renderer/messages.ts'

/** A view with real content in it, how one comes to it, and the action that it is there for. */
export interface ShownView { name: string, show(page: Page): Promise<void>, mainAction(page: Page): ReturnType<Page['getByRole']> }

/** Every view, for a library with nasa_13013 in it. In this order: the tray is filled from the search. */
export const views: readonly ShownView[] = [
  {
    name: 'library', show: async (page) => { await goTo(page, 'library'); await card(page, 'nasa_13013').waitFor(SOON) },
    mainAction: (page) => page.getByRole('button', { name: messages.library.add, exact: true }),
  },
  {
    name: 'search', show: async (page) => {
      await search(page, 'longer:1s')
      await hits(page).nth(1).waitFor(SOON)
    },
    mainAction: (page) => hits(page).first(),
  },
  {
    name: 'tray', show: async (page) => {
      await searchBox(page).press('ArrowDown')
      for (const key of ['e', 'ArrowRight', 'e']) await page.keyboard.press(key)
      await page.getByText(messages.tray.added(1)).nth(1).waitFor(SOON)
      await goTo(page, 'tray')
      await page.getByRole('list', { name: messages.tray.list }).getByRole('listitem').nth(1).waitFor(SOON)
    },
    mainAction: (page) => page.getByRole('button', { name: messages.tray.exportCount(2) }),
  },
  {
    name: 'activity', show: async (page) => { await goTo(page, 'activity'); await page.getByText(messages.jobs.allDone, { exact: true }).waitFor(SOON) },
    mainAction: (page) => page.getByRole('button', { name: messages.jobs.actions('nasa_13013') }),
  },
  ...(Object.entries(messages.settings.names)).map(([, name]): ShownView => ({
    name: `settings, ${name}`,
    show: async (page) => { await goTo(page, 'settings'); await page.getByRole('tab', { name, exact: true }).click(); await page.getByRole('tabpanel', { name, exact: true }).waitFor(SOON) },
    mainAction: (page) => page.getByRole('tab', { name, exact: true }),
  })),
  {
    name: 'player', show: async (page) => {
      await openVideo(page, 'nasa_13013')
      for (const key of ['i', 'ArrowRight', 'o', 'End']) await page.keyboard.press(key)
    },
    mainAction: (page) => page.getByRole('button', { name: messages.player.add, exact: true }),
  },
]

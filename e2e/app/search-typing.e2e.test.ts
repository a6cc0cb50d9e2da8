import path from 'node:path'
import type { Browser, Page, WebSocketRoute } from 'playwright-core'
import { chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { makeBigLibrary } from '../bench/ui/big-library.ts'
import { temporaryFolder } from '../scenedex.ts'
import { chromiumFlags, startServer } from './app-fixture.ts'
import { chromiumProgram } from './programs.ts'
import { hits, searchBox, SOON } from './steps.ts'

const frame = <Message extends z.ZodType>(message: Message) => z.object({ message: z.object({ message }) })
const Asked = frame(z.object({ type: z.literal('call'), id: z.number(), name: z.literal('search.query'), input: z.object({ query: z.string() }) }))
const Cancelled = frame(z.object({ type: z.literal('cancel'), id: z.number() }))
const Answered = frame(z.object({ type: z.literal('answer'), id: z.number() }))

/** What goes between the page and the engine about searches, with answers that can be kept back. */
class Wire {
  readonly asked = new Map<number, string>()
  readonly cancelled: string[] = []
  #isHolding: (query: string) => boolean = () => false
  #held: (() => void)[] = []

  async listen(page: Page): Promise<void> {
    await page.routeWebSocket(/\/channel$/, (route) => { this.#between(route, route.connectToServer()) })
  }

  hold(isHolding: (query: string) => boolean): void {
    this.#isHolding = isHolding
  }

  letGo(): void {
    this.#isHolding = () => false
    for (const send of this.#held.splice(0)) send()
  }

  #note(text: unknown): void {
    const asked = Asked.safeParse(text).data?.message.message
    if (asked !== undefined) this.asked.set(asked.id, asked.input.query)
    const cancelled = this.asked.get(Cancelled.safeParse(text).data?.message.message.id ?? -1)
    if (cancelled !== undefined) this.cancelled.push(cancelled)
  }

  #between(page: WebSocketRoute, server: WebSocketRoute): void {
    page.onMessage((text) => {
      this.#note(JSON.parse(String(text)))
      server.send(text)
    })
    server.onMessage((text) => {
      const answered = Answered.safeParse(JSON.parse(String(text))).data?.message.message
      const query = answered === undefined ? undefined : this.asked.get(answered.id)
      // What comes after one that is held waits behind it: the order is part of the wire.
      if (this.#held.length > 0 || (query !== undefined && this.#isHolding(query))) this.#held.push(() => { page.send(text) })
      else page.send(text)
    })
  }
}

const program = chromiumProgram()

describe.skipIf(program === undefined)(`results as one types${program === undefined ? ' (skipped: no Chromium here)' : ''}`, () => {
  const { folder, remove } = temporaryFolder('typing')
  const library = path.join(folder, 'library')
  let browser: Browser
  let server: Awaited<ReturnType<typeof startServer>>

  beforeAll(async () => {
    await makeBigLibrary(library, { videos: 20, scenesEach: 10 })
    server = await startServer(library)
    browser = await chromium.launch({ executablePath: program ?? '', args: chromiumFlags })
  })
  afterAll(async () => { await browser.close(); await server.stop(); remove() })

  it('take the question before back, never show its answer over a newer one, and leave what is there until the next has come', async () => {
    const page = await browser.newPage()
    const wire = new Wire()
    await wire.listen(page)
    await page.goto(server.address)
    const shown = (): Promise<string[]> => hits(page).locator('mark').first().allTextContents()
    await searchBox(page).fill('goal')
    await expect.poll(shown, SOON).toEqual(['goal'])

    wire.hold((query) => query === 'harbour')
    await searchBox(page).fill('harbour')
    await expect.poll(() => [...wire.asked.values()], SOON).toContain('harbour')
    expect(await shown()).toEqual(['goal'])
    await searchBox(page).fill('glacier')
    await expect.poll(() => wire.cancelled, SOON).toContain('harbour')
    wire.letGo()
    await expect.poll(shown, SOON).toEqual(['glacier'])
    await page.close()
  })

  it('arrow keys go into the hits, Enter plays one, Escape leads back to the box', async () => {
    const page = await browser.newPage({ viewport: { width: 800, height: 600 } })
    await page.goto(server.address)
    await searchBox(page).fill('glacier')
    await hits(page).first().waitFor(SOON)
    await searchBox(page).press('ArrowDown')
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-hit')), SOON).toBe('0')
    await page.keyboard.press('Escape')
    await expect.poll(() => page.evaluate(() => document.activeElement?.id), SOON).toBe('search-box')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-hit')), SOON).toBe('0')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.url(), SOON).toContain('#/player/')
    await page.close()
  })
})

import path from 'node:path'
import type { Browser } from 'playwright-core'
import { chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { sqlite } from '../../native/sqlite/open.ts'
import { messages } from '../../renderer/messages.ts'
import { temporaryFolder } from '../scenedex.ts'
import { chromiumFlags, startServer } from './app-fixture.ts'
import { chromiumProgram } from './programs.ts'
import { LATER, SOON } from './steps.ts'

/** The process that works on the library; null while there is none. */
function enginePid(library: string): number | null {
  const db = sqlite.openForReading(path.join(library, 'library.sqlite'))
  try {
    return db.get('SELECT pid FROM engine', z.object({ pid: z.number() }))?.pid ?? null
  } finally {
    db.close()
  }
}

const program = chromiumProgram()

describe.skipIf(program === undefined)(`a page that is cut off says why${program === undefined ? ' (skipped: no Chromium here)' : ''}`, () => {
  const { folder, remove } = temporaryFolder('cut-off')
  const library = path.join(folder, 'library')
  let browser: Browser
  let server: Awaited<ReturnType<typeof startServer>>

  beforeAll(async () => {
    server = await startServer(library)
    browser = await chromium.launch({ executablePath: program ?? '', args: chromiumFlags })
  })
  afterAll(async () => { await browser.close(); await server.stop(); remove() })

  it('without the secret of this start, also one of an earlier start, it asks for the address that is shown now', async () => {
    const { origin } = new URL(server.address)
    for (const address of [origin, `${origin}/#token=${'0'.repeat(64)}`]) {
      const page = await browser.newPage()
      await page.goto(address)
      await page.getByText(messages.connection.turnedAway).waitFor(SOON)
      await page.close()
    }
  })

  it('an engine that ends again and again is not said to be started again', async () => {
    const page = await browser.newPage()
    await page.goto(server.address)
    const killed = new Set<number>()
    await expect.poll(() => {
      const pid = enginePid(library)
      if (pid !== null && !killed.has(pid)) process.kill(pid, 'SIGKILL')
      if (pid !== null) killed.add(pid)
      return page.getByText(messages.connection.engineGivenUp).isVisible()
    }, LATER).toBe(true)
    expect(killed.size).toBe(5)
    await page.reload()
    await page.getByText(messages.connection.engineGivenUp).waitFor(SOON)
  })
})

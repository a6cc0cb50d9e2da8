import { cpSync, existsSync } from 'node:fs'
import path from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { messages } from '../../renderer/messages.ts'
import type { ModelHub } from '../model-hub.ts'
import { MODEL_TITLE, sentenceModel, startModelHub } from '../model-hub.ts'
import { temporaryFolder } from '../scenedex.ts'
import { stories } from './app-fixture.ts'
import { closeToasts, goTo, LATER, SOON } from './steps.ts'

const text = messages.settings.models
const { folder, remove } = temporaryFolder('app-models')
const hasModel = existsSync(sentenceModel)
let hub: ModelHub

beforeAll(async () => { if (hasModel) hub = await startModelHub(folder) })
beforeEach(() => { if (hasModel) Object.assign(hub, { mostBytes: Infinity, sentBytes: 0, requests: [], instead: null }) })
afterAll(async () => { if (hasModel) await hub.close(); remove() })

async function section(page: Page, name: string): Promise<void> {
  await page.getByRole('tab', { name, exact: true }).click()
  await page.getByRole('tabpanel', { name, exact: true }).waitFor(SOON)
}

/** The mirror as a person writes it. */
async function useMirror(page: Page): Promise<void> {
  await goTo(page, 'settings')
  await section(page, messages.settings.names.network)
  await page.getByLabel(messages.settings.network.mirror).fill(hub.origin)
  await page.keyboard.press('Enter')
}

function row(page: Page): Locator {
  return page.locator('[data-model=words-small]')
}

stories(`models${hasModel ? '' : ' (skipped: no shared models here)'}`, (open) => {
  it.skipIf(!hasModel)('one is installed: what is fetched is shown first, it can be stopped and goes on, is verified, used and removed', async () => {
    const { page, complaints } = await open({ env: { SCENEDEX_MODEL_CATALOG: hub.catalogFile } })
    await useMirror(page)
    await section(page, messages.settings.names.models)
    await page.getByRole('button', { name: text.installNamed(MODEL_TITLE) }).click()
    const dialog = page.getByRole('dialog', { name: text.plan.title(MODEL_TITLE) })
    await dialog.getByText(hub.host).waitFor(SOON)
    expect(hub.requests).toEqual([])

    hub.mostBytes = 3_000_000
    await dialog.getByRole('button', { name: /^Install \(6\.8 MB\)$/ }).click()
    await row(page).getByText(/Fetching · [1-9]\d? %/).waitFor(LATER)
    await row(page).getByRole('button', { name: text.cancelNamed(MODEL_TITLE) }).click()
    await row(page).getByText(/^\d+ % is here\.$/).waitFor(LATER)

    hub.mostBytes = Infinity
    await row(page).getByRole('button', { name: text.goOnNamed(MODEL_TITLE) }).click()
    await row(page).getByText(text.inUse, { exact: true }).waitFor(LATER)
    await page.getByText(text.ready(MODEL_TITLE)).waitFor(SOON)
    // The buttons that were pressed are gone: one is still where they were.
    await expect.poll(() => page.evaluate(() => document.activeElement?.closest('[data-model]')?.getAttribute('data-model')), SOON).toBe('words-small')
    expect(hub.sentBytes).toBeLessThan(hub.modelBytes + 3_000_000)
    await row(page).getByText(/texts a second \(fp32, processor\)/).waitFor(SOON)

    await closeToasts(page)
    await row(page).getByRole('button', { name: text.verifyNamed(MODEL_TITLE) }).click()
    await row(page).getByText(text.verified(4)).waitFor(LATER)
    await row(page).getByRole('button', { name: text.removeNamed(MODEL_TITLE) }).click()
    const question = page.getByRole('dialog', { name: text.removeTitle(MODEL_TITLE) })
    await question.getByText(text.removeFiles('6.8 MB')).waitFor(SOON)
    await question.getByRole('button', { name: text.removeNow, exact: true }).click()
    await page.getByRole('button', { name: text.installNamed(MODEL_TITLE) }).waitFor(LATER)
    expect(complaints).toEqual([])
  })

  it.skipIf(!hasModel)('with the network switched off none is fetched, and the way to the switch is short; from disk it works', async () => {
    const carried = path.join(folder, 'carried-words')
    cpSync(sentenceModel, carried, { recursive: true })
    const { page, pickFolder, complaints } = await open({ env: { SCENEDEX_MODEL_CATALOG: hub.catalogFile } })
    await useMirror(page)
    await page.getByRole('switch', { name: messages.settings.network.allowed }).click()
    await section(page, messages.settings.names.models)
    await page.getByText(text.networkOff).waitFor(SOON)
    await page.getByRole('button', { name: text.installNamed(MODEL_TITLE) }).click()
    const dialog = page.getByRole('dialog', { name: text.plan.title(MODEL_TITLE) })
    await dialog.getByRole('alert').getByText(text.plan.offline).waitFor(SOON)
    expect(await dialog.getByRole('button', { name: /^Install/ }).isDisabled()).toBe(true)
    await dialog.getByRole('button', { name: messages.common.cancel }).click()
    await dialog.waitFor({ ...SOON, state: 'detached' })

    await pickFolder(carried, async () => {
      await page.getByRole('button', { name: text.fromDisk }).click()
      await page.getByRole('menuitem', { name: text.aFolder }).click()
    })
    await page.getByRole('region', { name: text.tasks.text }).getByText(text.inUse, { exact: true }).waitFor(LATER)
    expect(hub.requests).toEqual([])

    await page.getByRole('note').getByRole('button', { name: text.toNetwork }).click()
    await page.getByRole('switch', { name: messages.settings.network.allowed }).waitFor(SOON)
    expect(complaints).toEqual([])
  })

  it.skipIf(!hasModel)('what is missing leads to the model that adds it', async () => {
    const { page } = await open()
    await page.getByRole('list', { name: messages.missing.label }).getByRole('button', { name: /Add a speech model \([\d.]+ MB\)/ }).click()
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label')), SOON).toBe(text.tasks.speech)
    await expect.poll(() => page.evaluate(() => location.hash), SOON).toBe('#/settings/models/speech')
  })

  it.skipIf(!hasModel)('labels of tags are one a line, kept, and had back with one click', async () => {
    const tags = messages.settings.tags
    const { page } = await open()
    await goTo(page, 'settings')
    await section(page, messages.settings.names.tags)
    const labels = page.getByLabel(tags.labels)
    const usual = await labels.inputValue()
    await labels.fill('a dog\na cat\nA dog\n')
    await page.getByText(`${tags.count(2)} ${tags.doubles(1)}`).waitFor(SOON)
    await page.getByRole('button', { name: tags.save, exact: true }).click()
    await page.getByText(tags.own, { exact: true }).waitFor(SOON)
    await page.reload()
    await expect.poll(() => page.getByLabel(tags.labels).inputValue(), SOON).toBe('a dog\na cat')
    await page.getByRole('button', { name: tags.reset }).click()
    await expect.poll(() => page.getByLabel(tags.labels).inputValue(), SOON).toBe(usual)
  })
})

import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { messages } from '../../renderer/messages.ts'
import { temporaryFolder } from '../scenedex.ts'
import { sharedMedia } from '../shared-media.ts'
import { stories } from './app-fixture.ts'
import { hasPictureModel, withPictureModel } from './search-page.ts'
import { goTo, hits, importInto, openVideo, playing, search, searchBox, SOON, untilFound, untilShown } from './steps.ts'

const text = messages.search
const { folder, remove } = temporaryFolder('reasons')
const library = path.join(folder, 'library')

beforeAll(async () => { if (hasPictureModel) await importInto(withPictureModel(library), ['nasa_13013.mp4', 'lake_test_video.mp4'].map((name) => sharedMedia('videos', name))) })
afterAll(remove)

stories(`every hit says why${hasPictureModel ? '' : ' (skipped: no shared models here)'}`, (open) => {
  it.skipIf(!hasPictureModel)('with the words marked, the second it plays from, and the picture that was found; tags and colours lead on', async () => {
    const { page, complaints } = await open({ library })
    await search(page, 'telescope')
    const first = hits(page).first()
    expect(await first.locator('mark').allTextContents()).toEqual(['telescope'])
    // What is said at 4.592 s plays from a little before it.
    await first.getByRole('button', { name: text.playFrom('0:04.6') }).click()
    await untilShown(page)
    await expect.poll(async () => (await playing(page)).currentTime, SOON).toBeGreaterThanOrEqual(4)
    await page.goBack()

    await search(page, 'seen:"a lake in the mountains"')
    const found = hits(page).filter({ hasText: 'lake_test_video' }).first()
    const moment = found.locator('[data-kind=seen]').getByRole('button')
    const second = /[\d:.]+$/.exec(await moment.getAttribute('aria-label') ?? '')?.[0] ?? ''
    const [minutes, seconds] = second.split(':').map(Number)
    const at = (minutes ?? 0) * 60 + (seconds ?? 0)
    // The picture on the card is the one of that second, and it is there.
    const picture = found.locator('img').first()
    expect(Number(/\/picture\/\d+\/(\d+)/.exec(await picture.getAttribute('src') ?? '')?.[1]) / 1000).toBeCloseTo(at, 0)
    await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth), SOON).toBeGreaterThan(0)
    await moment.click()
    await untilShown(page)
    await expect.poll(async () => (await playing(page)).currentTime, SOON).toBeGreaterThanOrEqual(at - 0.1)

    await goTo(page, 'library')
    await openVideo(page, 'lake_test_video')
    await page.getByRole('tab', { name: new RegExp(`^${messages.player.scenes}`) }).click()
    await page.getByRole('button', { name: text.searchColour('teal') }).first().click()
    await untilFound(page)
    expect(await searchBox(page).inputValue()).toBe('color:teal')
    await hits(page).first().locator('[data-kind=colour]').getByTitle(text.searchColour('teal')).waitFor(SOON)
    expect(complaints).toEqual([])
  })

  it.skipIf(!hasPictureModel)('nothing is made up: what filters leave nothing of can be had without them, and an empty library says that it is empty', async () => {
    const { page } = await open({ library })
    await search(page, 'said:telescope color:pink in:nasa')
    await page.getByRole('heading', { name: text.nothing.filtered }).waitFor(SOON)
    expect(await hits(page).count()).toBe(0)
    await page.getByRole('button', { name: text.nothing.dropOne('colour pink') }).click()
    await untilFound(page)
    expect(await searchBox(page).inputValue()).toBe('said:telescope in:nasa')
    await hits(page).first().waitFor(SOON)

    const other = await open({ library: path.join(folder, 'empty') })
    await search(other.page, 'telescope')
    await other.page.getByRole('heading', { name: text.start.nothingYet }).waitFor(SOON)
    await other.page.getByRole('button', { name: text.start.toLibrary }).click()
    await other.page.getByRole('heading', { name: messages.library.empty.title }).waitFor(SOON)
  })
})

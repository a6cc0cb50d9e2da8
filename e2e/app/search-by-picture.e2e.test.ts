import { readFileSync } from 'node:fs'
import path from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { messages } from '../../renderer/messages.ts'
import { temporaryFolder } from '../scenedex.ts'
import { hasSharedMedia, sharedMedia } from '../shared-media.ts'
import { stories } from './app-fixture.ts'
import type { GivenFile } from './search-page.ts'
import { giveFiles, hasPictureModel, withPictureModel } from './search-page.ts'
import { card, closeToasts, goTo, hits, hitsOf, importInto, LATER, openVideo, searchBox, SOON, untilFound } from './steps.ts'

const text = messages.search
const { folder, remove } = temporaryFolder('by-picture')
const library = path.join(folder, 'library')

beforeAll(async () => { if (hasPictureModel) await importInto(withPictureModel(library), ['nasa_13013.mp4', 'frog.webm'].map((name) => sharedMedia('videos', name))) })
afterAll(remove)

const [WIDTH, HEIGHT] = [1800, 3200]

/** A picture of the frog as a camera writes it that was held upright: on its side, and larger than is of any use, with what turns it in its EXIF. */
async function frogPicture(): Promise<GivenFile> {
  const [frog] = await hitsOf(library, 'frog')
  const picture = await sharp(readFileSync(path.join(library, frog?.keyframe ?? ''))).resize(WIDTH, HEIGHT, { fit: 'cover' }).toBuffer()
  const turned = await sharp(picture).rotate(270).withMetadata({ orientation: 6 }).jpeg().toBuffer()
  return { name: 'frog.jpg', type: 'image/jpeg', base64: turned.toString('base64') }
}

const asFile = (name: string, type: string, bytes: Buffer | string): GivenFile => ({ name, type, base64: Buffer.from(bytes).toString('base64') })

stories(`searching by a picture${hasPictureModel ? '' : ' (skipped: no shared models here)'}`, (open) => {
  it.skipIf(!hasPictureModel)('that is dropped or pasted, upright as it was taken; Escape takes it away; what is no picture is said to be none, and a video is added', async () => {
    const { page } = await open({ library })
    await searchBox(page).waitFor(SOON)
    const frog = await frogPicture()
    await giveFiles(searchBox(page), 'drop', [frog])
    const preview = page.getByRole('img', { name: text.byPicture.pictureAlt('frog.jpg') })
    await preview.waitFor(SOON)
    await untilFound(page)
    expect(await preview.evaluate((image: HTMLImageElement) => [image.naturalWidth, image.naturalHeight])).toEqual([72, 128])
    await expect.poll(() => hits(page).first().locator('p').first().textContent(), SOON).toBe('frog')
    await searchBox(page).press('Escape')
    await preview.waitFor({ ...SOON, state: 'detached' })
    await page.getByRole('heading', { name: text.start.title }).waitFor(SOON)

    await giveFiles(searchBox(page), 'paste', [frog])
    await preview.waitFor(SOON)
    await page.getByRole('button', { name: messages.common.removeNamed(text.pictureChip) }).click()
    await preview.waitFor({ ...SOON, state: 'detached' })

    await giveFiles(searchBox(page), 'drop', [asFile('broken.png', 'image/png', 'these are no pixels')])
    await page.getByText(text.byPicture.noPicture('broken.png')).first().waitFor(SOON)
    await giveFiles(searchBox(page), 'drop', [asFile('notes.txt', 'text/plain', 'Dear diary')])
    await page.getByText(text.byPicture.neither('notes.txt')).first().waitFor(SOON)
    await closeToasts(page)
    await giveFiles(searchBox(page), 'drop', [asFile('rabbit.webm', 'video/webm', readFileSync(sharedMedia('videos', 'rabbit.webm')))])
    await goTo(page, 'library')
    await card(page, 'rabbit').waitFor(LATER)
  })

  it.skipIf(!hasPictureModel)('that the player shows, by a key', async () => {
    const { page } = await open({ library })
    await openVideo(page, 'frog')
    await page.keyboard.press('Shift+S')
    await page.getByText(text.similarTo('frog', '0:00')).waitFor(SOON)
    await untilFound(page)
    await hits(page).first().waitFor(SOON)
    expect(await page.getByRole('list', { name: text.filters.label }).locator('img').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(128)
  })

  it.skipIf(!hasSharedMedia)('without a model it is said what is missing, and where it is to be had', async () => {
    const { page } = await open()
    await searchBox(page).waitFor(SOON)
    await giveFiles(searchBox(page), 'drop', [asFile('photo.jpg', 'image/jpeg', readFileSync(sharedMedia('pictures', 'coco', '000000000139.jpg')))])
    await page.getByRole('alert').getByRole('button', { name: text.openModels }).click()
    await page.getByRole('tabpanel', { name: messages.settings.names.models }).waitFor(SOON)
  })
})

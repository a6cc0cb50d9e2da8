import { cpSync, existsSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import type { Locator } from 'playwright-core'
import { sharedMedia } from '../shared-media.ts'

// What the stories about the page of search do again and again.

const pictureModel = sharedMedia('..', 'models', 'picture-text-standin')

export const hasPictureModel = existsSync(pictureModel)

/** A library with a picture model in it, before anything is imported. */
export function withPictureModel(library: string): string {
  mkdirSync(path.join(library, 'models'), { recursive: true })
  cpSync(pictureModel, path.join(library, 'models', path.basename(pictureModel)), { recursive: true })
  return library
}

/** A file as it is dropped or pasted: its bytes in base64. */
export interface GivenFile { name: string, type: string, base64: string }

/** Lets files fall onto an element, or pastes them there, as the browser gives them to the page. */
export async function giveFiles(target: Locator, how: 'drop' | 'paste', files: readonly GivenFile[]): Promise<void> {
  await target.evaluate((element, given) => {
    const held = new DataTransfer()
    for (const { name, type, base64 } of given.files) held.items.add(new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], name, { type }))
    const options = { bubbles: true, cancelable: true }
    if (given.how === 'paste') element.dispatchEvent(new ClipboardEvent('paste', { ...options, clipboardData: held }))
    else for (const type of ['dragenter', 'dragover', 'drop']) element.dispatchEvent(new DragEvent(type, { ...options, dataTransfer: held }))
  }, { how, files })
}

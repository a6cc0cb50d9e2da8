import { cpSync } from 'node:fs'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { temporaryFolder } from '../scenedex.ts'
import { hasSharedMedia, sharedMedia } from '../shared-media.ts'
import { stories } from './app-fixture.ts'
import { closeToasts, importInto, sidewaysPixels } from './steps.ts'
import { views } from './views.ts'

const { folder, remove } = temporaryFolder('sizes')
const library = path.join(folder, 'library')

beforeAll(async () => { if (hasSharedMedia) await importInto(library, ['nasa_13013.mp4', 'rabbit.webm'].map((name) => sharedMedia('videos', name))) })
afterAll(remove)

/** What Tab would come to but nobody could see or press: outside of the window even after it was scrolled to, or under something else. */
function outOfReach(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const isShown = (element: Element): boolean => element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true })
    const all = [...document.querySelectorAll<HTMLElement>('a[href], button:not(:disabled), input:not(:disabled), [tabindex="0"]')]
    const reachable = all.filter((element) => element.tabIndex >= 0 && isShown(element) && element.closest('[inert], [aria-hidden=true]') === null)
    const nameOf = (element: HTMLElement): string => `${element.tagName.toLowerCase()} ${element.getAttribute('aria-label') ?? element.textContent.slice(0, 40)}`
    const scrollerOf = (element: Element): Element | null => {
      for (let around = element.parentElement; around !== null; around = around.parentElement) {
        if (around.scrollHeight > around.clientHeight + 1 && /auto|scroll/.test(getComputedStyle(around).overflowY)) return around
      }
      return null
    }
    const placeFault = (element: Element): string | null => {
      const box = element.getBoundingClientRect()
      if (box.width < 2 || box.height < 2) return 'too small'
      const [left, top, right, bottom] = [Math.max(0, box.left), Math.max(0, box.top), Math.min(innerWidth, box.right), Math.min(innerHeight, box.bottom)]
      if (right - left < Math.min(8, box.width) || bottom - top < Math.min(8, box.height)) return `outside at ${Math.round(box.left)}, ${Math.round(box.top)}`
      // Moved with keys only: the pointer goes through to what lies under it.
      if (getComputedStyle(element).pointerEvents === 'none') return null
      const tries = [0.5, 0.2, 0.8].flatMap((x) => [0.5, 0.2, 0.8].map((y) => [left + (right - left) * x, top + (bottom - top) * y] as const))
      const there = tries.map(([x, y]) => document.elementFromPoint(x, y))
      return there.some((found) => found !== null && element.contains(found)) ? null : `covered by ${there[0]?.className ?? 'nothing'}`
    }
    const faultOf = (element: HTMLElement): string | null => {
      element.scrollIntoView({ block: 'nearest', inline: 'nearest' })
      const scroller = scrollerOf(element)
      if (scroller !== null && scroller.clientHeight < 100) return `seen only through a gap of ${scroller.clientHeight} pixels`
      const fault = placeFault(element)
      // Some inputs are not drawn themselves: what is drawn for them lies around them.
      return fault !== null && element.matches('input') && element.parentElement !== null ? placeFault(element.closest('label') ?? element.parentElement) : fault
    }
    return reachable.flatMap((element) => {
      const fault = faultOf(element)
      return fault === null ? [] : [`${nameOf(element)}: ${fault}`]
    })
  })
}

stories(`every size of window${hasSharedMedia ? '' : ' (skipped: no shared media here)'}`, (open) => {
  it.skipIf(!hasSharedMedia).each([['1280 x 800', { width: 1280, height: 800 }], ['2560 x 1440', { width: 2560, height: 1440 }], ['200 % zoom', { width: 1280, height: 800, zoom: 2 }]])('%s: nothing scrolls sideways, and all that has a focus can be reached', async (_, size) => {
    // Its own, for its own clips in the tray.
    const own = path.join(folder, `${size.width} ${'zoom' in size ? 'zoom' : ''}`)
    cpSync(library, own, { recursive: true })
    const { page } = await open({ library: own, ...size })
    const found: string[] = []
    for (const { name, show, mainAction } of views) {
      await show(page)
      await closeToasts(page)
      const sideways = await sidewaysPixels(page)
      if (sideways > 0) found.push(`${name}: scrolls sideways by ${sideways} pixels`)
      found.push(...(await outOfReach(page)).map((fault) => `${name}: ${fault}`))
      await mainAction(page).scrollIntoViewIfNeeded()
      const box = await mainAction(page).boundingBox()
      const { width, height } = page.viewportSize() ?? { width: 0, height: 0 }
      if (box === null || box.x < 0 || box.y < 0 || box.x + Math.min(box.width, 40) > width || box.y + Math.min(box.height, 20) > height) found.push(`${name}: its main action is out of sight`)
    }
    expect(found).toEqual([])
  })
})

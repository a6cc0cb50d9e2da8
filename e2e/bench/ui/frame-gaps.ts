import type { Page } from 'playwright-core'

/** Milliseconds between the pictures that the browser draws during some time. */
export function frameGaps(page: Page, milliseconds: number): Promise<number[]> {
  return page.evaluate(async (length) => {
    const gaps: number[] = []
    const begin = performance.now()
    for (let before = begin; before - begin < length;) {
      const now = await new Promise<number>((resolve) => { requestAnimationFrame(resolve) })
      gaps.push(now - before)
      before = now
    }
    return gaps.slice(1)
  }, milliseconds)
}

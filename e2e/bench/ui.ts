// npm run bench -- ui [--videos N] [--scenes N]
// A library of 10,000 videos and 300,000 scenes in the browser: first paint, scrolling, typing a query. One server, one page, one run.
import { rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import type { Page } from 'playwright-core'
import { chromium } from 'playwright-core'
import { chromiumFlags, startServer } from '../app/app-fixture.ts'
import { chromiumProgram } from '../app/programs.ts'
import { searchBox } from '../app/steps.ts'
import { makeBigLibrary } from './ui/big-library.ts'
import { frameGaps } from './ui/frame-gaps.ts'
import { makeLongVideo, measureLongVideo } from './ui/long-video.ts'

const QUERIES = ['glacier', 'harbour market', '"lantern glacier"', 'color:teal winter', 'stadium -goal', 'kitchen THEN<20s engine']
const ROUNDS = 3
/** An answer that long is the list of all videos. */
const LIST_CHARACTERS = 1_000_000

const print = (line: string): void => void process.stdout.write(`${line}\n`)

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}

const row = (name: string, values: readonly number[]): void => {
  print(`  ${name.padEnd(46)} ${[0.5, 0.95, 1].map((share) => `${quantile(values, share).toFixed(0)} ms`.padStart(9)).join('')}`)
}

/** Notes, inside the page, when the list of videos came and when the first of them was painted. */
async function watchFirstPaint(page: Page): Promise<void> {
  await page.addInitScript((listCharacters) => {
    const note = (name: string): void => { performance.mark(name) }
    window.WebSocket = class extends WebSocket {
      constructor(address: string | URL, protocols?: string | string[]) {
        super(address, protocols)
        this.addEventListener('message', ({ data }: MessageEvent<unknown>) => { if (typeof data === 'string' && data.length > listCharacters) note('answered') })
      }
    }
    new MutationObserver((_, observer) => {
      if (document.querySelector('[role=listbox] [role=option]') === null) return
      observer.disconnect()
      requestAnimationFrame(() => requestAnimationFrame(() => { note('painted') }))
    }).observe(document, { childList: true, subtree: true })
  }, LIST_CHARACTERS)
}

async function firstPaint(page: Page): Promise<{ answered: number, painted: number }> {
  await page.waitForFunction(() => performance.getEntriesByName('painted').length > 0)
  const timeOf = (name: string): Promise<number> => page.evaluate((mark) => performance.getEntriesByName(mark)[0]?.startTime ?? Number.NaN, name)
  return { answered: await timeOf('answered'), painted: await timeOf('painted') }
}

/** Milliseconds between the pictures that the browser draws while the library is scrolled from its beginning for some seconds. */
async function scroll(page: Page): Promise<number[]> {
  await page.locator('[role=listbox]').first().hover()
  const watching = frameGaps(page, 4000)
  for (let turn = 0; turn < 80; turn++) {
    await page.mouse.wheel(0, 400)
    await page.waitForTimeout(45)
  }
  return watching
}

/** Milliseconds from the last key of each query to its painted results. */
async function typeQueries(page: Page): Promise<number[]> {
  const took: number[] = []
  for (const query of QUERIES) {
    await searchBox(page).fill('')
    await searchBox(page).pressSequentially(query.slice(0, -1), { delay: 30 })
    await page.waitForTimeout(400)
    // The page itself notes each time that results of what was typed last are painted.
    const painted = page.evaluate(() => new Promise<number>((resolve) => {
      new PerformanceObserver((list, observer) => {
        const [entry] = list.getEntriesByName('search-key-to-paint')
        if (entry === undefined) return
        observer.disconnect()
        resolve(entry.duration)
      }).observe({ type: 'measure' })
    }))
    await searchBox(page).press(query.slice(-1) === '"' ? 'Quote' : query.slice(-1))
    took.push(await painted)
  }
  return took
}

async function measurePage(address: string): Promise<void> {
  const browser = await chromium.launch({ executablePath: chromiumProgram() ?? '', args: chromiumFlags })
  try {
    const [answered, painted, gaps, typed]: [number[], number[], number[], number[]] = [[], [], [], []]
    for (let round = 0; round < ROUNDS; round++) {
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
      await watchFirstPaint(page)
      await page.goto(address)
      const noted = await firstPaint(page)
      answered.push(noted.answered)
      painted.push(noted.painted - noted.answered)
      gaps.push(...await scroll(page))
      await page.keyboard.press('/')
      typed.push(...await typeQueries(page))
      await page.close()
    }
    print(`  ${''.padEnd(46)}   median      95 %   slowest`)
    row('page opened, to the list of videos', answered)
    row('list of videos, to its first paint', painted)
    row('between two pictures while scrolling', gaps)
    row('last key, to painted results', typed)
  } finally {
    await browser.close()
  }
}

async function measureLong(folder: string): Promise<void> {
  print('making a video of 2 h with 2,000 scenes and 20,000 words')
  await makeLongVideo(folder)
  const server = await startServer(folder)
  const browser = await chromium.launch({ executablePath: chromiumProgram() ?? '', args: chromiumFlags })
  try {
    for (const [name, values] of await measureLongVideo(await browser.newPage({ viewport: { width: 1440, height: 900 } }), server.address)) row(name, values)
  } finally {
    await browser.close()
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Measures the page on a large library and on a long video, and prints it. */
export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { videos: { type: 'string', default: '10000' }, scenes: { type: 'string', default: '300000' } } })
  const [videos, scenes] = [Number(values.videos), Number(values.scenes)]
  const folder = path.join(os.tmpdir(), `scenedex-bench-ui-${videos}-${scenes}`)
  print(`making a library of ${videos} videos and ${scenes} scenes`)
  await makeBigLibrary(folder, { videos, scenesEach: Math.round(scenes / videos) })
  const server = await startServer(folder)
  try {
    await measurePage(server.address)
  } finally {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  await measureLong(`${folder}-long`)
}

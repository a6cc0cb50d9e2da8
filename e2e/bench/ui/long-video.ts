import { execFileSync } from 'node:child_process'
import { linkSync, mkdirSync, statSync } from 'node:fs'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { stages } from '../../../electron/core/pipeline/registry.ts'
import type { WriteDatabase } from '../../../electron/core/ports.ts'
import { openLibrary } from '../../../electron/core/store/database.ts'
import { testClock } from '../../../electron/core/store/test-library.ts'
import { addVideo, setFacts } from '../../../electron/core/store/videos.ts'
import { createFfmpeg } from '../../../native/ffmpeg/ffmpeg.ts'
import { sqlite } from '../../../native/sqlite/open.ts'
import { messages } from '../../../renderer/messages.ts'
import { pictures, sequence, WORDS } from './big-library.ts'
import { frameGaps } from './frame-gaps.ts'

const text = messages.player
const [SECONDS, SCENES, WORDS_EACH] = [7200, 2000, 10]
const SCENE_SECONDS = SECONDS / SCENES
const WATCHED_MS = 4000

/** A film of two hours: a minute, encoded once, again and again. */
function film(folder: string): string {
  const [minute, file] = [path.join(folder, 'minute.mp4'), path.join(folder, 'two-hours.mp4')]
  const ffmpeg = (...args: string[]): void => { execFileSync('ffmpeg', ['-v', 'error', '-nostdin', '-y', ...args]) }
  ffmpeg('-f', 'lavfi', '-i', 'testsrc=s=640x360:r=25:d=60', '-f', 'lavfi', '-i', 'anullsrc=r=48000:d=60', '-shortest', '-c:v', 'libx264', '-preset', 'ultrafast', '-g', '125', '-pix_fmt', 'yuv420p', '-c:a', 'aac', '-b:a', '32k', minute)
  ffmpeg('-stream_loop', '-1', '-i', minute, '-t', String(SECONDS), '-c', 'copy', '-movflags', '+faststart', file)
  return file
}

function addScenes(db: WriteDatabase, video: number, { num, den, startPts }: { num: number, den: number, startPts: number }): number[] {
  const random = sequence(11)
  const ticks = (second: number): number => startPts + Math.round(second * den / num)
  return Array.from({ length: SCENES }, (_, at) => {
    const from = at * SCENE_SECONDS
    const [start, end] = [ticks(from), ticks(from + SCENE_SECONDS)]
    db.run("INSERT INTO shot (video_id, start_pts, end_pts, transition) VALUES (@video, @start, @end, 'cut')", { video, start, end })
    const { lastRowId } = db.run("INSERT INTO scene (video_id, start_pts, end_pts, keyframe_pts, motion, brightness, colours) VALUES (@video, @start, @end, @start, 0.1, 0.5, '[]')", { video, start, end })
    const words = Array.from({ length: WORDS_EACH }, (__, word) => ({ text: WORDS[Math.floor(random() * WORDS.length)] ?? '', start: from + word * 0.33, end: from + word * 0.33 + 0.28 }))
    const said = `${words.map((word) => word.text).join(' ')}.`
    db.run('INSERT INTO scene_words (rowid, said, title) VALUES (@id, @said, @title)', { id: lastRowId, said, title: 'two hours' })
    db.run("INSERT INTO segment (video_id, source, language, start_seconds, end_seconds, text, words) VALUES (@video, 'sidecar:made', 'en', @from, @to, @said, @words)",
      { video, from, to: from + SCENE_SECONDS - 0.2, said, words: JSON.stringify(words) })
    return start
  })
}

/** A library of one video of two hours that plays, with 2,000 scenes and 20,000 words. */
export async function makeLongVideo(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const file = film(folder)
  const library = await openLibrary(folder, sqlite, testClock)
  const { db } = library
  const media = await createFfmpeg().probe(file, new AbortController().signal)
  const { size, mtimeMs } = statSync(file)
  const files = await pictures(path.join(folder, 'bench-pictures'))
  db.transaction(() => {
    const video = addVideo(db, { path: file, identity: 'long', sizeBytes: size, modifiedMs: mtimeMs, title: 'two hours', wantsFirstLook: false, addedMs: 1 })
    setFacts(db, video, media)
    db.run("UPDATE video SET state = 'ready' WHERE id = @video", { video })
    for (const { stage } of stages) {
      db.run("INSERT INTO stage_run (video_id, stage, state, version, progress, work_seconds) VALUES (@video, @stage, 'done', @version, 1, 1)", { video, stage: stage.name, version: stage.version })
    }
    const artifacts = path.join(folder, 'artifacts', String(video))
    mkdirSync(artifacts, { recursive: true })
    const starts = addScenes(db, video, { ...media.picture.timeBase, startPts: media.picture.startPts })
    for (const [at, pts] of starts.entries()) linkSync(files[at % files.length] ?? '', path.join(artifacts, `keyframe-${pts}.webp`))
  })
  library.close()
}

/** Milliseconds until the timeline of the video is painted, and until its first picture is. */
async function open(page: Page, at: number): Promise<{ painted: number, shown: number }> {
  await page.evaluate(() => { location.hash = '#/library' })
  await page.locator('video').waitFor({ state: 'detached' })
  return page.evaluate(async (second) => {
    const [begin, frame] = [performance.now(), () => new Promise((resolve) => { requestAnimationFrame(resolve) })]
    location.hash = `#/player/1/${second}`
    while (document.querySelector('canvas') === null) await frame()
    await frame()
    const painted = performance.now() - begin
    while ((document.querySelector('video')?.getVideoPlaybackQuality().totalVideoFrames ?? 0) === 0) await frame()
    return { painted, shown: performance.now() - begin }
  }, at)
}

async function zoom(page: Page): Promise<void> {
  await page.locator('canvas').hover()
  for (let turn = 0; turn < 70; turn++) {
    await page.mouse.wheel(0, turn % 40 < 20 ? -100 : 100)
    await page.waitForTimeout(45)
  }
}

async function scrub(page: Page): Promise<void> {
  const box = await page.locator('canvas').boundingBox()
  if (box === null) throw new Error('The timeline is not on the page.')
  await page.mouse.move(box.x + 10, box.y + 40)
  await page.mouse.down()
  for (let turn = 0; turn < 70; turn++) {
    await page.mouse.move(box.x + 10 + turn * (box.width - 20) / 70, box.y + 40)
    await page.waitForTimeout(45)
  }
  await page.mouse.up()
}

async function find(page: Page): Promise<void> {
  const field = page.getByRole('textbox', { name: text.find })
  for (const wanted of ['the harbour', 'glacier', 'a']) {
    await field.fill('')
    await field.pressSequentially(wanted, { delay: 80 })
    await page.waitForTimeout(300)
  }
}

const secondOf = (page: Page): Promise<number> => page.locator('video').evaluate((video: HTMLVideoElement) => video.currentTime)

/** How the player keeps up with a video of two hours: names and milliseconds. */
export async function measureLongVideo(page: Page, address: string): Promise<[string, number[]][]> {
  await page.goto(address)
  const opened = []
  for (const at of [1, 3600, 7000, 1800]) opened.push(await open(page, at))
  const during = async (act: () => Promise<unknown>): Promise<number[]> => {
    const watching = frameGaps(page, WATCHED_MS)
    await act()
    return watching
  }
  await page.waitForTimeout(1000)
  const zooming = await during(() => zoom(page))
  await page.keyboard.press('\\')
  const scrubbing = await during(() => scrub(page))
  const finding = await during(() => find(page))
  // Opened anew, the transcript follows.
  await open(page, 1800)
  await page.keyboard.press(' ')
  await page.waitForTimeout(500)
  const before = await secondOf(page)
  const playing = await during(() => page.waitForTimeout(WATCHED_MS))
  if (await secondOf(page) - before < WATCHED_MS / 2000) throw new Error('The video did not play.')
  return [
    ['opening a video of 2 h, to its timeline', opened.map(({ painted }) => painted)],
    ['opening a video of 2 h, to its first picture', opened.map(({ shown }) => shown)],
    ['between two pictures while playing', playing],
    ['between two pictures while zooming', zooming],
    ['between two pictures while scrubbing', scrubbing],
    ['between two pictures while finding words', finding],
  ]
}

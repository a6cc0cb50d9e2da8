import { linkSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import sharp from 'sharp'
import { openLibrary } from '../../../electron/core/store/database.ts'
import { setting } from '../../../electron/core/store/settings.ts'
import { stages } from '../../../electron/core/pipeline/registry.ts'
import { testClock, testMedia } from '../../../electron/core/store/test-library.ts'
import { sqlite } from '../../../native/sqlite/open.ts'

// Words of the length and the frequency of speech; the rarest is said in few scenes only.
export const WORDS = 'the a of and to in we it is that on for you with this they was have so what up go about can just all out when there people time river harbour market winter goal stadium engine kitchen lantern glacier'.split(' ')
const COLOURS = ['red', 'orange', 'yellow', 'green', 'teal', 'blue', 'purple', 'brown', 'grey', 'black', 'white']
const PICTURES = 24
const SCENE_MS = 6000

/** A made sequence of numbers from 0 to 1: the same library each time. https://en.wikipedia.org/wiki/Linear_congruential_generator */
export function sequence(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** Pictures that stand for key frames, as files in a folder. */
export async function pictures(folder: string): Promise<string[]> {
  mkdirSync(folder, { recursive: true })
  return Promise.all(Array.from({ length: PICTURES }, async (_, at) => {
    const file = path.join(folder, `${at}.webp`)
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="360"><rect width="640" height="360" fill="hsl(${at * 15},45%,${25 + at}%)"/><circle cx="${60 + at * 22}" cy="180" r="90" fill="hsl(${at * 15 + 90},60%,60%)"/></svg>`
    await sharp(Buffer.from(svg)).webp({ quality: 70 }).toFile(file)
    return file
  }))
}

/**
 * A library of many videos, all ready, with scenes, words and key frames, without a media file behind any of them.
 * What is measured on it is the app and not the decoding. Does nothing where it is there already.
 */
export async function makeBigLibrary(folder: string, { videos, scenesEach }: { videos: number, scenesEach: number }): Promise<void> {
  const library = await openLibrary(folder, sqlite, testClock)
  const { db } = library
  const mark = `bench ${videos} ${scenesEach}`
  if (setting(db, 'bench') === mark) { library.close(); return }
  const random = sequence(7)
  const files = await pictures(path.join(folder, 'bench-pictures'))
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() ** 2 * items.length)] as Item
  const media = JSON.stringify({ ...testMedia, durationSeconds: scenesEach * SCENE_MS / 1000, picture: { ...testMedia.picture, startPts: 0 } })
  db.transaction(() => {
    for (let video = 1; video <= videos; video++) {
      db.run(`INSERT INTO video (id, path, identity, size_bytes, modified_ms, title, facts, end_pts, state, added_ms)
        VALUES (@video, @path, @identity, 1000000, 1, @title, @media, @end, 'ready', @video)`,
      { video, path: `/made/${video}.mp4`, identity: `made-${video}`, title: `${pick(WORDS)} ${pick(WORDS)} ${video}`, media, end: scenesEach * SCENE_MS })
      for (const { stage } of stages) {
        db.run("INSERT INTO stage_run (video_id, stage, state, version, progress, work_seconds) VALUES (@video, @stage, 'done', @version, 1, 1)", { video, stage: stage.name, version: stage.version })
      }
      const artifacts = path.join(folder, 'artifacts', String(video))
      mkdirSync(artifacts, { recursive: true })
      for (let at = 0; at < scenesEach; at++) {
        const start = at * SCENE_MS
        const colours = JSON.stringify([{ name: pick(COLOURS), share: 0.5 }, { name: pick(COLOURS), share: 0.2 }])
        const { lastRowId } = db.run(`INSERT INTO scene (video_id, start_pts, end_pts, keyframe_pts, motion, brightness, colours) VALUES (@video, @start, @end, @start, @motion, @brightness, @colours)`,
          { video, start, end: start + SCENE_MS, motion: random() * 0.2, brightness: random(), colours })
        const said = Array.from({ length: 14 }, () => pick(WORDS)).join(' ')
        db.run('INSERT INTO scene_words (rowid, said, title) VALUES (@id, @said, @title)', { id: lastRowId, said, title: String(video) })
        db.run(`INSERT INTO segment (video_id, source, language, start_seconds, end_seconds, text, words) VALUES (@video, 'sidecar:made', 'en', @from, @to, @said, @words)`,
          { video, from: start / 1000, to: start / 1000 + 5, said, words: JSON.stringify(said.split(' ').map((text, word) => ({ text, start: start / 1000 + word * 0.3, end: start / 1000 + word * 0.3 + 0.25 }))) })
        // Posters and a scrub through the first ones; the rest have no file, as after a clean-up.
        if (at < 8) linkSync(pick(files), path.join(artifacts, `keyframe-${start}.webp`))
      }
    }
    db.run("INSERT INTO setting (name, value) VALUES ('bench', @mark)", { mark })
  })
  library.close()
}

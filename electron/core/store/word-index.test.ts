import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { addFilm, ask } from '../search/test-scenes.ts'
import type { ReadDatabase, SqlParams } from '../ports.ts'
import type { Library } from './database.ts'
import { testLibrary } from './test-library.ts'

const words = 'sea ship wave harbour captain storm night light island sail wind water deck anchor rope fish gull rock sand sun'.split(' ')
const rare = 'kraken'
const VIDEOS = 50
const SCENES = 200

interface Asked { sql: string, params: SqlParams }

/** The database, and what it was asked. */
function recording(db: ReadDatabase): { db: ReadDatabase, asked: Asked[] } {
  const asked: Asked[] = []
  return {
    asked,
    db: {
      all(sql, row, params = {}) { asked.push({ sql, params }); return db.all(sql, row, params) },
      get(sql, row, params = {}) { asked.push({ sql, params }); return db.get(sql, row, params) },
      close() { db.close() },
    },
  }
}

let library: Library

beforeAll(async () => {
  library = await testLibrary()
  library.db.transaction(() => {
    for (let video = 0; video < VIDEOS; video++) {
      const scenes = Array.from({ length: SCENES }, (_, at) => ({ from: at * 5, to: at * 5 + 4, brightness: (at % 100) / 100 }))
      const cues = scenes.map(({ from, to }, at) => {
        const picked = [1, 3, 7, 11].map((step) => words[(video * step + at * (step + 2)) % words.length])
        return { from, to, text: [...picked, ...(video * SCENES + at) % 1000 === 500 ? [rare] : []].join(' ') }
      })
      addFilm(library, { title: `Voyage ${String(video)}`, scenes, cues })
    }
    library.db.exec('ANALYZE')
  })
})

afterAll(() => { library.close() })

async function plansOf(query: string): Promise<string[]> {
  const { db, asked } = recording(library.db)
  await ask(library, query, { database: db })
  const Step = z.object({ detail: z.string() })
  return asked.flatMap(({ sql, params }) => library.db.all(`EXPLAIN QUERY PLAN ${sql}`, Step, params).map(({ detail }) => detail))
}

/** Processor time that a search costs, in microseconds: not time that passes, which other programs take, too. */
async function workOf(query: string): Promise<number> {
  await ask(library, query)
  const costs = []
  for (let run = 0; run < 5; run++) {
    const before = process.cpuUsage()
    await ask(library, query)
    costs.push(process.cpuUsage(before).user)
  }
  return Math.min(...costs)
}

describe('a library of 10,000 scenes', () => {
  it.each([rare, 'sea storm', '"sea wave"', `${rare} -sea`, `${rare} bright:dark`, `${rare} in:voyage`, `sea THEN ${rare}`, `${rare} lang:en`, 'sai'])('is never read from end to end for words: %s', async (query) => {
    const scans = (await plansOf(query)).filter((step) => /^SCAN (?!scene_words|scene_vocabulary|one |one$|json_each|[(]subquery|spoken$)/.test(step))
    // Scenes and videos are counted over an index, page by page and not row by row.
    const isCount = (step: string): boolean => /^SCAN (scene|video) USING COVERING INDEX/.test(step)
    // A subquery here is what the word index has found. The names of the videos are few, and are compared without accents for in:.
    expect(scans.filter((step) => !isCount(step) && !(query.includes('in:') && step === 'SCAN video'))).toEqual([])
  })

  it('finds a scene through the index of its video when filters list scenes', async () => {
    const plans = await plansOf('bright:dark')
    expect(plans).toContain('SCAN video USING COVERING INDEX video_by_path')
    expect(plans.filter((step) => step.startsWith('SCAN scene'))).toEqual([])
  })

  it('gives all the scenes that match, whatever is in the others', async () => {
    const { hits, notes } = await ask(library, rare, { limit: 100 })
    expect(hits).toHaveLength(10)
    expect(notes).toEqual([])
    expect(hits.every(({ reasons: [why] }) => why?.text.includes(`«${rare}»`))).toBe(true)
  })

  it('shows a few hits of each video, and all of one that is named', async () => {
    const { hits, notes } = await ask(library, 'sea', { limit: 1000 })
    const perVideo = new Map<number, number>()
    for (const { videoId } of hits) perVideo.set(videoId, (perVideo.get(videoId) ?? 0) + 1)
    expect(Math.max(...perVideo.values())).toBe(5)
    expect(notes).toEqual(['At most 5 hits of a video are shown; in: and its title shows all of one.'])
    expect((await ask(library, 'sea in:"Voyage 7"', { limit: 1000 })).hits.length).toBeGreaterThan(5)
  })

  it('narrows by a filter before it takes the best: what is rare is found among all that is common', async () => {
    // 10,000 scenes, of which the filter keeps those of one video: far fewer than are looked at first.
    const { hits } = await ask(library, 'sea in:"Voyage 49"', { limit: 1000 })
    const said = library.db.get('SELECT count(*) AS count FROM scene_words JOIN scene ON scene.id = scene_words.rowid WHERE scene_words MATCH \'said : sea\' AND scene.video_id = 50', z.object({ count: z.number() }))
    expect(hits).toHaveLength(said?.count ?? -1)
  })

  it('answers a rare word with a small part of the work for many common ones', async () => {
    // Measured 2026-11-21 with two busy cores: 2 ms and 70 ms.
    expect(await workOf(rare)).toBeLessThan(await workOf('sea OR ship OR wave OR harbour') / 3)
  })
})

import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { SearchInput } from '../../contract/search.ts'
import type { SearchHit } from '../../contract/search.ts'
import { shared } from '../../../native/onnx/test-models.ts'
import { hasStandIns, standIns } from '../pipeline/test-models.ts'
import type { Library } from '../store/database.ts'
import { testLibrary } from '../store/test-library.ts'
import { putVector } from '../store/vectors.ts'
import type { QueryEncoders } from './answering.ts'
import { searchScenes } from './search-scenes.ts'
import { addFilm, setBar, toolsFor } from './test-scenes.ts'

const pictures = path.join(shared, 'media', 'pictures', 'flickr8k')
const [FILMS, SCENES, SECONDS] = [2, 8, 6]
const hasAll = existsSync(pictures) && hasStandIns
const { models, close } = standIns({ pictures: ['looks'], text: ['words'] })
const never = new AbortController().signal

let library: Library

/** Scenes that show pictures, and in every other one somebody says what the picture of the next one shows. */
async function addPictures(film: number, captions: readonly (readonly [string, string])[]): Promise<void> {
  const { scenes } = addFilm(library, {
    title: `film ${film}`, scenes: captions.map((_, at) => ({ from: at * SECONDS, to: (at + 1) * SECONDS - at % 3, motion: at / 100 })),
    cues: captions.flatMap((_, at) => at % 2 === 0 ? [{ from: at * SECONDS + 1, to: at * SECONDS + 3, text: captions[at + 1]?.[1] ?? '' }] : []),
  })
  const seen = await (await models.pictures())!.embed({ of: 'pictures', files: captions.map(([file]) => path.join(pictures, file)) }, never)
  const said = await (await models.text())!.embed({ of: 'passages', texts: captions.map(([, text]) => text) }, never)
  for (const [at, sceneId] of scenes.entries()) {
    putVector(library.db, { sceneId, model: 'looks', modality: 'picture', part: 0, atSeconds: at * SECONDS + 1, vector: seen[at]! })
    if (at % 2 === 0) putVector(library.db, { sceneId, model: 'words', modality: 'text', part: 0, atSeconds: at * SECONDS + 1, vector: said[at + 1]! })
  }
}

async function hits(query: string): Promise<SearchHit[]> {
  const encoders: QueryEncoders = { pictures: () => models.pictures(), text: () => models.text(), embedderOf: (name) => models.embedderOf(name) }
  const input = SearchInput.parse({ query, limit: 1000, perVideo: null })
  return (await searchScenes(input, { ...toolsFor(library), encoders }, never)).hits
}

/** The scenes that were found, each by itself: neighbours are shown as one. */
async function scenesOf(query: string): Promise<Set<string>> {
  const found = await hits(query)
  const isWithin = (scene: SearchHit): boolean => found.some((hit) => hit.videoId === scene.videoId && hit.start <= scene.start + 0.001 && hit.end >= scene.end - 0.001)
  return new Set((await hits('longer:0s')).filter(isWithin).map(({ title, start }) => `${title} ${start}`))
}

const missing = (inner: ReadonlySet<string>, outer: ReadonlySet<string>): string[] => [...inner].filter((scene) => !outer.has(scene))

const touches = (hit: SearchHit, found: readonly SearchHit[]): boolean => found.some((one) => one.videoId === hit.videoId && one.start < hit.end && one.end > hit.start)

const leaf = fc.constantFrom('dog', 'a dog that runs', 'people at the beach', 'seen:snow', 'seen:"a man on a bicycle"', 'said:girl', 'water', 'seen:dog OR seen:snow', 'football OR mountain', 'motion:calm')
const filter = fc.constantFrom('motion:calm', 'longer:5s', 'in:"film 1"', '-in:"film 1"', 'lang:en')
const runs = { numRuns: 8 }

describe.skipIf(!hasAll)('any query, with models (skipped without the shared models and pictures)', () => {
  beforeAll(async () => {
    library = await testLibrary()
    const all = z.record(z.string(), z.array(z.string())).parse(JSON.parse(readFileSync(path.join(pictures, 'captions.json'), 'utf8')))
    const captions = Object.entries(all).sort(([a], [b]) => a < b ? -1 : 1).map(([file, [text = '']]) => [file, text] as const)
    for (let film = 0; film < FILMS; film++) await addPictures(film, captions.slice(film * SCENES, (film + 1) * SCENES))
  })
  afterAll(async () => {
    library.close()
    await close()
  })

  // While nobody knows what is usual all comes near; and with a bar only some of it.
  describe.each([['before it is known what is usual', null], ['with a bar', 0.25]])('%s', (_, bar) => {
    beforeAll(() => {
      if (bar === null) return
      setBar(library, { model: 'looks', modality: 'picture' }, { bar, dimensions: 512 })
      setBar(library, { model: 'words', modality: 'text' }, { bar: 2 * bar, dimensions: 50 })
    })

    it('THEN goes from one thing to another in one video, in order and within the time', async () => {
      let found = 0
      await fc.assert(fc.asyncProperty(leaf, leaf, fc.constantFrom(2, 7, 30), async (a, b, within) => {
        const [firsts, seconds] = [await hits(`(${a})`), await hits(`(${b})`)]
        for (const hit of await hits(`(${a}) THEN<${within}s (${b})`)) {
          found++
          expect(touches(hit, firsts) && touches(hit, seconds), `${hit.title} ${hit.start}-${hit.end}`).toBe(true)
          // Two scenes and what lies between them.
          expect(hit.end - hit.start).toBeGreaterThan(0)
          expect(hit.end - hit.start).toBeLessThanOrEqual(2 * SECONDS + within + 0.001)
          // What is said has its own time in a scene, and the picture of the scene another one.
          expect(hit.reasons.every(({ at }) => at === null || (at >= hit.start - SECONDS && at <= hit.end + SECONDS))).toBe(true)
        }
      }), runs)
      expect(found).toBeGreaterThan(0)
    })

    it('AND narrows, and a filter never adds a hit', async () => {
      await fc.assert(fc.asyncProperty(leaf, leaf, filter, async (a, b, narrower) => {
        const one = await scenesOf(`(${a})`)
        for (const narrowed of [`(${a}) AND (${b})`, `(${a}) ${narrower}`]) expect(missing(await scenesOf(narrowed), one), narrowed).toEqual([])
      }), runs)
    })

    it('an OR has all that each of its sides finds', async () => {
      await fc.assert(fc.asyncProperty(leaf, leaf, async (a, b) => {
        expect(missing(await scenesOf(`(${a})`), await scenesOf(`(${a}) OR (${b})`))).toEqual([])
      }), runs)
    })
  })
})

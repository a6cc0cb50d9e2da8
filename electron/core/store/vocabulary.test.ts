import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Library } from './database.ts'
import { addScene } from './scenes.ts'
import { indexOlder, indexWords } from './scene-words.ts'
import { addSegment } from './speech.ts'
import { testLibrary, testMedia, testVideo } from './test-library.ts'
import { setFacts } from './videos.ts'
import { addWords, knownWords, scenesWith, wordsBeginning, wordsHolding } from './vocabulary.ts'

let library: Library
beforeAll(async () => {
  library = await testLibrary()
  const { db } = library
  const id = testVideo(library, 'Hafen 2024')
  setFacts(db, id, testMedia)
  addScene(db, id, { startPts: testMedia.picture.startPts, endPts: testMedia.picture.startPts + 10_000, keyframePts: null, motion: 0, brightness: 0, colours: [] })
  addSegment(db, id, { source: 'embedded:2', language: 'de', startSeconds: 1, endSeconds: 3, text: 'Die Dampfschifffahrt und das Schiff, 東京', words: [] })
  indexWords(db, id, null)
})
afterAll(() => { library.close() })

const any = { least: 1, most: 40 }

describe('the words of the library', () => {
  it('are those of its scenes and titles, of letters alone', () => {
    expect(wordsBeginning(library.db, [''], any).sort()).toEqual(['dampfschifffahrt', 'das', 'die', 'hafen', 'schiff', 'und'])
  })

  it('are found by how they begin, by a part and by themselves', () => {
    expect(wordsBeginning(library.db, ['da', 'sch', 'x'], any).sort()).toEqual(['dampfschifffahrt', 'das', 'schiff'])
    expect(wordsBeginning(library.db, ['da'], { least: 1, most: 5 })).toEqual(['das'])
    expect(wordsHolding(library.db, 'schiff', { ...any, limit: 9 }).sort()).toEqual(['dampfschifffahrt', 'schiff'])
    expect(wordsHolding(library.db, 'schiffahrt', { ...any, limit: 9 })).toEqual([])
    expect(wordsHolding(library.db, '"*', { ...any, limit: 9 })).toEqual([])
    expect(knownWords(library.db, ['schiff', 'schaf'])).toEqual(['schiff'])
  })

  it('are there once, however often they come', () => {
    addWords(library.db, ['schiff', 'schiff'])
    addWords(library.db, [])
    expect(wordsHolding(library.db, 'schiff', { least: 6, most: 6, limit: 9 })).toEqual(['schiff'])
  })

  it('are counted in scenes no further than asked', () => {
    expect(scenesWith(library.db, '"schiff"', 5)).toBe(1)
    expect(scenesWith(library.db, '"sch" *', 1)).toBe(1)
    expect(scenesWith(library.db, '"schaf"', 5)).toBe(0)
  })

  it('are looked up in an index', () => {
    const Step = z.object({ detail: z.string() })
    const plan = library.db.all(`EXPLAIN QUERY PLAN SELECT word FROM json_each('["a"]') AS one CROSS JOIN scene_word ON word >= one.value AND word < one.value || 'z'`, Step)
    expect(plan.map(({ detail }) => detail)).toContain('SEARCH scene_word USING COVERING INDEX sqlite_autoindex_scene_word_1 (word>? AND word<?)')
  })

  it('are put into the index anew after a change of how they are written there', () => {
    library.db.exec('DELETE FROM scene_words; INSERT INTO video_to_index (video_id) SELECT id FROM video')
    expect(scenesWith(library.db, '"schiff"', 5)).toBe(0)
    expect([indexOlder(library.db), indexOlder(library.db)]).toEqual([true, false])
    expect(scenesWith(library.db, '"schiff"', 5)).toBe(1)
  })
})

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { VideoId } from '../../contract/ids.ts'
import { indexWords } from './scene-words.ts'
import { scenesView } from './scene-view.ts'
import { addScene, addShot, deleteScenesIn, scenesOf, scenesStartingIn } from './scenes.ts'
import type { Segment } from './speech.ts'
import { addSegment, deleteSegmentsIn, partIn, segmentsIn, segmentsOf } from './speech.ts'
import { testLibrary, testVideo } from './test-library.ts'
import { videoView } from './video-view.ts'
import { deleteVideo, video } from './videos.ts'

let library: Awaited<ReturnType<typeof testLibrary>>
let id: VideoId
beforeEach(async () => {
  library = await testLibrary()
  id = testVideo(library, 'A day at sea') // its first picture is at tick 500, a tick is a millisecond
})
afterEach(() => { library.close() })

const sceneAt = (startPts: number, endPts: number) => ({ startPts, endPts, keyframePts: startPts + 100, motion: 0.25, brightness: 0.5, colours: [{ name: 'blue', share: 0.75 }] })

/** A segment whose words are as long as each other. */
function said(startSeconds: number, endSeconds: number, text: string): Segment {
  const words = text.split(' ')
  const each = (endSeconds - startSeconds) / words.length
  return {
    source: 'embedded:2', language: 'en', startSeconds, endSeconds, text,
    words: words.map((word, at) => ({ text: word, start: startSeconds + at * each, end: startSeconds + (at + 1) * each })),
  }
}

const Found = z.object({ start_pts: z.number() })
/** Starts of the scenes in which the words are found. */
const scenesWith = (match: string): number[] =>
  library.db.all('SELECT start_pts FROM scene_words JOIN scene ON scene.id = scene_words.rowid WHERE scene_words MATCH @match ORDER BY start_pts', Found, { match })
    .map(({ start_pts: start }) => start)

describe('scenes', () => {
  it('come back in order, with shots, in seconds from the first picture, and with what is said in them', () => {
    addShot(library.db, id, { startPts: 500, endPts: 2500, transition: 'start' })
    addShot(library.db, id, { startPts: 2500, endPts: 4500, transition: 'dissolve' })
    addScene(library.db, id, sceneAt(2500, 4500))
    const first = addScene(library.db, id, sceneAt(500, 2500))
    addSegment(library.db, id, said(1, 3, 'over the border it goes'))
    const { shots, scenes } = scenesView(library.db, video(library.db, id)!, videoView(library.db, id, false)!)
    expect(shots).toEqual([{ start: 0, end: 2, transition: 'start' }, { start: 2, end: 4, transition: 'dissolve' }])
    expect(scenes.map(({ index, start, end }) => [index, start, end])).toEqual([[0, 0, 2], [1, 2, 4]])
    expect(scenes[0]).toMatchObject({
      id: first, keyframe: { file: `artifacts/${id}/keyframe-600.webp`, at: 0.1 }, motion: 0.25, brightness: 0.5, colours: [{ name: 'blue', share: 0.75 }], tags: [],
    })
    expect(scenes.map((scene) => scene.said.map(({ text, start, end }) => [text, start, end]))).toEqual([[['over the', 1, 1.8]], [['border it goes', 1.8, 3]]])
  })

  it('never get an id again that another scene had', () => {
    const old = addScene(library.db, id, sceneAt(500, 2500))
    const again = addScene(library.db, id, sceneAt(500, 2500))
    deleteScenesIn(library.db, id, { from: 0, to: 10_000 })
    expect([again, addScene(library.db, id, sceneAt(500, 2500))]).toEqual([old + 1, old + 2])
  })

  it('are replaced where they start in a span, its end not included', () => {
    for (const start of [500, 1500, 2500]) {
      addScene(library.db, id, sceneAt(start, start + 1000))
      addShot(library.db, id, { startPts: start, endPts: start + 1000, transition: 'cut' })
    }
    expect(scenesStartingIn(library.db, id, { from: 500, to: 2500 }).map(({ startPts }) => startPts)).toEqual([500, 1500])
    deleteScenesIn(library.db, id, { from: 501, to: 2500 })
    expect(scenesOf(library.db, id).map(({ startPts }) => startPts)).toEqual([500, 2500])
  })
})

describe('what is said', () => {
  it('comes back as it was stored, whole and by time', () => {
    const [a, b] = [said(0, 2, 'good morning'), said(2, 4, 'good evening')]
    addSegment(library.db, id, b)
    addSegment(library.db, id, a)
    expect(segmentsOf(library.db, id)).toEqual([a, b])
    expect(segmentsIn(library.db, id, { from: 2.5, to: 9 })).toEqual([b])
    deleteSegmentsIn(library.db, id, { from: 0, to: 2, origin: null })
    expect(segmentsOf(library.db, id)).toEqual([b])
  })

  it('belongs to the scene in which the middle of the word lies, and without words as a whole', () => {
    const segment = said(0, 4, 'one two three four')
    expect(partIn(segment, { from: 0, to: 1.6 })?.words.map(({ text }) => text)).toEqual(['one', 'two'])
    expect(partIn(segment, { from: 1.6, to: 9 })).toMatchObject({ text: 'three four', start: 2, end: 4 })
    expect(partIn(segment, { from: 0, to: 9 })).toMatchObject({ text: 'one two three four', start: 0, end: 4 })
    expect(partIn(segment, { from: 8, to: 9 })).toBeNull()
    expect(partIn({ ...segment, words: [] }, { from: 0, to: 2.1 })).toMatchObject({ text: 'one two three four' })
    expect(partIn({ ...segment, words: [] }, { from: 0, to: 2 })).toBeNull()
  })
})

describe('the word index', () => {
  function index(span: { from: number, to: number } | null = null): void { library.db.transaction(() => { indexWords(library.db, id, span) }) }

  it('finds scenes by what is said in them and by the title, whatever the accents and the case', () => {
    for (const start of [500, 2500, 4500]) addScene(library.db, id, sceneAt(start, start + 2000))
    addSegment(library.db, id, said(0.5, 1.5, 'Le café noir'))
    addSegment(library.db, id, said(3.9, 4.5, 'noir encore'))
    index()
    expect([scenesWith('cafe'), scenesWith('NOIR'), scenesWith('encore'), scenesWith('said : sea'), scenesWith('sea')])
      .toEqual([[500], [500, 4500], [4500], [], [500, 2500, 4500]])
  })

  it('follows when scenes are replaced and when speech is replaced, only where that is', () => {
    for (const start of [500, 2500]) addScene(library.db, id, sceneAt(start, start + 2000))
    addSegment(library.db, id, said(0, 1, 'hello'))
    addSegment(library.db, id, said(2, 3, 'goodbye'))
    index()
    library.db.transaction(() => {
      deleteScenesIn(library.db, id, { from: 500, to: 2500 })
      addScene(library.db, id, sceneAt(500, 1000))
      addScene(library.db, id, sceneAt(1000, 2500))
      indexWords(library.db, id, { from: 0, to: 2 })
    })
    expect([scenesWith('hello'), scenesWith('goodbye')]).toEqual([[1000], [2500]])
    library.db.transaction(() => {
      deleteSegmentsIn(library.db, id, { from: 0, to: 2, origin: null })
      addSegment(library.db, id, said(0, 0.4, 'welcome'))
      indexWords(library.db, id, { from: 0, to: 1 })
    })
    expect([scenesWith('hello'), scenesWith('welcome'), scenesWith('goodbye')]).toEqual([[], [500], [2500]])
  })

  it('forgets what went with its video', () => {
    addScene(library.db, id, sceneAt(500, 2500))
    addSegment(library.db, id, said(0, 1, 'hello'))
    index()
    deleteVideo(library.db, id)
    expect(library.db.all('SELECT rowid AS start_pts FROM scene_words', Found)).toEqual([])
  })
})

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { VideoId } from '../../contract/ids.ts'
import { artifactsOf } from './folder.ts'
import { layArtifactsAside, putArtifactsBack, tidyRemoved } from './removed-artifacts.ts'
import { beforeRemoval, KEPT_MS, keptTables, layAside, putBack, removedVideos, removedWithIdentity } from './removed-videos.ts'
import { indexWords } from './scene-words.ts'
import { addScene, addShot } from './scenes.ts'
import { addSilence } from './silences.ts'
import { addSegment } from './speech.ts'
import { addMissingRuns, cancelRuns, stageRunsOf } from './stage-runs.ts'
import { testLibrary, testVideo } from './test-library.ts'
import { addTrayClips } from './tray.ts'
import { coverVideo, deleteVectorsOf } from './vector-covers.ts'
import { nearestScenes, putVector } from './vectors.ts'
import { videoCards } from './video-cards.ts'
import { addVideo, setVideoState, video } from './videos.ts'
import { scenesByWords } from './word-index.ts'

let library: Awaited<ReturnType<typeof testLibrary>>
beforeEach(async () => { library = await testLibrary() })
afterEach(() => { library.close() })

const MODEL = { model: 'm', modality: 'picture' } as const
const NOW_MS = 1_000_000_000_000

/** A video with something in every table. */
function fullVideo(title: string): VideoId {
  const { db } = library
  const id = testVideo(library, title)
  for (const stage of ['probe', 'scan', 'speech'] as const) addMissingRuns(db, stage, 1)
  db.run(`UPDATE stage_run SET state = 'done', progress = 1, work_seconds = 0.1 + 0.2 WHERE video_id = @id AND stage <> 'speech'`, { id })
  for (const start of [500, 2500]) {
    addShot(db, id, { startPts: start, endPts: start + 2000, transition: 'cut' })
    const scene = addScene(db, id, { startPts: start, endPts: start + 2000, keyframePts: start + 3, motion: 1 / 3, brightness: 0.1 + 0.2, colours: [{ name: 'red', share: 2 / 3 }] })
    putVector(db, { ...MODEL, sceneId: scene, part: 0, atSeconds: start / 1000, vector: new Float32Array([Math.sin(start + id), Math.cos(start + id), 1e-7]) })
  }
  coverVideo(db, id, { stage: 'picture-vectors', model: 'm', version: 2, nowMs: 5 })
  addSilence(db, id, { startPts: 700, endPts: 1100 })
  addSegment(db, id, { source: 's', language: 'de', startSeconds: 0.1 + 0.2, endSeconds: 1.5, text: `Größe 🦊 ${title}`, words: [{ text: 'Größe', start: 0.3, end: 1 / 3 }] })
  indexWords(db, id, null)
  addTrayClips(db, [{ videoId: id, title: `clip of ${title}`, start: 1 / 3, end: 2, query: 'größe', note: null, framing: { how: 'fill', aspect: '9:16', around: { x: 0.25, y: 0.5 } } }], null)
  setVideoState(db, id, { state: 'processing', error: null })
  return id
}

const Row = z.record(z.string(), z.unknown())

/** All rows of a video as they are stored, and what the indexes find of it. */
function storedOf(id: VideoId): unknown {
  const { db } = library
  const tables = keptTables.map((table) => db.all(`SELECT ${table === 'segment' ? 'video_id, source, language, start_seconds, end_seconds, text, words' : '*'} FROM ${table} WHERE ${table === 'video' ? 'id' : 'video_id'} = @id`, Row, { id }))
  const vectors = db.all('SELECT scene_id, model, modality, part, at_seconds, dimensions, hex(data) AS data FROM vector WHERE scene_id IN (SELECT id FROM scene WHERE video_id = @id)', Row, { id })
  return { tables, vectors }
}

const takeOut = (id: VideoId, nowMs = NOW_MS): boolean => library.db.transaction(() => layAside(library.db, beforeRemoval(library.db, video(library.db, id)!), nowMs))
const found = () => scenesByWords(library.db, { match: 'grosse', by: 'said', condition: null, limit: 10 }).map(({ id }) => id)
const near = () => nearestScenes(library.db, { ...MODEL, vector: new Float32Array([1, 0, 0]), limit: 10, videos: null })

describe('a video that is taken out', () => {
  it('is put back to the last bit: ids, stages, scenes, words, vectors and the clips of it', () => {
    const id = fullVideo('A day at sea')
    fullVideo('Another')
    const before = { stored: storedOf(id), found: found(), near: near() }
    expect(before.found).toHaveLength(2)
    expect(takeOut(id)).toBe(true)
    expect(putBack(library.db, id)).toBe(true)
    expect({ stored: storedOf(id), found: found().toSorted(), near: near() }).toEqual({ ...before, found: before.found.toSorted() })
    expect(removedVideos(library.db)).toEqual([])
    expect(library.db.all('SELECT * FROM removed_vector', Row)).toEqual([])
  })

  it('has lost the vectors of a model that were deleted meanwhile, and is to be looked at by it again', () => {
    const { db } = library
    const id = fullVideo('A day at sea')
    addMissingRuns(db, 'picture-vectors', 2)
    db.run(`UPDATE stage_run SET state = 'done', model = 'm' WHERE stage = 'picture-vectors'`)
    takeOut(id)
    expect(deleteVectorsOf(db, 'm')).toBe(0)
    putBack(db, id)
    expect([near(), db.all('SELECT model FROM vector_cover', Row)]).toEqual([[], []])
    expect(stageRunsOf(db, id).find(({ stage }) => stage === 'picture-vectors')?.state).toBe('pending')
  })

  it('is seen by no other query', () => {
    const id = fullVideo('A day at sea')
    takeOut(id)
    expect([videoCards(library.db, null), found(), near(), stageRunsOf(library.db, id)]).toEqual([[], [], [], []])
    expect(removedVideos(library.db)).toEqual([{ id, title: 'A day at sea', path: '/videos/A day at sea.mp4', removedMs: NOW_MS }])
  })

  it('takes along whatever refers to it, also from tables that come later', () => {
    const { db } = library
    const Reference = z.object({ name: z.string(), target: z.string() })
    const referring = db.all(`SELECT DISTINCT m.name AS name, f."table" AS target FROM sqlite_schema AS m, pragma_foreign_key_list(m.name) AS f WHERE m.type = 'table'`, Reference)
      .filter(({ target }) => target === 'video' || target === 'scene').map(({ name }) => name)
    // Vectors go their own way; which videos have changed or are to be indexed anew is of no use later.
    expect(new Set(referring)).toEqual(new Set([...keptTables.filter((table) => table !== 'video'), 'vector', 'changed_video', 'video_to_index']))
  })

  it('leaves its id and those of its scenes to nobody else', () => {
    const id = fullVideo('A day at sea')
    const scenes = near().map(({ sceneId }) => sceneId)
    takeOut(id)
    const other = fullVideo('Another')
    expect(other).toBeGreaterThan(id)
    expect(near().map(({ sceneId }) => sceneId).filter((scene) => scenes.includes(scene))).toEqual([])
  })

  it('comes back with its work waiting where that was stopped for the removal, and cancelled where a person had said so', () => {
    const { db } = library
    const [stopped, cancelled] = [fullVideo('Stopped'), fullVideo('Cancelled')]
    cancelRuns(db, cancelled, 5)
    db.run(`UPDATE stage_run SET state = 'running', lease_token = 't', progress = 0.25 WHERE video_id = @stopped AND stage = 'speech'`, { stopped })
    for (const id of [stopped, cancelled]) {
      const before = beforeRemoval(db, video(db, id)!)
      cancelRuns(db, id, 6)
      setVideoState(db, id, { state: 'failed', error: null })
      layAside(db, before, NOW_MS)
      putBack(db, id)
    }
    const speechOf = (id: VideoId) => stageRunsOf(db, id).find(({ stage }) => stage === 'speech')
    expect(speechOf(stopped)).toMatchObject({ state: 'pending', endedMs: null, lease: null, progress: 0.25 })
    expect(speechOf(cancelled)).toMatchObject({ state: 'cancelled', endedMs: 5 })
    expect(video(db, stopped)?.state).toBe('processing')
  })

  it('stays out when its content has come into the library under another id', () => {
    const id = fullVideo('A day at sea')
    const { identity } = video(library.db, id)!
    takeOut(id)
    expect(removedWithIdentity(library.db, identity)).toBe(id)
    addVideo(library.db, { path: '/b', identity, sizeBytes: 1, modifiedMs: 1, title: 'b', wantsFirstLook: false, addedMs: 1 })
    expect(putBack(library.db, id)).toBe(false)
    expect(removedVideos(library.db)).toHaveLength(1)
  })

  it('comes back into a library of a newer version', () => {
    const id = fullVideo('A day at sea')
    takeOut(id)
    library.db.exec(`ALTER TABLE scene ADD COLUMN later TEXT NOT NULL DEFAULT 'x'; ALTER TABLE shot DROP COLUMN transition; ALTER TABLE shot ADD COLUMN transition TEXT NOT NULL DEFAULT 'cut'`)
    expect(putBack(library.db, id)).toBe(true)
    expect(library.db.all('SELECT later FROM scene', Row)).toEqual([{ later: 'x' }, { later: 'x' }])
  })
})

describe('the artifacts of a video that is taken out', () => {
  const live = (id: VideoId): string => artifactsOf(library.paths, id)
  const aside = (id: VideoId): string => path.join(library.paths.artifacts, '.removed', String(id))

  function withArtifacts(title: string): VideoId {
    const id = fullVideo(title)
    mkdirSync(path.join(live(id), 'proxy'), { recursive: true })
    writeFileSync(path.join(live(id), 'keyframe-1.webp'), title)
    writeFileSync(path.join(live(id), 'proxy', '0.mp4'), 'proxy')
    return id
  }

  it('lie apart from all others until it comes back, without its proxies, which are made anew', () => {
    const id = withArtifacts('A day at sea')
    takeOut(id)
    layArtifactsAside(library.paths, id)
    expect([existsSync(live(id)), readdirSync(aside(id)).toSorted()]).toEqual([false, ['keyframe-1.webp']])
    putBack(library.db, id)
    putArtifactsBack(library.paths, id)
    expect([existsSync(aside(id)), readdirSync(live(id)).toSorted()]).toEqual([false, ['keyframe-1.webp']])
  })

  it('are put right at the next start when the program was killed between the database and the disk', async () => {
    const [out, back] = [withArtifacts('Out'), withArtifacts('Back')]
    takeOut(out) // killed before its artifacts were moved
    takeOut(back)
    layArtifactsAside(library.paths, back)
    putBack(library.db, back) // killed again
    await tidyRemoved(library, NOW_MS)
    expect([existsSync(live(out)), existsSync(aside(out))]).toEqual([false, true])
    expect([existsSync(live(back)), existsSync(aside(back))]).toEqual([true, false])
  })

  it('are brought together when a kill has left them in both places', async () => {
    const id = withArtifacts('A day at sea')
    mkdirSync(aside(id), { recursive: true })
    writeFileSync(path.join(aside(id), 'keyframe-1.webp'), 'older')
    writeFileSync(path.join(aside(id), 'keyframe-2.webp'), 'only here')
    await tidyRemoved(library, NOW_MS)
    expect(readdirSync(live(id)).toSorted()).toEqual(['keyframe-1.webp', 'keyframe-2.webp', 'proxy'])
    expect(readFileSync(path.join(live(id), 'keyframe-1.webp'), 'utf8')).toBe('A day at sea')
    expect(existsSync(aside(id))).toBe(false)
  })

  it('go for good with the video after thirty days, and not a moment before', async () => {
    const id = withArtifacts('A day at sea')
    takeOut(id)
    await tidyRemoved(library, NOW_MS + KEPT_MS)
    expect(existsSync(aside(id))).toBe(true)
    await tidyRemoved(library, NOW_MS + KEPT_MS + 1)
    expect([removedVideos(library.db), existsSync(aside(id)), existsSync(live(id))]).toEqual([[], false, false])
  })

  it('stay where another process takes a video out, or puts one back, while they are looked through', async () => {
    const [out, back, gone] = [withArtifacts('Out'), withArtifacts('Back'), withArtifacts('Gone')]
    takeOut(back)
    layArtifactsAside(library.paths, back)
    mkdirSync(aside(gone), { recursive: true })
    library.db.run('DELETE FROM video WHERE id = @gone', { gone })
    let isDone = false
    const all: typeof library.db.all = (sql, row, params) => {
      const rows = library.db.all(sql, row, params)
      if (!isDone && sql.includes('FROM removed_video')) {
        isDone = true
        takeOut(out)
        layArtifactsAside(library.paths, out)
        putBack(library.db, back)
        putArtifactsBack(library.paths, back)
      }
      return rows
    }
    await tidyRemoved({ ...library, db: { ...library.db, all } }, NOW_MS)
    expect([isDone, existsSync(aside(out)), existsSync(live(back)), existsSync(aside(gone))]).toEqual([true, true, true, false])
  })

  it('of which nothing was made so far are no trouble', () => {
    const id = fullVideo('A day at sea')
    takeOut(id)
    layArtifactsAside(library.paths, id)
    putBack(library.db, id)
    putArtifactsBack(library.paths, id)
    expect(existsSync(live(id))).toBe(false)
  })
})
